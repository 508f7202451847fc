using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// A border between two grids of the levels that are drawn: arcs joined where only arcs of inner levels branch off, so that these do not
/// keep points alive that nobody sees. Immutable.
/// </summary>
/// <param name="Arcs">The arcs from end to end.</param>
/// <param name="LeftFace">A face to the left; all along it the grids of the drawn levels are the same.</param>
/// <param name="RightFace">A face to the right.</param>
internal sealed record BorderChain(IReadOnlyList<ArcReference> Arcs, int LeftFace, int RightFace)
{
    /// <summary>The borders of level 1 to the given one.</summary>
    public static List<BorderChain> Of(Coverage coverage, int deepestLevel)
    {
        var drawn = new bool[coverage.Arcs.Count];
        for (var level = 1; level <= deepestLevel; level++)
        {
            var gridOfFace = coverage.Faces.Select(face => face.GridAt(level)).ToArray();
            for (var arc = 0; arc < drawn.Length; arc++)
                drawn[arc] |= gridOfFace[coverage.Arcs[arc].LeftFace] != gridOfFace[coverage.Arcs[arc].RightFace];
        }

        // By node the drawn arcs that leave it.
        var leaving = Enumerable.Range(0, drawn.Length).Where(arc => drawn[arc])
            .SelectMany(arc => (ArcReference[])[new(arc, true), new(arc, false)])
            .ToLookup(reference => Start(coverage, reference));
        var chains = new List<BorderChain>();
        foreach (var first in leaving.Where(node => node.Count() != 2).Concat(leaving).SelectMany(node => node))
        {
            if (drawn[first.Arc])
                chains.Add(Follow(coverage, first, leaving, drawn));
        }

        return chains;
    }

    private static BorderChain Follow(
        Coverage coverage, ArcReference first, ILookup<LatticePoint, ArcReference> leaving, bool[] left)
    {
        var arcs = new List<ArcReference>();
        for (ArcReference? next = first; next is { } reference;)
        {
            arcs.Add(reference);
            left[reference.Arc] = false;
            var node = leaving[Start(coverage, Reversed(reference))];
            next = node.Count() == 2 && node.Where(other => left[other.Arc]).ToArray() is [var onward, ..] ? onward : null;
        }

        var arc = coverage.Arcs[first.Arc];
        return first.Forward ? new BorderChain(arcs, arc.LeftFace, arc.RightFace) : new BorderChain(arcs, arc.RightFace, arc.LeftFace);
    }

    private static ArcReference Reversed(ArcReference reference) => new(reference.Arc, !reference.Forward);

    private static LatticePoint Start(Coverage coverage, ArcReference reference)
    {
        var points = coverage.Arcs[reference.Arc].Points.Span;
        return reference.Forward ? points[0] : points[^1];
    }
}
