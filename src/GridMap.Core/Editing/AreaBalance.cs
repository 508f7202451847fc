using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;

namespace GridMap.Core.Editing;

/// <summary>
/// Keeps account of each level's area through an edit, in whole square lattice units: what it was, what pieces added or took, and what vertices on
/// its outer borders moved must make what it is. Not thread safe.
/// </summary>
internal sealed class AreaBalance
{
    private readonly Int128[] expected = new Int128[CoverageGrid.MaxLevel + 1];
    private readonly List<OuterNode> outerNodes = [];

    /// <summary>Vertices on outer borders, so far.</summary>
    public IReadOnlyList<OuterNode> OuterNodes => outerNodes;

    /// <summary>Enters a grid as it was before the edit.</summary>
    public void AddBefore(PlannedGrid grid)
    {
        foreach (var ring in Rings.Of(grid.Polygon))
            expected[grid.Level] += LatticeArea.Sweep(ring);
    }

    /// <summary>Enters a face that changed hands.</summary>
    /// <param name="level">On which level.</param>
    /// <param name="claimants">By how many more grids it is claimed than before.</param>
    /// <param name="doubledArea">Twice its area.</param>
    public void AddFace(int level, int claimants, Int128 doubledArea) => expected[level] += claimants * doubledArea;

    /// <summary>What each vertex adds to the left of an edge that is led through them: twice the area, in square lattice units.</summary>
    public static IEnumerable<(LatticePoint Point, Int128 Swept)> Swept(LatticePoint from, LatticePoint to, IEnumerable<LatticePoint> points)
    {
        foreach (var point in points)
        {
            yield return (point, LatticePredicates.Cross(from, point) + LatticePredicates.Cross(point, to) + LatticePredicates.Cross(to, from));
            from = point;
        }
    }

    /// <summary>Enters vertices that borders were led through.</summary>
    public void AddNodes(IEnumerable<OuterNode> nodes)
    {
        foreach (var node in nodes)
            Add(node);
    }

    /// <summary>Enters the edges that were led through vertices, in the order in which it was done.</summary>
    /// <param name="bent">Of one edge, those along it come one after the other.</param>
    /// <param name="levelsOf">By delta: how many more grids of each level lie to the left than to the right.</param>
    public void AddBent(IReadOnlyList<BentEdge> bent, Func<int, int[]> levelsOf)
    {
        for (var i = 0; i < bent.Count;)
        {
            var (from, to, delta, _) = bent[i];
            var points = bent.Skip(i).TakeWhile(next => (next.From, next.To, next.Delta) == (from, to, delta)).Select(next => next.Pixel).ToList();
            i += points.Count;
            var surplus = levelsOf(delta);
            foreach (var (point, swept) in Swept(from, to, points))
                for (var level = 1; level < surplus.Length; level++)
                    if (swept * surplus[level] != 0)
                        Add(new OuterNode(level, point, swept * surplus[level]));
        }
    }

    /// <summary>Closes the account of a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="doubledArea">Twice the area of its grids near the edit, after it.</param>
    /// <param name="moved">A vertex that the edit was asked to move, which may be on the outer border; null when it was not.</param>
    /// <exception cref="InvalidOperationException">Ground came from nowhere or went there.</exception>
    public void Close(int level, Int128 doubledArea, LatticePoint? moved)
    {
        var rest = doubledArea - expected[level];
        if (rest == 0)
            return;
        if (moved is not { } vertex)
            throw new InvalidOperationException($"An edit changes the area of level {level} by {rest} square lattice units that nothing accounts for.");
        Add(new OuterNode(level, vertex, rest));
    }

    private void Add(OuterNode node)
    {
        outerNodes.Add(node);
        expected[node.Level] += node.DoubledArea;
    }
}
