using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// Takes back the vertices that lines across passages left on borders, where the line itself did not stay: a border that has nothing
/// to do with a repair comes out with the vertices that it came in with.
/// </summary>
internal static class LineRemnants
{
    /// <summary>The edges without added vertices in which just two edges meet.</summary>
    /// <param name="edges">Edges that meet in their ends only.</param>
    /// <param name="given">Vertices that stay in any case.</param>
    /// <param name="windings">The table that the deltas are from.</param>
    /// <returns>The edges themselves in the rare case that a straightened border would touch another, or nothing of it would stay.</returns>
    public static EdgeSet Remove(EdgeSet edges, HashSet<LatticePoint> given, WindingTable windings)
    {
        var ends = LineEnds.Of(edges.Vertices.Length, edges.From, edges.To);
        bool IsRemnant(int vertex) => ends.Degree(vertex) == 2 && !given.Contains(edges.Vertices[vertex]);

        var table = new EdgeTable(windings, edges.Count);
        var used = new bool[edges.Count];
        for (var edge = 0; edge < edges.Count; edge++)
        {
            if (used[edge] || (IsRemnant(edges.From[edge]) && IsRemnant(edges.To[edge])))
                continue;
            // From an end that stays, on through remnants to the next that does.
            var first = IsRemnant(edges.From[edge]) ? edge * 2 + 1 : edge * 2;
            var line = first;
            for (used[edge] = true; IsRemnant(Head(line)); used[line >> 1] = true)
            {
                var at = ends.At(Head(line));
                line = at[0] == (line ^ 1) ? at[1] : at[0];
            }
            var delta = (first & 1) == 0 ? edges.Delta[edge] : windings.Negate(edges.Delta[edge]);
            table.AddLine([edges.Vertices[Head(first ^ 1)], edges.Vertices[Head(line)]], delta);
        }
        var straightened = table.Seal();
        return !used.Contains(false) && PlanarityCheck.Conflicts(EdgeIndex.Of(straightened), limit: 1).Count == 0 ? straightened : edges;

        int Head(int line) => (line & 1) == 0 ? edges.To[line >> 1] : edges.From[line >> 1];
    }
}
