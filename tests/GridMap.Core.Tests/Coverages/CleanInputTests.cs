using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Coverages;

/// <summary>
/// Borders that meet in their ends only are proved to, and taken as they are. Beside a knot far away, which makes the whole map go the
/// general way of snap rounding, exactly the same comes out.
/// </summary>
public sealed class CleanInputTests
{
    [Theory]
    [InlineData(11, 60, 2)]
    [InlineData(12, 150, 3)]
    [InlineData(13, 300, 4)]
    [InlineData(14, 600, 4)]
    public void Clean_borders_come_out_as_the_general_way_has_them(int seed, int cells, int levels)
    {
        var clean = Given(seed, cells, levels);
        var fast = TestPlane.Build(0, [.. clean]);
        var general = TestPlane.Build(0, [.. clean, .. Knot(levels)]);

        Assert.Equal(fast.Counts.InputEdges, fast.Counts.NodedEdges);
        Assert.True(general.Counts.NodedEdges > general.Counts.InputEdges);
        Assert.Empty(fast.Repairs);
        Assert.Equal(TestPlane.Bytes(fast.Coverage.ToShapes()), TestPlane.Bytes([.. general.Coverage.ToShapes().Take(clean.Count)]));
        Assert.Equal(
            fast.Defects.Select(Describe), general.Defects.Where(defect => defect.Grids.All(grid => grid.Id < 1_000_000)).Select(Describe));
        for (var grid = 0; grid < clean.Count; grid++)
            Assert.Equal(fast.Coverage.SquareMillimetres(grid), general.Coverage.SquareMillimetres(grid));
    }

    [Theory]
    [InlineData(21, 200)]
    [InlineData(22, 400)]
    public void One_vertex_out_of_place_sends_all_the_general_way(int seed, int cells)
    {
        var clean = Given(seed, cells, 2);
        var middle = Lattice.Factory.CreateGeometryCollection([.. clean.Select(input => input.Geometry!)]).EnvelopeInternal.Centre;
        var inner = clean.Where(input => input.Level == 2).MinBy(input => input.Geometry!.Centroid.Coordinate.Distance(middle))!;
        var moved = clean.IndexOf(inner);
        var geometry = clean[moved].Geometry!.Copy();
        geometry.Apply(new MoveFirst());
        clean[moved] = clean[moved] with { Geometry = geometry };

        var build = TestPlane.Build(0, [.. clean]);
        Assert.True(build.Counts.NodedEdges > build.Counts.InputEdges);
        Assert.Contains(build.Defects, defect => defect.Kind is DefectKind.Overlap or DefectKind.Gap or DefectKind.ChildOutsideParent);
    }

    /// <summary>All levels as polygons, as files of a level each have them.</summary>
    private static List<CoverageInput> Given(int seed, int cells, int levels) =>
        [.. TestPlane.Build(0, [.. new RandomPartition(seed, cells, levels).Inputs]).Coverage.ToShapes()
            .Select(shape => new CoverageInput(shape.Id, shape.Code, shape.Level, shape.ParentId, shape.Polygon))];

    /// <summary>Two grids that cross each other between vertices, a degree away.</summary>
    private static IEnumerable<CoverageInput> Knot(int innermost)
    {
        for (var i = 0; i < 2; i++)
        {
            var (lon, lat) = (RandomPartition.Lon + 1 + i * 0.0007, RandomPartition.Lat + i * 0.0003);
            var square = Lattice.Factory.CreatePolygon([new(lon, lat), new(lon + 0.001, lat), new(lon + 0.001, lat + 0.001), new(lon, lat + 0.001), new(lon, lat)]);
            yield return new CoverageInput(1_000_000 + i, $"knot{i}", innermost, null, square);
        }
    }

    private static string Describe(Defect defect) =>
        $"{defect.Kind} {defect.Level} {string.Join(',', defect.Grids.Select(grid => grid.Id))} {defect.Geometry} {defect.Measure}";

    /// <summary>Puts the first vertex of a ring, and the last that is the same, away from the next but one: into the neighbours.</summary>
    private sealed class MoveFirst : IEntireCoordinateSequenceFilter
    {
        public bool Done { get; private set; }

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq)
        {
            var (x, y) = (seq.GetX(0) - (seq.GetX(2) - seq.GetX(0)) / 3, seq.GetY(0) - (seq.GetY(2) - seq.GetY(0)) / 3);
            foreach (var i in (int[])[0, seq.Count - 1])
            {
                seq.SetX(i, x);
                seq.SetY(i, y);
            }

            Done = true;
        }
    }
}
