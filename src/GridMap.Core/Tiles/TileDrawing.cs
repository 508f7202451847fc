using System.Globalization;
using GridMap.Core.Coverages;

namespace GridMap.Core.Tiles;

/// <summary>
/// Draws one tile after the other into the same memory: the map of its borders first, then its layers one by one. Not thread safe.
/// </summary>
internal sealed class TileDrawing(Coverage coverage, GridTexts texts)
{
    public const string BordersLayer = "borders", LabelsLayer = "labels";

    private readonly TileMap map = new();
    private readonly TileRings rings = new();
    private readonly RingNesting nesting = new();
    private readonly TileLines lines = new();
    private readonly LayerTexts layerTexts = new();
    private readonly MvtWriter writer = new();
    private readonly ProtoBuffer encoded = new();
    private readonly List<(int Grid, TilePoint Point)> named = [];
    private TileCoord tile;

    private static readonly string[] GridsLayers =
        [.. Enumerable.Range(0, CoverageGrid.MaxLevel + 1).Select(level => string.Create(CultureInfo.InvariantCulture, $"grids-{level}"))];

    // Their indexes are 0, 1, 2 ...
    private static readonly byte[] OutermostKeys = MvtLayer.KeyFields("code", "name", "level", "kind");
    private static readonly byte[] GridKeys = MvtLayer.KeyFields("code", "name", "level", "kind", "parent");
    private static readonly byte[] BorderKeys = MvtLayer.KeyFields("level");
    private static readonly byte[] LabelKeys = MvtLayer.KeyFields("id", "code", "name", "level");

    public static string GridsLayer(int level) => GridsLayers[level];

    /// <summary>Begins a tile with the borders that its zoom draws.</summary>
    public void Begin(SimplifiedArcs arcs, TileCoord of)
    {
        tile = of;
        writer.Clear();
        named.Clear();
        map.Draw(arcs, TileSquare.Of(of));
    }

    /// <summary>Adds the polygons of a level, and remembers which of its grids have their name on this tile.</summary>
    public void AddGrids(GridRegions regions, int level, GridLabels? labels)
    {
        var layer = writer.AddLayer(GridsLayer(level));
        rings.Trace(map, regions.GridsAt(level), coverage.Grids.Count);
        if (rings.Grids.IsEmpty)
            return;
        layerTexts.Begin(texts, layer);
        layer.AddKeys(level > 1 ? GridKeys : OutermostKeys);
        Span<uint> indexes = [0, 0, 1, 0, 2, AddWhole(layer, level), 3, 0, 4, 0];
        foreach (var grid in rings.Grids)
        {
            layer.Geometry.Clear();
            nesting.Write(rings, grid, layer.Geometry);
            ref readonly var card = ref texts.Of(grid);
            (indexes[1], indexes[3]) = layerTexts.IndexesOf(card);
            indexes[7] = layerTexts.IndexOf(card.Kind);
            if (card.Parent != GridTexts.None)
                indexes[9] = layerTexts.IndexOf(card.Parent);
            layer.AddPolygons(texts.Id(card), card.Parent == GridTexts.None ? indexes[..8] : indexes);
            if (labels is not null && labels.IsIn(tile, grid, out var point))
                named.Add((grid, point));
        }
    }

    /// <summary>Adds the borders of levels 1 to the given one, each once.</summary>
    public void AddBorders(int deepestLevel)
    {
        var layer = writer.AddLayer(BordersLayer);
        layer.AddKeys(BorderKeys);
        lines.Begin(map);
        for (var level = 1; level <= deepestLevel; level++)
        {
            layer.Geometry.Clear();
            lines.Write(map, level, layer.Geometry);
            if (!layer.Geometry.IsEmpty)
                layer.AddLines([0, AddWhole(layer, level)]);
        }
    }

    /// <summary>Adds the names that were remembered.</summary>
    public void AddLabels()
    {
        if (named.Count == 0)
            return;
        var layer = writer.AddLayer(LabelsLayer);
        layerTexts.Begin(texts, layer);
        layer.AddKeys(LabelKeys);
        Span<uint> indexes = [0, 0, 1, 0, 2, 0, 3, 0];

        // By small number, its index and 1: an id may be the number of a level.
        Span<uint> small = stackalloc uint[CoverageGrid.MaxLevel + 1];
        small.Clear();
        foreach (var (index, point) in named)
        {
            ref readonly var card = ref texts.Of(index);
            var grid = coverage.Grids[index];
            layer.Geometry.Clear();
            layer.Geometry.Points([point]);
            indexes[1] = Whole(layer, grid.Id, small);
            indexes[3] = layerTexts.IndexOf(card.Code);
            indexes[5] = layerTexts.IndexOf(card.Name);
            indexes[7] = Whole(layer, grid.Level, small);
            layer.AddPoint(texts.Id(card), indexes);
        }
    }

    /// <summary>The tile's bytes; none when nothing is in it.</summary>
    public byte[] ToArray() => writer.ToArray();

    private uint Whole(MvtLayer layer, long value, Span<uint> small)
    {
        if (value < 0 || value >= small.Length)
            return AddWhole(layer, value);
        if (small[(int)value] == 0)
            small[(int)value] = AddWhole(layer, value) + 1;
        return small[(int)value] - 1;
    }

    private uint AddWhole(MvtLayer layer, long value)
    {
        encoded.Clear();
        MvtValue.FromInt64(value).WriteTo(encoded);
        return layer.AddValues(encoded.Written, 1);
    }
}
