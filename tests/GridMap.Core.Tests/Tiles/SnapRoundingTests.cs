using System.Numerics;
using GridMap.Core.Tiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Core.Tests.Tiles;

public class SnapRoundingTests
{
    [Theory]
    [InlineData(1, 60, 113.0, 22.9, 0.05, 16)]
    [InlineData(2, 150, 120.0, 30.0, 2.0, 13)]
    [InlineData(3, 40, -60.0, -55.0, 20.0, 8)]
    [InlineData(4, 40, 15.0, 78.0, 0.5, 16)]
    public void Borders_never_cross_and_meet_at_vertices_only_at_every_zoom(
        int seed, int cells, double lon, double lat, double side, int deepestZ)
    {
        var (coverage, edges) = (VoronoiCoverages.Build(seed, cells, lon, lat, side), 0);
        for (var level = 1; level <= 3; level++)
        {
            var simplified = new SimplifiedArcs(coverage, new ProjectedArcs(coverage), level, 0, deepestZ);
            for (var z = 0; z <= deepestZ; z++)
            {
                foreach (var tile in Tiles(lon, lat, side, z))
                {
                    var arcs = Rounded(simplified, tile);
                    Assert.Null(FirstConflict(arcs));
                    edges += arcs.Sum(arc => arc.Length - 1);
                }
            }
        }

        Assert.True(edges > 1000, $"{edges} edges");
    }

    [Fact]
    public void Every_edge_has_a_vertex_where_it_meets_a_side_of_a_buffered_tile()
    {
        var coverage = VoronoiCoverages.Build(5, 40, -60, -55, 20);
        var simplified = new SimplifiedArcs(coverage, new ProjectedArcs(coverage), 3, 0, 9);
        var cuts = 0;
        foreach (var z in (int[])[3, 6, 9])
        {
            foreach (var arc in Tiles(-60, -55, 20, z).SelectMany(tile => Rounded(simplified, tile)))
            {
                for (var i = 1; i < arc.Length; i++)
                {
                    Assert.False(SideLiesBetween(arc[i - 1].X, arc[i].X), $"{arc[i - 1]} {arc[i]}");
                    Assert.False(SideLiesBetween(arc[i - 1].Y, arc[i].Y), $"{arc[i - 1]} {arc[i]}");
                    cuts += arc[i].X is 0 or 128 or 4096 or 4224 ? 1 : 0;
                }
            }
        }

        Assert.True(cuts > 100);
    }

    [Fact]
    public void A_pixel_is_crossed_when_an_exact_walk_along_the_line_visits_it()
    {
        // Few fine units to a pixel, so that lines often run through corners and along sides.
        var scale = new TileScale(16);
        var random = new Random(7);
        var crossings = 0;
        for (var i = 0; i < 4000; i++)
        {
            var (a, b) = (Random(random, scale), Random(random, scale));
            var visited = Visited(a, b, scale);
            for (var x = 0; x < 6; x++)
            {
                for (var y = 0; y < 6; y++)
                {
                    var crosses = visited.Contains(new TilePoint(x, y));
                    Assert.True(crosses == PixelCrossing.Crosses(scale, new TilePoint(x, y), a, b), $"{a} {b} {x} {y} {crosses}");
                    crossings += crosses ? 1 : 0;
                }
            }
        }

        Assert.True(crossings > 10_000);
    }

    private static MercatorPoint Random(Random random, TileScale scale) =>
        new(random.NextInt64(1, 20) * scale.Unit / 4, random.NextInt64(1, 20) * scale.Unit / 4);

    /// <summary>All pixels of a line: at its ends, where it meets a side, and halfway between such places, in whole fractions.</summary>
    private static HashSet<TilePoint> Visited(MercatorPoint a, MercatorPoint b, TileScale scale)
    {
        var places = new List<(BigInteger Over, BigInteger Under)> { (0, 1), (1, 1) };
        for (var side = 0; side < 8; side++)
        {
            var at = side * scale.Unit - scale.Unit / 2;
            if (a.X != b.X)
                places.Add((at - a.X, b.X - a.X));
            if (a.Y != b.Y)
                places.Add((at - a.Y, b.Y - a.Y));
        }

        var ordered = places.Select(place => place.Under < 0 ? (-place.Over, -place.Under) : place)
            .Where(place => place.Item1 >= 0 && place.Item1 <= place.Item2)
            .Order(Comparer<(BigInteger, BigInteger)>.Create((p, q) => (p.Item1 * q.Item2).CompareTo(q.Item1 * p.Item2))).ToList();
        var middles = ordered.Zip(ordered.Skip(1), (p, q) => (p.Item1 * q.Item2 + q.Item1 * p.Item2, 2 * p.Item2 * q.Item2));
        return [.. ordered.Concat(middles).Select(place => new TilePoint(
            Pixel(a.X, b.X, place, scale), Pixel(a.Y, b.Y, place, scale)))];
    }

