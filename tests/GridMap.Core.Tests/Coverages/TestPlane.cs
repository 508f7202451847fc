using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Coverages;

/// <summary>
/// Geometry for people: WKT in units of 1/1024 degree (about 109 m east and 111 m north at the equator), which are whole numbers of lattice units.
/// </summary>
internal static class TestPlane
{
    public const double Unit = 1.0 / 1024;

    /// <summary>Metres in a unit, near enough.</summary>
    public const double UnitMetres = 108.7;

    public static Geometry Wkt(string wkt)
    {
        var geometry = new WKTReader().Read(wkt);
        geometry.Apply(new ScaleFilter(Unit));
        return geometry;
    }

    public static string ToWkt(Geometry geometry)
    {
        var copy = geometry.Copy();
        copy.Apply(new ScaleFilter(1 / Unit));
        return copy.ToString();
    }

    public static CoverageInput Grid(long id, string? wkt, int level = 1, long? parent = null) =>
        new(id, $"g{id}", level, parent, wkt is null ? null : Wkt(wkt));

    public static CoverageInput Square(long id, int x, int y, int size = 10, int level = 1, long? parent = null) =>
        Grid(id, $"POLYGON(({x} {y}, {x + size} {y}, {x + size} {y + size}, {x} {y + size}, {x} {y}))", level, parent);

    /// <summary>Builds, and checks what holds for every build.</summary>
    public static CoverageBuild Build(double toleranceMetres, params CoverageInput[] inputs)
    {
        var build = CoverageBuilder.Build(inputs, new CoverageOptions(toleranceMetres, DefectRules.Default));
        CheckSound(build.Coverage);
        return build;
    }

    /// <summary>Every polygon canonical, and reading them gives the same bytes, arcs, faces and areas.</summary>
    public static void CheckSound(Coverage coverage)
    {
        var shapes = coverage.ToShapes();
        foreach (var shape in shapes)
            Canonical.Check(shape.Polygon);
        for (var grid = 0; grid < shapes.Count; grid++)
        {
            Assert.Equal(DoubledArea(shapes[grid].Polygon), coverage.DoubledArea(grid));
            Assert.Equal(EllipsoidalArea.SquareMillimetres(shapes[grid].Polygon), coverage.SquareMillimetres(grid));
        }
        var reading = CoverageReader.Read(shapes);
        Assert.Empty(reading.Defects);
        var again = Assert.IsType<Coverage>(reading.Coverage);
        Assert.Equal(Bytes(shapes), Bytes(again.ToShapes()));
        Assert.Equal(Describe(coverage), Describe(again));
    }

    /// <summary>Twice the area in square lattice units, by the shoelace over the polygon's own rings.</summary>
    public static Int128 DoubledArea(Geometry polygon)
    {
        Int128 sum = 0;
        foreach (var ring in LinearComponentExtracter.GetLines(polygon).Cast<LineString>())
        {
            var points = ring.Coordinates.Select(LatticePoint.From).ToArray();
            for (var i = 1; i < points.Length; i++)
                sum += LatticePredicates.Cross(points[i - 1], points[i]);
        }
        return sum;
    }

    public static string Bytes(IEnumerable<GridShape> shapes) =>
        string.Join('\n', shapes.Select(shape => $"{shape.Id} {shape.Code} {shape.Level} {shape.ParentId} {Convert.ToHexString(new WKBWriter().Write(shape.Polygon))}"));

    private static string Describe(Coverage coverage) =>
        string.Join('\n', coverage.Arcs.Select(arc => $"{string.Join(' ', arc.Points.ToArray())} {arc.LeftFace} {arc.RightFace}"))
        + string.Join('\n', coverage.Faces.Select(face => string.Join(' ', face.Claims.ToArray())));

    private sealed class ScaleFilter(double factor) : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                sequence.SetOrdinate(i, 0, sequence.GetX(i) * factor);
                sequence.SetOrdinate(i, 1, sequence.GetY(i) * factor);
            }
        }
    }
}
