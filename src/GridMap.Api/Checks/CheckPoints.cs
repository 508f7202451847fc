using System.Numerics;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Checks;

/// <summary>Points to hold the locator to: anywhere in the frame, and exactly on borders. The same seed draws the same points.</summary>
internal static class CheckPoints
{
    /// <summary>Points anywhere in the grids' frame, a little beyond it too.</summary>
    public static IEnumerable<LonLat> Random(IReadOnlyList<GridShape> grids, int count, Random random)
    {
        var frame = new Envelope();
        foreach (var grid in grids)
        {
            frame.ExpandToInclude(grid.Polygon.EnvelopeInternal);
        }

        frame.ExpandBy(frame.Width / 50, frame.Height / 50);
        for (var i = 0; i < count; i++)
        {
            yield return new LonLat(frame.MinX + random.NextDouble() * frame.Width, frame.MinY + random.NextDouble() * frame.Height).Snap();
        }
    }

    /// <summary>
    /// Lattice points exactly on edges: strictly inside a slanting one where its dx and dy have a common divisor, else at its vertex.
    /// </summary>
    public static IEnumerable<LonLat> Ties(IReadOnlyList<GridShape> grids, int count, Random random)
    {
        // An edge in a hundred or so has inner lattice points; a bounded search keeps a coarse coverage from hanging.
        const int tries = 400;
        for (var i = 0; i < count; i++)
        {
            var tie = default(LatticePoint);
            for (var attempt = 0; attempt < tries; attempt++)
            {
                var ring = Ring(grids[random.Next(grids.Count)].Polygon, random);
                var at = random.Next(ring.NumPoints - 1);
                var (a, b) = (LatticePoint.From(ring.GetCoordinateN(at)), LatticePoint.From(ring.GetCoordinateN(at + 1)));
                var divisor = (long)BigInteger.GreatestCommonDivisor(b.X - a.X, b.Y - a.Y);
                tie = a;
                if (divisor > 1)
                {
                    var step = random.NextInt64(1, divisor);
                    tie = new LatticePoint(a.X + (b.X - a.X) / divisor * step, a.Y + (b.Y - a.Y) / divisor * step);
                    break;
                }
            }

            yield return tie.ToLonLat();
        }
    }

    private static LineString Ring(MultiPolygon polygon, Random random)
    {
        var part = (Polygon)polygon.GetGeometryN(random.Next(polygon.NumGeometries));
        var ring = random.Next(part.NumInteriorRings + 1);
        return ring == 0 ? part.ExteriorRing : part.GetInteriorRingN(ring - 1);
    }
}
