namespace GridMap.Core.Tiles;

/// <summary>
/// A point of the world square in units of 2^-40 of its side (0.036 mm on the equator, 23 to a lattice unit): X eastwards,
/// Y southwards from the north-west corner. An immutable value.
/// </summary>
internal readonly record struct MercatorPoint(long X, long Y)
{
    /// <summary>Binary digits of the world's side.</summary>
    public const int WorldBits = 40;

    /// <summary>The world's side in units.</summary>
    public const long WorldUnits = 1L << WorldBits;

    // Differences under 2^31 have products under 2^62, and the difference of two such fits a long.
    private const long LongLimit = 1L << 31;

    /// <summary>The sign of the turn a, b, c with X to the right and Y upwards as numbers: 1 left, -1 right, 0 straight. Exact.</summary>
    public static int Orientation(MercatorPoint a, MercatorPoint b, MercatorPoint c)
    {
        long abX = b.X - a.X, abY = b.Y - a.Y, acX = c.X - a.X, acY = c.Y - a.Y;
        if (Fits(abX) && Fits(abY) && Fits(acX) && Fits(acY))
            return (abX * acY).CompareTo(abY * acX);
        return ((Int128)abX * acY).CompareTo((Int128)abY * acX);
    }

    /// <summary>The distance of this point from the segment a, b in units; a and b may be the same.</summary>
    public double DistanceTo(MercatorPoint a, MercatorPoint b)
    {
        double abX = b.X - a.X, abY = b.Y - a.Y, apX = X - a.X, apY = Y - a.Y;
        var squared = abX * abX + abY * abY;
        var along = squared == 0 ? 0 : Math.Clamp((apX * abX + apY * abY) / squared, 0, 1);
        return double.Hypot(apX - along * abX, apY - along * abY);
    }

    private static bool Fits(long difference) => difference is > -LongLimit and < LongLimit;
}
