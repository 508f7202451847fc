namespace GridMap.Township.Chance;

/// <summary>
/// Smooth value noise over the plane, in [-1, 1]. Built from additions and multiplications alone (no library sine), so that
/// every platform computes the same bits. Immutable and thread safe.
/// </summary>
internal sealed class Noise(ulong seed)
{
    /// <summary>One octave with the given wavelength in metres.</summary>
    public double At(double x, double y, double wavelength)
    {
        var u = x / wavelength;
        var v = y / wavelength;
        var i = (long)Math.Floor(u);
        var j = (long)Math.Floor(v);
        var s = Smooth(u - i);
        var t = Smooth(v - j);
        var low = Corner(i, j) + (Corner(i + 1, j) - Corner(i, j)) * s;
        var high = Corner(i, j + 1) + (Corner(i + 1, j + 1) - Corner(i, j + 1)) * s;
        return low + (high - low) * t;
    }

    /// <summary>Several octaves, each of half the wavelength and half the height of the one before; within [-1, 1].</summary>
    public double Fractal(double x, double y, double wavelength, int octaves = 4)
    {
        double sum = 0, height = 1, total = 0;
        for (var k = 0; k < octaves; k++)
        {
            sum += height * At(x + 1731.7 * k, y - 911.3 * k, wavelength);
            total += height;
            height *= 0.5;
            wavelength *= 0.5;
        }

        return sum / total;
    }

    private static double Smooth(double t) => t * t * t * (t * (t * 6 - 15) + 10);

    private double Corner(long i, long j)
    {
        var bits = Seeded.Mix(seed ^ Seeded.Mix((ulong)i * 0x9E3779B97F4A7C15UL + (ulong)j * 0xC2B2AE3D27D4EB4FUL));
        return (bits >> 11) * (2.0 / (1UL << 53)) - 1;
    }
}
