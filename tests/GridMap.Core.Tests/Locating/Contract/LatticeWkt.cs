using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Locating;

/// <summary>WKT in whole lattice units (0.83 mm) from an origin in a township, so that a case reads as the integers that it is about.</summary>
public static class LatticeWkt
{
    private const double OriginLon = 113;
    private const double OriginLat = 23;

    public static LonLat Point(long x, long y) =>
        new(OriginLon + Lattice.ToDegrees(x), OriginLat + Lattice.ToDegrees(y));

    public static MultiPolygon Polygon(string wkt)
    {
        var read = new WKTReader().Read(wkt);
        var parts = Enumerable.Range(0, read.NumGeometries).Select(i => (Polygon)read.GetGeometryN(i)).ToArray();
        var polygon = Lattice.Factory.CreateMultiPolygon(parts.Select(p => (Polygon)Lattice.Factory.CreateGeometry(p)).ToArray());
        polygon.Apply(new FromOrigin());
        Assert.True(polygon.IsValid, $"Not a valid polygon: {wkt}");
        return polygon;
    }

    /// <summary>Grids with ids 1, 2, 3 … in the order given; a parent is named by its code.</summary>
    public static GridShape[] GridsOf(params (string Code, int Level, string? Parent, string Wkt)[] grids) =>
        [.. grids.Select((g, i) => new GridShape(
            i + 1,
            g.Code,
            g.Level,
            g.Parent is null ? null : Array.FindIndex(grids, p => p.Code == g.Parent) + 1,
            Polygon(g.Wkt)))];

    private sealed class FromOrigin : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i)
        {
            seq.SetX(i, OriginLon + Lattice.ToDegrees((long)seq.GetX(i)));
            seq.SetY(i, OriginLat + Lattice.ToDegrees((long)seq.GetY(i)));
        }
    }
}
