using System.Buffers;
using System.Text;
using GridMap.Core.FlatGeobuf;
using GridMap.Core.GeoJson;

namespace GridMap.Core.Tests.FlatGeobuf;

/// <summary>What GDAL 3.6 made of the features in <see cref="Text"/>, read as FlatGeobuf and as GeoJSON, whole, in pieces and damaged.</summary>
public sealed class FlatGeobufReaderTests
{
    private const string Text =
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"a1","名称":"甲","n":7,"r":450000000000000000,"z":null},"geometry":{"type":"Polygon","coordinates":
        [[[113,23],[113.01,23],[113.01,23.01],[113,23.01],[113,23]],[[113.002,23.002],[113.002,23.004],[113.004,23.004],[113.002,23.002]]]}},
        {"type":"Feature","properties":{"code":"a2","名称":null,"n":null,"r":12.0,"z":"x"},"geometry":{"type":"MultiPolygon","coordinates":
        [[[[113.02,23],[113.03,23],[113.03,23.01],[113.02,23]]],[[[113.04,23],[113.05,23],[113.05,23.01],[113.04,23]]]]}},
        {"type":"Feature","properties":{"code":"a3","名称":"丙","n":1,"r":1.0,"z":null},"geometry":null}]}
        """;

    private static readonly byte[] File = Convert.FromBase64String(
        """
        ZmdiA2ZnYgG0AgAAIAAAAAAAGgAUAAgAAAAAAAAAAAAAAAAADAAAAAYAEAAaAAAAAAAAACQAAAAIAAAAMAAAAAUAAABgAgAAMAIAABQCAAD4AQAAzAEAAAEAAABzAA4AFAAEAAgADAAA
        ABAADgAAAKQBAADmEAAAkAEAAAQAAACAAQAAR0VPR0NSU1siV0dTIDg0IixEQVRVTVsiV29ybGQgR2VvZGV0aWMgU3lzdGVtIDE5ODQiLEVMTElQU09JRFsiV0dTIDg0Iiw2Mzc4MTM3
        LDI5OC4yNTcyMjM1NjMsTEVOR1RIVU5JVFsibWV0cmUiLDFdXV0sUFJJTUVNWyJHcmVlbndpY2giLDAsQU5HTEVVTklUWyJkZWdyZWUiLDAuMDE3NDUzMjkyNTE5OTQzM11dLENTW2Vs
        bGlwc29pZGFsLDJdLEFYSVNbImdlb2RldGljIGxhdGl0dWRlIChMYXQpIixub3J0aCxPUkRFUlsxXSxBTkdMRVVOSVRbImRlZ3JlZSIsMC4wMTc0NTMyOTI1MTk5NDMzXV0sQVhJU1si
        Z2VvZGV0aWMgbG9uZ2l0dWRlIChMb24pIixlYXN0LE9SREVSWzJdLEFOR0xFVU5JVFsiZGVncmVlIiwwLjAxNzQ1MzI5MjUxOTk0MzNdXSxJRFsiRVBTRyIsNDMyNl1dAAAAAAYAAABX
        R1MgODQAAAQAAABFUFNHAAAAAIr///8AAAALCAAAAAAAAAABAAAAegAAABAAEAAIAAcAAAAAAAAADAAQAAAAAAAACggAAAAAAAAAAQAAAHIAAADK////AAAABQgAAAAAAAAAAQAAAG4A
        AADi////AAAACwgAAAAAAAAABgAAAOWQjeensAAAAAAOABAACAAHAAAAAAAMAA4AAAAAAAALCAAAAAAAAAAEAAAAY29kZQAAAAAEAQAADAAAAAgADAAEAAgACAAAAEAAAAAEAAAAIQAA
        AAAAAgAAAGExAQADAAAA55SyAgAHAAAAAwAAtJN24vqYQwASABAACAAMAAAAAAAAAAAABwASAAAAAAAAA6AAAAAEAAAAEgAAAAAAAAAAQFxAAAAAAAAAN0BxPQrXo0BcQAAAAAAAADdA
        cT0K16NAXEDD9ShcjwI3QAAAAAAAQFxAw/UoXI8CN0AAAAAAAEBcQAAAAAAAADdA46WbxCBAXECNl24SgwA3QOOlm8QgQFxAGy/dJAYBN0DHSzeJQUBcQBsv3SQGATdA46WbxCBAXECN
        l24SgwA3QAAAAAACAAAABQAAAAkAAAAcAQAADAAAAAgADAAEAAgACAAAADwAAAAEAAAAGQAAAAAAAgAAAGEyAwAAAAAAAAAoQAQAAQAAAHgAAAAUAAwAAAAAAAAAAAAAAAAABwAIABQA
        AAAAAAAGBAAAAAIAAABwAAAABAAAAKr///8AAAADBAAAAAgAAADD9Shcj0JcQAAAAAAAADdAMzMzMzNDXEAAAAAAAAA3QDMzMzMzQ1xAw/UoXI8CN0DD9Shcj0JcQAAAAAAAADdAAAAA
        AAAAEgAMAAAACAAAAAAAAAAAAAcAEgAAAAAAAAMEAAAACAAAAOF6FK5HQVxAAAAAAAAAN0BSuB6F60FcQAAAAAAAADdAUrgehetBXEDD9ShcjwI3QOF6FK5HQVxAAAAAAAAAN0A=
        """);

    [Fact]
    public void The_same_features_come_out_as_of_GeoJSON()
    {
        // GDAL leaves out the one without a geometry.
        var expected = GeoJsonReader.ReadAll(Encoding.UTF8.GetBytes(Text)).Where(feature => feature.Geometry is not null);
        Assert.Equal(expected.Select(Describe), Read(File, File.Length).Select(Describe));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void It_reads_bytes_as_they_arrive(int piece) =>
        Assert.Equal(Read(File, File.Length).Select(Describe), Read(File, piece).Select(Describe));

    [Fact]
    public void Cut_off_anywhere_it_gives_the_features_before()
    {
        for (var length = 0; length < File.Length; length++)
            Assert.True(Read(File[..length], length + 1).Count < 2);
    }

    [Fact]
    public void Damaged_anywhere_it_says_so_or_reads_something_else()
    {
        for (var at = 8; at < File.Length; at++)
        {
            foreach (var value in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
            {
                var damaged = File.ToArray();
                damaged[at] = value;
                try
                {
                    Read(damaged, damaged.Length);
                }
                catch (GeoJsonException)
                {
                    // Said.
                }
            }
        }
    }

    private static List<GeoJsonFeature> Read(byte[] file, int piece)
    {
        var reader = new FlatGeobufReader(1 << 20);
        var features = new List<GeoJsonFeature>();
        var kept = 0;
        for (var end = Math.Min(piece, file.Length); ; end = Math.Min(end + piece, file.Length))
        {
            var buffer = new ReadOnlySequence<byte>(file, kept, end - kept);
            while (reader.TryRead(ref buffer, out var feature))
                features.Add(feature!);
            kept = end - (int)buffer.Length;
            if (end == file.Length)
                return features;
        }
    }

    private static string Describe(GeoJsonFeature feature) =>
        $"{feature.Index} {feature.Geometry?.AsText() ?? "none"} {string.Join(", ", feature.Properties.EnumerateObject().Select(property => $"{property.Name}={Value(property.Value)}"))}";

    // 450000000000000000 is 4.5E+17 in a column of floating numbers, whatever its digits.
    private static string Value(System.Text.Json.JsonElement value) =>
        value.ValueKind == System.Text.Json.JsonValueKind.Number && value.GetDouble() > 1e17 ? value.GetDouble().ToString("R") : value.GetRawText();
}
