namespace GridMap.Core.Tiles;

/// <summary>A tile with its buffer, in tile units from the world's corner; its sides belong to it. An immutable value.</summary>
internal readonly record struct TileSquare(int West, int North, int East, int South)
{
    public static TileSquare Of(TileCoord tile) => new(
        tile.X * MvtWriter.Extent - MvtWriter.Buffer,
        tile.Y * MvtWriter.Extent - MvtWriter.Buffer,
        (tile.X + 1) * MvtWriter.Extent + MvtWriter.Buffer,
        (tile.Y + 1) * MvtWriter.Extent + MvtWriter.Buffer);

    /// <summary>The smallest square around points; of none, one that touches nothing.</summary>
    public static TileSquare Around(IEnumerable<TilePoint> points)
    {
        var around = new TileSquare(int.MaxValue, int.MaxValue, int.MinValue, int.MinValue);
        foreach (var (x, y) in points)
        {
            around = new TileSquare(
                Math.Min(around.West, x), Math.Min(around.North, y), Math.Max(around.East, x), Math.Max(around.South, y));
        }

        return around;
    }

    public bool Contains(TilePoint point) => point.X >= West && point.X <= East && point.Y >= North && point.Y <= South;

    public bool Contains(TileSquare other) =>
        other.West >= West && other.East <= East && other.North >= North && other.South <= South;

    public bool Touches(TileSquare other) =>
        other.West <= East && other.East >= West && other.North <= South && other.South >= North;

    /// <summary>A point as it is written in the tile: from the tile's own corner.</summary>
    public TilePoint ToLocal(TilePoint point) => new(point.X - West - MvtWriter.Buffer, point.Y - North - MvtWriter.Buffer);
}
