using System.Runtime.Intrinsics;

namespace GridMap.Core.Tiles;

/// <summary>The units around a line, with its sides and without the two at its ends: tells for eight pixels at once. An immutable value.</summary>
internal readonly struct PixelBox(int west, int north, int east, int south, TilePoint from, TilePoint to)
{
    /// <summary>How many pixels are looked at at once.</summary>
    public const int Wide = 8;

    private readonly Vector256<int> west = Vector256.Create(west);
    private readonly Vector256<int> north = Vector256.Create(north);
    private readonly Vector256<int> east = Vector256.Create(east);
    private readonly Vector256<int> south = Vector256.Create(south);
    private readonly Vector256<int> from = Vector256.Create(HotPixels.Packed(from));
    private readonly Vector256<int> to = Vector256.Create(HotPixels.Packed(to));

    /// <summary>Of the next pixels, but of no more than a count, those in the box, a bit each.</summary>
    public uint Contains(ReadOnlySpan<int> pixels, int count)
    {
        var pixel = Vector256.Create(pixels);
        Vector256<int> x = pixel >> HotPixels.RowBits, y = pixel & Vector256.Create(HotPixels.RowMask);
        var outside = (x - west) | (east - x) | (y - north) | (south - y) | Vector256.Equals(pixel, from) | Vector256.Equals(pixel, to);
        var inside = ~outside.ExtractMostSignificantBits() & ((1u << Wide) - 1);
        return count < Wide ? inside & ((1u << count) - 1) : inside;
    }
}
