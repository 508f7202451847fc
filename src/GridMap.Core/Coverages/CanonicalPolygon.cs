using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>
/// The one canonical form of a polygon, so that equal grids are equal bytes: shells counter-clockwise, holes clockwise, a ring
/// closed and starting at its smallest point, parts and holes sorted by their rings' points.
/// </summary>
internal static class CanonicalPolygon
{
    /// <summary>Makes the polygon of parts whose rings have the right direction already.</summary>
    /// <param name="parts">By part: closed rings, the shell counter-clockwise and any holes clockwise, in any order.</param>
    public static MultiPolygon Of(IEnumerable<IEnumerable<LatticePoint[]>> parts)
    {
        var factory = Lattice.Factory;
        var sorted = new List<(LatticePoint[] Shell, Polygon Polygon)>();
        foreach (var part in parts)
        {
            LatticePoint[]? shell = null;
            var holes = new List<LatticePoint[]>();
            foreach (var ring in part)
            {
                StartAtSmallest(ring);
                if (LatticeArea.Sweep(ring) < 0)
                    holes.Add(ring);
                else
                    shell = shell is null ? ring : throw new InvalidOperationException("A part of a grid has two shells.");
            }
            if (shell is null)
                throw new InvalidOperationException("A part of a grid has no shell.");
            holes.Sort(ByPoints);
            sorted.Add((shell, factory.CreatePolygon(PackedPolygons.Ring(shell), [.. holes.Select(hole => PackedPolygons.Ring(hole))])));
        }
        sorted.Sort((a, b) => ByPoints(a.Shell, b.Shell));
        return factory.CreateMultiPolygon([.. sorted.Select(part => part.Polygon)]);
    }

    /// <summary>Turns a closed ring so that it starts, and ends, at its smallest point.</summary>
    public static void StartAtSmallest(Span<LatticePoint> closed)
    {
        var open = closed[..^1];
        var smallest = 0;
        for (var i = 1; i < open.Length; i++)
            if (open[i] < open[smallest])
                smallest = i;
        open[..smallest].Reverse();
        open[smallest..].Reverse();
        open.Reverse();
        closed[^1] = closed[0];
    }

    private static int ByPoints(LatticePoint[] a, LatticePoint[] b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
            if (a[i] != b[i])
                return a[i].CompareTo(b[i]);
        return a.Length.CompareTo(b.Length);
    }
}
