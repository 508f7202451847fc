using System.Numerics;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;

namespace GridMap.Core.Tests.Locating;

/// <summary>Random lattice points around grids, by seed; and, on purpose, those that sit exactly on an edge or one unit beside it.</summary>
public static class TestPoints
{
    public static LonLat[] Anywhere(Random random, IReadOnlyList<GridShape> grids, int count)
    {
        var envelope = grids[0].Polygon.EnvelopeInternal.Copy();
        foreach (var grid in grids)
            envelope.ExpandToInclude(grid.Polygon.EnvelopeInternal);
        return [.. Enumerable.Range(0, count).Select(_ => new LonLat(
            envelope.MinX + (1.1 * random.NextDouble() - 0.05) * envelope.Width,
            envelope.MinY + (1.1 * random.NextDouble() - 0.05) * envelope.Height).Snap())];
    }

    /// <summary>Vertices, and lattice points strictly inside edges (whose dx and dy have a common divisor), of grids of all levels.</summary>
    public static LatticePoint[] OnEdges(Random random, IReadOnlyList<GridShape> grids, int count)
    {
        var edges = grids.SelectMany(Edges).ToList();
        var points = new LatticePoint[count];
        for (var i = 0; i < count; i++)
        {
            var (a, b) = edges[random.Next(edges.Count)];
            var divisor = (long)BigInteger.GreatestCommonDivisor(b.X - a.X, b.Y - a.Y);
            var step = random.NextInt64(divisor);
            points[i] = new LatticePoint(a.X + (b.X - a.X) / divisor * step, a.Y + (b.Y - a.Y) / divisor * step);
        }
        return points;
    }

    /// <summary>Each point moved by one lattice unit east, west, north or south.</summary>
    public static LonLat[] OneUnitBeside(Random random, IEnumerable<LatticePoint> points) =>
        [.. points.Select(p => random.Next(4) switch
        {
            0 => p with { X = p.X + 1 },
            1 => p with { X = p.X - 1 },
            2 => p with { Y = p.Y + 1 },
            _ => p with { Y = p.Y - 1 },
        }).Select(p => p.ToLonLat())];

    private static IEnumerable<(LatticePoint A, LatticePoint B)> Edges(GridShape grid)
    {
        for (var i = 0; i < grid.Polygon.NumGeometries; i++)
        {
            var part = (NetTopologySuite.Geometries.Polygon)grid.Polygon.GetGeometryN(i);
            foreach (var ring in part.InteriorRings.Prepend(part.ExteriorRing))
            {
                var points = Array.ConvertAll(ring.Coordinates, LatticePoint.From);
                for (var j = 1; j < points.Length; j++)
                    yield return (points[j - 1], points[j]);
            }
        }
    }
}
