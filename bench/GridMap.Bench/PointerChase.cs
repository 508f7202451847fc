namespace GridMap.Bench;

/// <summary>
/// The anchor of memory: a walk through one random cycle over so many bytes, where each step must wait for the one before. What
/// one step takes is one dependent access to memory.
/// </summary>
internal sealed class PointerChase
{
    // One to a cache line.
    private const int Stride = 16;

    private readonly int[] next;
    private int at;

    public PointerChase(int bytes)
    {
        var lines = bytes / (Stride * sizeof(int));
        next = new int[lines * Stride];
        var order = new int[lines];
        for (var i = 0; i < lines; i++)
            order[i] = i;
        new Random(1).Shuffle(order);
        for (var i = 0; i < lines; i++)
            next[order[i] * Stride] = order[(i + 1) % lines] * Stride;
    }

    /// <summary>Walks so many steps.</summary>
    public long Follow(int steps)
    {
        for (var i = 0; i < steps; i++)
            at = next[at];
        return at < 0 ? at : 0;
    }
}
