using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Tiles;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Tiles;

public class ArcSimplifierTests
{
    private static readonly WKTReader Wkt = new();

    [Theory]
    [InlineData(21, 80, 113.0, 22.9, 0.05)]
    [InlineData(22, 80, -3.0, 56.0, 1.0)]
    public void Every_point_left_out_lies_within_the_tolerance_of_what_is_left(int seed, int cells, double lon, double lat, double side)
    {
        var coverage = VoronoiCoverages.Build(seed, cells, lon, lat, side, bends: 5);
        var simplified = new SimplifiedArcs(coverage, new ProjectedArcs(coverage), 3, 0, 15);
        var (all, left) = (0, new int[16]);
        for (var arc = 0; arc < simplified.Count; arc++)
        {
            var full = simplified.Full(arc);
            all += full.Length;
            for (var z = 0; z <= 15; z++)
            {
                var line = simplified.At(z, arc);
                left[z] += line.Count;
                Assert.Equal(full[0], line[0]);
                Assert.Equal(full[^1], line[^1]);
                Assert.True(line.Count >= (full[0] == full[^1] ? 4 : 2));
                foreach (var point in full)
                {
                    var distance = line.Zip(line.Skip(1)).Min(edge => point.DistanceTo(edge.First, edge.Second));
                    Assert.True(distance <= new TileScale(z).Tolerance * (1 + 1e-9), $"zoom {z}: {distance}");
                }
            }
        }

        Assert.True(left.Zip(left.Skip(1)).All(next => next.First <= next.Second), "a zoom needs a point that the next does not");
        Assert.True(left[15] > 2 * left[0] && all >= left[15], $"{left[0]} to {left[15]} of {all} points");
    }

    [Fact]
    public void An_island_beside_a_bend_stays_on_its_side_of_the_border()
    {
        // The border bends 10 m inwards; in the bend, outside, lies an island 3 m wide. At zoom 10 the tolerance is 18 m.
        var coverage = Build(
            "POLYGON ((113.05 22.9, 113.1 22.9, 113.1 23, 113.05 23, 113.0501 22.95, 113.05 22.9))",
            "POLYGON ((113.05004 22.95, 113.05004 22.95003, 113.05007 22.95003, 113.05007 22.95, 113.05004 22.95))");
        var simplified = new SimplifiedArcs(coverage, new ProjectedArcs(coverage), 1, 0, 12);
        var island = Enumerable.Range(0, simplified.Count).Single(arc => simplified.Full(arc).Length == 5);
        var border = Enumerable.Range(0, simplified.Count).Single(arc => arc != island);
        for (var z = 0; z <= 12; z++)
        {
            Assert.True(simplified.At(z, island).Count >= 4);
            Assert.False(Contains(simplified.At(z, border), simplified.At(z, island)[0]), $"zoom {z}");
        }

        Assert.Contains(simplified.At(4, border), point => point == WebMercator.Project(LatticePoint.FromDegrees(113.0501, 22.95)));
    }

    [Fact]
    public void Without_the_island_the_bend_goes()
    {
        var coverage = Build("POLYGON ((113.05 22.9, 113.1 22.9, 113.1 23, 113.05 23, 113.0501 22.95, 113.05 22.9))");
        var simplified = new SimplifiedArcs(coverage, new ProjectedArcs(coverage), 1, 0, 12);
        Assert.Contains(simplified.At(12, 0), point => point == WebMercator.Project(LatticePoint.FromDegrees(113.0501, 22.95)));
        Assert.DoesNotContain(simplified.At(4, 0), point => point == WebMercator.Project(LatticePoint.FromDegrees(113.0501, 22.95)));
    }

    [Fact]
    public void Borders_of_inner_levels_keep_no_points_on_zooms_that_do_not_draw_them()
    {
        var coverage = VoronoiCoverages.Build(23, 80, 113.0, 22.9, 0.05);
        var projected = new ProjectedArcs(coverage);
        var counts = Enumerable.Range(1, 3).Select(level =>
        {
            var arcs = new SimplifiedArcs(coverage, projected, level, 5, 5);
            return Enumerable.Range(0, arcs.Count).Sum(arc => arcs.At(5, arc).Count);
        }).ToArray();
        Assert.True(counts[0] < counts[1] && counts[1] * 4 < counts[2], string.Join(' ', counts));
    }

    private static Coverage Build(params string[] wkt) => CoverageBuilder.Build(
        [.. wkt.Select((text, i) => new CoverageInput(i + 1, $"{i + 1}", 1, null, Wkt.Read(text)))], CoverageOptions.Exact).Coverage;

    private static bool Contains(List<MercatorPoint> ring, MercatorPoint point)
    {
        var contains = false;
        foreach (var (a, b) in ring.Zip(ring.Skip(1)))
        {
            if (a.Y > point.Y != b.Y > point.Y
                && MercatorPoint.Orientation(a, b, point) > 0 == b.Y > a.Y)
            {
                contains = !contains;
            }
        }

        return contains;
    }
}
