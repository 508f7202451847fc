using System.Text;
using System.Text.Json;
using GridMap.Api.Lookup;

namespace GridMap.Api.Tests.Lookup;

/// <summary>Numbers are written as the serializer writes them.</summary>
public sealed class Utf8TextTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(2)]
    [InlineData(0)]
    public void A_rounded_number_is_the_serializers(int decimals)
    {
        var random = new Random(8);
        double[] awkward = [0, -0.0, 1, -1, 180, -180, 85, 0.1, 0.0001, 0.00009999, 0.00001, 1e-9, -1e-9, 999_999.99, 1_000_000, 1e15, 1e22, 0.01, 0.005, 99.995, double.MaxValue];
        var anywhere = Enumerable.Range(0, 200_000).Select(i => (random.NextDouble() * 2 - 1) * Math.Pow(10, random.Next(-10, 9)));
        var lattice = Enumerable.Range(0, 100_000).Select(i => random.NextInt64(-180L << 27, 180L << 27) / 134_217_728d);
        var room = new byte[40];
        foreach (var number in awkward.Concat(anywhere).Concat(lattice).Select(number => Math.Round(number, decimals)))
        {
            var text = new Utf8Text(room);
            text.AddRounded(number, decimals);
            Assert.Equal(JsonSerializer.Serialize(number), Encoding.UTF8.GetString(room, 0, text.Length));
        }
    }
}
