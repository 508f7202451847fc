namespace GridMap.Core.Coverages;

/// <summary>
/// Joins lines end to end at vertices where exactly two line ends meet. Works alike on single edges and on whole arcs whose
/// neighbours have gone.
/// </summary>
internal static class Chaining
{
    /// <summary>Maximal chains between vertices of other degree than 2, then the closed ones that touch no such vertex.</summary>
    /// <param name="vertexCount">Vertices are numbered from 0.</param>
    /// <param name="from">By line: the vertex where it starts.</param>
    /// <param name="to">By line: the vertex where it ends.</param>
    /// <returns>
    /// Directed lines of all chains, one chain after the other (line * 2, plus 1 when walked backwards), and where each chain starts,
    /// with a last entry for the end.
    /// </returns>
    public static (int[] Lines, int[] Starts) Join(int vertexCount, int[] from, int[] to)
    {
        var ends = LineEnds.Of(vertexCount, from, to);
        var lines = new List<int>(from.Length);
        var starts = new List<int> { 0 };
        var used = new bool[from.Length];

        for (var vertex = 0; vertex < vertexCount; vertex++)
        {
            if (ends.Degree(vertex) == 2)
                continue;
            foreach (var start in ends.At(vertex))
                Follow(start);
        }
        for (var line = 0; line < from.Length; line++)
            Follow(line * 2);
        return ([.. lines], [.. starts]);

        void Follow(int start)
        {
            if (used[start >> 1])
                return;
            for (var line = start; ;)
            {
                used[line >> 1] = true;
                lines.Add(line);
                var end = (line & 1) == 0 ? to[line >> 1] : from[line >> 1];
                if (ends.Degree(end) != 2)
                    break;
                var at = ends.At(end);
                line = at[0] == (line ^ 1) ? at[1] : at[0];
                if (used[line >> 1])
                    break;
            }
            starts.Add(lines.Count);
        }
    }
}

/// <summary>By vertex: the directed lines that leave it (line * 2, plus 1 for backwards). A closed line leaves its vertex twice.</summary>
internal sealed class LineEnds
{
    private readonly int[] starts;
    private readonly int[] outgoing;

    private LineEnds(int[] starts, int[] outgoing)
    {
        this.starts = starts;
        this.outgoing = outgoing;
    }

    public static LineEnds Of(int vertexCount, int[] from, int[] to)
    {
        var counts = new int[vertexCount + 1];
        for (var i = 0; i < from.Length; i++)
        {
            counts[from[i] + 1]++;
            counts[to[i] + 1]++;
        }
        for (var i = 0; i < vertexCount; i++)
            counts[i + 1] += counts[i];
        var next = counts.AsSpan(0, vertexCount).ToArray();
        var lines = new int[from.Length * 2];
        for (var i = 0; i < from.Length; i++)
        {
            lines[next[from[i]]++] = i * 2;
            lines[next[to[i]]++] = i * 2 + 1;
        }
        return new LineEnds(counts, lines);
    }

    public int Degree(int vertex) => starts[vertex + 1] - starts[vertex];

    public Span<int> At(int vertex) => outgoing.AsSpan(starts[vertex]..starts[vertex + 1]);
}
