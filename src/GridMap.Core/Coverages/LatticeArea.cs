using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Exact areas in square lattice units.</summary>
internal static class LatticeArea
{
    /// <summary>
    /// What a line adds to twice the area of a ring that it is part of (positive to the left): the sum of the cross products of its
    /// edges, so the sweeps of the lines of a closed ring add up to the doubled area exactly.
    /// </summary>
    public static Int128 Sweep(ReadOnlySpan<LatticePoint> line)
    {
        Int128 sum = 0;
        for (var i = 1; i < line.Length; i++)
            sum += LatticePredicates.Cross(line[i - 1], line[i]);
        return sum;
    }
}
