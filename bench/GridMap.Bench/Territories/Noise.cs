namespace GridMap.Bench.Territories;

/// <summary>Numbers that look random and are the same for the same place, on every machine. Stateless.</summary>
internal static class Noise
{
    /// <summary>A number in [0, 1).</summary>
    public static double Of(int x, int y, int purpose)
    {
        // SplitMix64's finisher over the mixed inputs.
        var z = ((ulong)(uint)x << 32 | (uint)y) + (ulong)purpose * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A number in [-size, size).</summary>
    public static double Around(int x, int y, int purpose, double size) => (2 * Of(x, y, purpose) - 1) * size;
}
