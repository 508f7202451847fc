using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Api.Tests;

/// <summary>A grid as a test writes it down.</summary>
/// <param name="Code">Its code, also its name unless one is given.</param>
/// <param name="Level">1 is outermost.</param>
/// <param name="Parent">The parent's code.</param>
/// <param name="Wkt">In units of <see cref="TestTownship.Unit"/> from <see cref="TestTownship.Origin"/>.</param>
public sealed record TestGrid(string Code, int Level, string? Parent, string Wkt)
{
    public string? Name { get; init; }

    public string Kind { get; init; } = "community";

    /// <summary>A JSON object.</summary>
    public string Attributes { get; init; } = "{}";
}

/// <summary>
/// A small territory with everything that makes grids awkward: four levels, a slanting border full of exact ties, a special grid
/// carved out of its surroundings, a gap inside a grid and another at its edge, and a second territory apart from the first.
/// </summary>
public static class TestTownship
{
    /// <summary>Degrees (about 107 m): a multiple of the lattice's unit, so that every WKT coordinate is a lattice point.</summary>
    public const double Unit = 1d / 1024;

    public static LonLat Origin { get; } = new(113, 23);

    /// <summary>
    /// T is split by a slanting border (32 0, 40 48) into T1 and T2. T1 has T1.1 below with the special grid T1.S in it, and T1.2
    /// above, which alone has a fourth level. T2 has T2.1 below with a hole that is in no grid of its level, and nothing above.
    /// </summary>
    public static IReadOnlyList<TestGrid> First { get; } =
    [
        new("T", 1, null, "POLYGON ((0 0, 32 0, 64 0, 64 24, 64 48, 40 48, 20 48, 0 48, 0 24, 0 0))") { Attributes = """{"telephone":"0757-1234567"}""" },
        new("U", 1, null, "POLYGON ((70 0, 80 0, 80 10, 70 10, 70 0))"),
        new("T1", 2, "T", "POLYGON ((0 0, 32 0, 36 24, 40 48, 20 48, 0 48, 0 24, 0 0))"),
        new("T2", 2, "T", "POLYGON ((32 0, 64 0, 64 24, 64 48, 40 48, 36 24, 32 0))"),
        new("T1.1", 3, "T1", "POLYGON ((0 0, 32 0, 36 24, 20 24, 0 24, 0 0), (8 8, 8 16, 16 16, 16 8, 8 8))"),
        new("T1.S", 3, "T1", "POLYGON ((8 8, 16 8, 16 16, 8 16, 8 8))") { Kind = "special", Name = "中心小学" },
        new("T1.2", 3, "T1", "POLYGON ((0 24, 20 24, 36 24, 40 48, 20 48, 0 48, 0 24))"),
        new("T2.1", 3, "T2", "POLYGON ((32 0, 64 0, 64 24, 36 24, 32 0), (48 8, 48 12, 52 12, 52 8, 48 8))"),
        new("T1.2.a", 4, "T1.2", "POLYGON ((0 24, 20 24, 20 48, 0 48, 0 24))"),
        new("T1.2.b", 4, "T1.2", "POLYGON ((20 24, 36 24, 40 48, 20 48, 20 24))"),
    ];

    /// <summary>The same with T1.2.a renamed, and T1.2.b gone.</summary>
    public static IReadOnlyList<TestGrid> Second { get; } =
        [.. First.Where(grid => grid.Code != "T1.2.b").Select(grid => grid.Code == "T1.2.a" ? grid with { Name = "新名" } : grid)];

    /// <summary>A point in the township's units.</summary>
    public static LonLat Point(double x, double y) => new(Origin.Lon + x * Unit, Origin.Lat + y * Unit);

    /// <summary>The polygon of a WKT in the township's units, as PostGIS stores it.</summary>
    public static MultiPolygon Polygon(string wkt)
    {
        var read = new WKTReader().Read(wkt);
        var parts = Enumerable.Range(0, read.NumGeometries).Select(i => (Polygon)Lattice.Factory.CreateGeometry(read.GetGeometryN(i)));
        var polygon = Lattice.Factory.CreateMultiPolygon([.. parts]);
        polygon.Apply(new InDegrees());
        Assert.True(polygon.IsValid, $"Not a valid polygon: {wkt}");
        polygon.Normalize();

        // NetTopologySuite's normal form turns shells clockwise, the stored one counter-clockwise.
        return (MultiPolygon)polygon.Reverse();
    }

    private sealed class InDegrees : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq)
        {
            for (var i = 0; i < seq.Count; i++)
            {
                var point = Point(seq.GetX(i), seq.GetY(i));
                seq.SetX(i, point.Lon);
                seq.SetY(i, point.Lat);
            }
        }
    }
}
