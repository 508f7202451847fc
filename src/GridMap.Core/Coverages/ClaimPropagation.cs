namespace GridMap.Core.Coverages;

/// <summary>Finds out which outlines wind around each face, starting from the outside, where none does.</summary>
internal static class ClaimPropagation
{
    /// <summary>
    /// By face: its winding vector. Each arc says exactly what changes across it, so no face needs a point inside it: a face a
    /// hair wide is labelled as safely as a broad one.
    /// </summary>
    /// <exception cref="InvalidOperationException">Two ways to a face disagree: arcs meet elsewhere than in nodes.</exception>
    public static int[] Propagate(ArcSet arcs, FaceTracing faces, WindingTable windings)
    {
        var borders = FaceBorders.Of(faces.FaceCount, faces.LeftFace);
        var vectors = new int[faces.FaceCount];
        Array.Fill(vectors, -1);
        vectors[0] = WindingTable.Empty;
        var open = new Stack<int>();
        open.Push(0);
        while (open.TryPop(out var face))
        {
            foreach (var half in borders.Of(face))
            {
                var delta = arcs.Delta[half >> 1];
                var across = windings.Subtract(vectors[face], (half & 1) == 0 ? delta : windings.Negate(delta));
                var other = faces.LeftFace[half ^ 1];
                if (vectors[other] < 0)
                {
                    vectors[other] = across;
                    open.Push(other);
                }
                else if (vectors[other] != across)
                {
                    throw new InvalidOperationException("Borders cross or do not close.");
                }
            }
        }
        return vectors;
    }
}

/// <summary>By face: the half-arcs (arc * 2, plus 1 backwards) that have it to their left. Immutable and thread safe once made.</summary>
internal sealed class FaceBorders
{
    private readonly int[] starts;
    private readonly int[] halves;

    private FaceBorders(int[] starts, int[] halves)
    {
        this.starts = starts;
        this.halves = halves;
    }

    public static FaceBorders Of(int faceCount, int[] leftFace)
    {
        var counts = new int[faceCount + 1];
        foreach (var face in leftFace)
            counts[face + 1]++;
        for (var i = 0; i < faceCount; i++)
            counts[i + 1] += counts[i];
        var next = counts.AsSpan(0, faceCount).ToArray();
        var byFace = new int[leftFace.Length];
        for (var half = 0; half < leftFace.Length; half++)
            byFace[next[leftFace[half]]++] = half;
        return new FaceBorders(counts, byFace);
    }

    public ReadOnlySpan<int> Of(int face) => halves.AsSpan(starts[face]..starts[face + 1]);
}
