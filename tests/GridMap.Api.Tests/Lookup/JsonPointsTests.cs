using System.Text;
using System.Text.Json;
using GridMap.Api.Hosting;
using GridMap.Api.Lookup.Batches;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Lookup;

/// <summary>The reader of points beside the serializer: what it reads, the serializer reads alike; what is wrong it leaves alone.</summary>
public sealed class JsonPointsTests
{
    private static readonly JsonSerializerOptions Options = Serializer();

    [Theory]
    [InlineData("""{"points":[[113,23],[1.5,-2.25]]}""")]
    [InlineData("""{"crs":"gcj02","points":[[113.123456789,23.987654321]]}""")]
    [InlineData("""{"points":[],"crs":null}""")]
    [InlineData(""" { "Points" : [ [ 1e2 , -0.0 ] , [ 0 , 1E-3 ] ] , "CRS" : "" } """)]
    [InlineData("""{"a":5,"b":[1,{"c":[]}],"points":[[1,2]],"d":{"points":[[3,4]]},"e":"x,\"]}","f":true,"g":null}""")]
    [InlineData("{\n\t\"points\":\r\n[[113.26458740234375,22.899999999999998]]}\n")]
    [InlineData("""{"points":[[1.7976931348623157e308,4.9406564584124654e-324]]}""")]
    [InlineData("""{"points":[[0.30000000000000004440892098500626,123456789012345678901234567890]]}""")]
    public void The_common_form_is_read(string body) => Assert.Equal(JsonPointsResult.Read, AssertAlike(body));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"points":null}""")]
    [InlineData("""{"points":{}}""")]
    [InlineData("""{"points":[[1,2],]}""")]
    [InlineData("""{"points":[[1,2]],}""")]
    [InlineData("""{"points":[[1,2]]} x""")]
    [InlineData("""{"points":[[1,2]]}}""")]
    [InlineData("""{"points":[[1,2]]""")]
    [InlineData("""{"points":[[1]]}""")]
    [InlineData("""{"points":[[1,2,3]]}""")]
    [InlineData("""{"points":[null]}""")]
    [InlineData("""{"points":[[+1,2]]}""")]
    [InlineData("""{"points":[[01,2]]}""")]
    [InlineData("""{"points":[[-01,2]]}""")]
    [InlineData("""{"points":[[1.,2]]}""")]
    [InlineData("""{"points":[[.5,2]]}""")]
    [InlineData("""{"points":[[-,2]]}""")]
    [InlineData("""{"points":[[1e,2]]}""")]
    [InlineData("""{"points":[[1e+,2]]}""")]
    [InlineData("""{"points":[[1.e2,2]]}""")]
    [InlineData("""{"points":[[1_0,2]]}""")]
    [InlineData("""{"points":[[0x1,2]]}""")]
    [InlineData("""{"points":[[NaN,2]]}""")]
    [InlineData("""{"points":[[Infinity,2]]}""")]
    [InlineData("""{"points":[["1",2]]}""")]
    [InlineData("""{"points":[[1 2]]}""")]
    [InlineData("""{"points":[[1,2][3,4]]}""")]
    [InlineData("""{"points":[[1,2]],"points":[]}""")]
    [InlineData("""{"points":[[1,2]],"Points":[]}""")]
    [InlineData("""{"crs":"a","crs":"b","points":[]}""")]
    [InlineData("""{"crs":5,"points":[]}""")]
    [InlineData("""{"crs":{},"points":[]}""")]
    [InlineData("""{"a":tru,"points":[]}""")]
    [InlineData("""{"a":[1,],"points":[]}""")]
    [InlineData("""{"a":"\q","points":[]}""")]
    [InlineData("""{"a" 5,"points":[]}""")]
    [InlineData("""{a:5,"points":[]}""")]
    [InlineData("""{"a":,"points":[]}""")]
    [InlineData("""{"points":[[1,2]] /* c */}""")]
    [InlineData("""{"points":[[1e999,2]]}""")]
    public void All_else_is_left_to_the_serializer(string body) => Assert.Equal(JsonPointsResult.Unread, AssertAlike(body));

    [Fact]
    public void No_change_of_a_byte_makes_it_read_what_the_serializer_refuses_or_reads_otherwise()
    {
        var random = new Random(3);
        var bodies = (string[])["""{"crs":"bd09","a":[1.5e3,"x\n"],"points":[[113.0123456,23.5],[-0.001,1E2]]}""", """{ "points" : [ [1,2] , [3,4] ], "crs":null }"""];
        const string Alphabet = "0123456789+-.eE,:[]{}\" \\\n\tnaul$x/\u0001";
        var read = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var body = new StringBuilder(bodies[i % bodies.Length]);
            for (var changes = 1 + random.Next(2); changes > 0; changes--)
            {
                var at = random.Next(body.Length);
                var letter = Alphabet[random.Next(Alphabet.Length)];
                _ = random.Next(3) switch
                {
                    0 => body.Remove(at, 1),
                    1 => body.Insert(at, letter),
                    _ => body.Remove(at, 1).Insert(at, letter),
                };
            }

            read += AssertAlike(body.ToString()) == JsonPointsResult.Read ? 1 : 0;
        }

        Assert.InRange(read, 4_000, 36_000);
    }

    [Fact]
    public void Numbers_of_every_length_are_the_nearest_doubles()
    {
        var random = new Random(4);
        for (var i = 0; i < 200_000; i++)
        {
            var number = (random.NextDouble() * 2 - 1) * 180 * Math.Pow(10, -random.Next(0, 12));
            var text = random.Next(3) switch
            {
                0 => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                1 => number.ToString("F" + random.Next(0, 30), System.Globalization.CultureInfo.InvariantCulture),
                _ => number.ToString("E" + random.Next(0, 25), System.Globalization.CultureInfo.InvariantCulture),
            };
            var points = new LonLat[1];
            var json = new JsonPoints(Encoding.UTF8.GetBytes($$"""{"points":[[{{text}},0]]}"""), points);
            Assert.Equal(JsonPointsResult.Read, json.Read());
            Assert.Equal(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture), points[0].Lon);
        }
    }

    [Fact]
    public void One_more_than_there_is_room_for_is_noticed_at_once()
    {
        var json = new JsonPoints("""{"points":[[1,2],[3,4],[5,6],nonsense"""u8, new LonLat[2]);
        Assert.Equal(JsonPointsResult.TooMany, json.Read());
        Assert.Equal(2, json.Count);
    }

    private static JsonPointsResult AssertAlike(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var points = new LonLat[100];
        var json = new JsonPoints(bytes, points);
        var result = json.Read();
        if (result == JsonPointsResult.Read)
        {
            var expected = JsonSerializer.Deserialize<LookupBatchBody>(bytes, Options)!;
            Assert.Equal(expected.Crs, json.Crs);
            Assert.Equal(expected.Points!.Select(point => (point[0], point[1])), points[..json.Count].Select(point => (point.Lon, point.Lat)));
            Assert.All(expected.Points!, point => Assert.Equal(2, point.Length));
        }

        return result;
    }

    private static JsonSerializerOptions Serializer()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        JsonBody.Configure(options);
        return options;
    }
}
