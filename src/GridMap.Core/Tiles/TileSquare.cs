using GridMap.Core.Locating;

namespace GridMap.Core.Tiles;

/// <summary>
/// A tile with its buffer at its zoom. Within it points are counted in tile units from its own corner, 0 to <see cref="Side"/>, and in
/// fine units from there; its sides belong to it. An immutable value.
/// </summary>
/// <param name="Scale">The zoom.</param>
/// <param name="West">Its western side in tile units of the world.</param>
/// <param name="North">Its northern side in tile units of the world.</param>
internal readonly record struct TileSquare(TileScale Scale, int West, int North)
{
    /// <summary>Width and height in tile units.</summary>
    public const int Side = MvtWriter.Extent + 2 * MvtWriter.Buffer;

    private const uint InnerSide = MvtWriter.Extent - 2 * MvtWriter.Buffer - 1;

    public static TileSquare Of(TileCoord tile) => new(
        new TileScale(tile.Z), tile.X * MvtWriter.Extent - MvtWriter.Buffer, tile.Y * MvtWriter.Extent - MvtWriter.Buffer);

    /// <summary>The corner in fine units of the world.</summary>
    public MercatorPoint Corner => new((long)West << Scale.Shift, (long)North << Scale.Shift);

    /// <summary>All full arcs whose simplified ones may touch the square run through this box, in fine units of the world.</summary>
    public LatticeBox Reach
    {
        get
        {
            // What is left of an arc strays by the tolerance, and what rounds to the side lies within a unit of it.
            var around = (long)Math.Ceiling(Scale.Tolerance) + Scale.Unit;
            var side = (long)Side << Scale.Shift;
            var (west, north) = Corner;
            return new LatticeBox(west - around, north - around, west + side + around, north + side + around);
        }
    }

    public static bool Contains(TilePoint point) => (uint)point.X <= Side && (uint)point.Y <= Side;

    /// <summary>Whether a unit lies within the part that no other tile's square reaches; no side passes through it.</summary>
    public static bool IsInner(TilePoint point) =>
        (uint)(point.X - (2 * MvtWriter.Buffer + 1)) < InnerSide & (uint)(point.Y - (2 * MvtWriter.Buffer + 1)) < InnerSide;

    /// <summary>Whether a point of the square lies on one of its sides.</summary>
    public static bool IsOnSide(TilePoint point) => point.X is 0 or Side || point.Y is 0 or Side;

    /// <summary>A point as it is written in the tile: from the corner without the buffer.</summary>
    public static TilePoint Written(TilePoint point) => new(point.X - MvtWriter.Buffer, point.Y - MvtWriter.Buffer);
}
