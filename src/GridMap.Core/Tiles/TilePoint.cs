namespace GridMap.Core.Tiles;

/// <summary>
/// A point in tile units (<see cref="MvtWriter.Extent"/> to a tile), X eastwards, Y southwards: from the tile's north-west
/// corner, or, where it says so, from the world's at one zoom. An immutable value.
/// </summary>
public readonly record struct TilePoint(int X, int Y)
{
    /// <summary>The order in which points are sorted: by <see cref="X"/>, then by <see cref="Y"/>.</summary>
    internal static Comparer<TilePoint> ByXThenY { get; } = Comparer<TilePoint>.Create((one, other) =>
    {
        var byX = one.X.CompareTo(other.X);
        return byX != 0 ? byX : one.Y.CompareTo(other.Y);
    });

    /// <summary>Twice the signed area of a ring by the surveyor's formula, in square units: positive for an exterior ring of MVT.</summary>
    /// <param name="ring">Points of a ring without the repeated first one.</param>
    public static long DoubledArea(ReadOnlySpan<TilePoint> ring)
    {
        if (ring.Length < 3)
            return 0;
        // From the first point, so that products stay small however far from the origin the ring lies.
        var origin = ring[0];
        long sum = 0;
        for (var i = 1; i + 1 < ring.Length; i++)
        {
            long aX = ring[i].X - origin.X, aY = ring[i].Y - origin.Y;
            long bX = ring[i + 1].X - origin.X, bY = ring[i + 1].Y - origin.Y;
            sum += aX * bY - bX * aY;
        }

        return sum;
    }
}