    private static int Pixel(long a, long b, (BigInteger Over, BigInteger Under) place, TileScale scale)
    {
        var over = (a + scale.Unit / 2) * place.Under + (b - a) * place.Over;
        return (int)BigInteger.Divide(over - Modulo(over, place.Under * scale.Unit), place.Under * scale.Unit);
    }

    private static BigInteger Modulo(BigInteger over, BigInteger under) => ((over % under) + under) % under;

    private static bool SideLiesBetween(int one, int other) =>
        new[] { 0, 128, 4096, 4224 }.Any(side => Math.Min(one, other) < side && side < Math.Max(one, other));

    /// <summary>Some 50 of the tiles of a square in degrees, all over it.</summary>
    private static IEnumerable<TileSquare> Tiles(double lon, double lat, double side, int z)
    {
        var (first, last) = (TileCoord.At(z, lon, lat + side), TileCoord.At(z, lon + side, lat));
        var step = 1 + (last.X - first.X + 1) * (last.Y - first.Y + 1) / 50;
        for (var i = 0; i < (last.X - first.X + 1) * (last.Y - first.Y + 1); i += step)
            yield return TileSquare.Of(new TileCoord(z, first.X + i % (last.X - first.X + 1), first.Y + i / (last.X - first.X + 1)));
    }

    private static TilePoint[][] Rounded(SimplifiedArcs simplified, TileSquare square)
    {
        var (runs, rounded) = (new ArcRuns(), new SnapRounding());
        runs.Collect(simplified, square);
        rounded.Round(runs, square.Scale);
        var visits = rounded.Visits.ToArray();
        return [.. rounded.Runs.ToArray().Select(run => visits[run.Start..run.End].Select(pixel => rounded.Pixels[pixel]).ToArray())];
    }

    /// <summary>Two edges that share more than ends of both, or null. Equal edges are none: what is thinner than a unit lies on itself.</summary>
    private static string? FirstConflict(TilePoint[][] arcs)
    {
        var edges = new HashSet<(TilePoint A, TilePoint B)>();
        foreach (var arc in arcs)
        {
            for (var i = 1; i < arc.Length; i++)
                edges.Add(TilePoint.ByXThenY.Compare(arc[i - 1], arc[i]) < 0 ? (arc[i - 1], arc[i]) : (arc[i], arc[i - 1]));
        }

        if (edges.Count == 0)
            return null;
        var tree = new STRtree<(TilePoint A, TilePoint B)>();
        foreach (var edge in edges)
            tree.Insert(new Envelope(edge.A.X, edge.B.X, edge.A.Y, edge.B.Y), edge);
        foreach (var (a, b) in edges)
        {
            foreach (var (c, d) in tree.Query(new Envelope(a.X, b.X, a.Y, b.Y)))
            {
                if ((a, b) == (c, d))
                    continue;
                int abc = Turn(a, b, c), abd = Turn(a, b, d), cda = Turn(c, d, a), cdb = Turn(c, d, b);
                if (abc * abd < 0 && cda * cdb < 0)
                    return $"{a} {b} crosses {c} {d}";
                if (abc == 0 && IsWithin(c, a, b) || abd == 0 && IsWithin(d, a, b))
                    return $"a vertex of {c} {d} lies within {a} {b}";
            }
        }

        return null;
    }

    private static int Turn(TilePoint a, TilePoint b, TilePoint c) =>
        (((long)b.X - a.X) * ((long)c.Y - a.Y)).CompareTo(((long)b.Y - a.Y) * ((long)c.X - a.X));

    private static bool IsWithin(TilePoint p, TilePoint a, TilePoint b) =>
        p != a && p != b && new Envelope(a.X, b.X, a.Y, b.Y).Contains(p.X, p.Y);
}
