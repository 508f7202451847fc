using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Ewkb;

/// <summary>EWKB against NetTopologySuite's own reader and writer: the same bytes, the same geometries, the same refusals.</summary>
public sealed class EwkbTests
{
    private static readonly NtsGeometryServices Services = new(Lattice.PrecisionModel, Lattice.Srid);

    public static TheoryData<string> Geometries =>
    [
        "MULTIPOLYGON(((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1)), ((8 8, 9 8, 9 9, 8 8)))",
        "MULTIPOLYGON(((-113.5 23.25, -113 23.25, -113 24, -113.5 23.25)))",
        "POLYGON((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 1 1))",
        "MULTIPOLYGON EMPTY",
        "POLYGON EMPTY",
        "POINT(113 23)",
        "LINESTRING(0 0, 1 1)",
        "GEOMETRYCOLLECTION(POINT(1 2), POLYGON((0 0, 4 0, 4 4, 0 0)))",
    ];

    [Theory]
    [MemberData(nameof(Geometries))]
    public void It_writes_and_reads_what_NetTopologySuite_does(string wkt)
    {
        var bytes = Reference(wkt);
        var read = EwkbReader.Read(bytes);
        Assert.Equal(new WKBReader(Services).Read(bytes).AsText(), read.AsText());
        Assert.Equal(Lattice.Srid, read.SRID);
        Assert.Equal(bytes, EwkbWriter.Write(read));
    }

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Cut_off_it_refuses_what_NetTopologySuite_does(string wkt)
    {
        var bytes = Reference(wkt);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(Outcome(() => new WKBReader(Services).Read(bytes[..length])), Outcome(() => EwkbReader.Read(bytes[..length])));
    }

    private static byte[] Reference(string wkt)
    {
        var geometry = new WKTReader(Services).Read(wkt);
        geometry.SRID = Lattice.Srid;
        return new WKBWriter(ByteOrder.LittleEndian, handleSRID: true).Write(geometry);
    }

    private static string Outcome(Func<Geometry> read)
    {
        try
        {
            return read().AsText();
        }
        catch (Exception e)
        {
            return e.GetType().Name;
        }
    }
}
