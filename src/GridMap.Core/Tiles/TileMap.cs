namespace GridMap.Core.Tiles;

/// <summary>
/// The borders of one tile as a planar map in tile units: pieces between nodes, with the region on either side, and the tile's own sides.
/// From it come the polygons of every level and the lines of borders. Used for tile after tile; not thread safe.
/// </summary>
internal sealed class TileMap
{
    private readonly ArcRuns runs = new();
    private readonly SnapRounding rounded = new();
    private readonly BorderPieces borders = new();
    private readonly TileSides sides = new();

    public NodeStars Stars { get; } = new();

    public PieceSteps Steps { get; } = new();

    public ReadOnlySpan<BorderPiece> Pieces => borders.Pieces;

    public int NodeCount => borders.Nodes.Length;

    /// <summary>Draws what arcs bound in a square.</summary>
    public void Draw(SimplifiedArcs arcs, TileSquare square)
    {
        runs.Collect(arcs, square);
        rounded.Round(runs, square.Scale);
        borders.Cut(rounded, arcs);
        sides.AddTo(borders, rounded);
        Stars.Build(borders, rounded, arcs.Regions.Void);
        Steps.Encode(borders.Pieces, rounded);
        if (sides.TryDivide(borders.Pieces, Stars, arcs.Regions.Void))
            return;
        var place = sides.Clear(borders, rounded);
        var (cornerX, cornerY) = square.Corner;
        var point = new MercatorPoint(cornerX + ((long)place.X << square.Scale.Shift), cornerY + ((long)place.Y << square.Scale.Shift));
        sides.Surround(borders.Pieces, RegionLookup.At(arcs, point, square.Scale.Z), arcs.Regions.Void);
    }

    /// <summary>A node's point as the tile writes it.</summary>
    public TilePoint PointOf(int node) => TileSquare.Written(rounded.Pixels[borders.Nodes[node]]);

    public bool IsCorner(int node) => rounded.Pixels[borders.Nodes[node]] is { X: 0 or TileSquare.Side, Y: 0 or TileSquare.Side };

    /// <summary>The point before the end of a half, as the tile writes it.</summary>
    public TilePoint PointBefore(int half)
    {
        ref readonly var piece = ref borders.Pieces[half >> 1];
        return TileSquare.Written(rounded.Pixels[rounded.Visits[(half & 1) == 0 ? piece.Last - 1 : piece.First + 1]]);
    }
}
