using System.Collections.Concurrent;
using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tiles;

/// <summary>
/// The vector tiles of one coverage, zooms 0 to <see cref="MaxZoom"/>. Each border is simplified once for all that share it and rounded
/// by rules that no tile changes, so neighbours share their vertices in every tile and over its sides. Layers: grids-{level} (polygons;
/// feature id = grid id), borders (each border once), labels (points). Thread safe, and the answers never change. What all tiles need
/// (projected and simplified borders, label points, texts) is made when first asked for, under the full lock of its <see cref="Lazy{T}"/>,
/// or ahead by <see cref="Prepare"/>; a tile then costs what meets it: docs/tiles.md has the figures.
/// </summary>
public sealed class GridTiles
{
    /// <summary>
    /// The deepest zoom that is made. Its unit is 0.149 m x cos(latitude), 0.14 m in Foshan; clients enlarge its tiles for zooms beyond.
    /// </summary>
    public const int MaxZoom = TileScale.MaxZ;

    private static readonly Dictionary<string, string> GridFields = new()
    {
        ["code"] = "String",
        ["name"] = "String",
        ["level"] = "Number",
        ["kind"] = "String",
        ["parent"] = "String",
    };

    private static readonly Dictionary<string, string> LabelFields = new()
    {
        ["id"] = "Number",
        ["code"] = "String",
        ["name"] = "String",
        ["level"] = "Number",
    };

    private readonly Lazy<ProjectedArcs> projected;
    private readonly Lazy<GridLevels> levels;
    private readonly Lazy<GridTexts> texts;
    private readonly Lazy<SimplifiedArcs>[] simplified;
    private readonly Lazy<GridLabels>[] labels;

    // As many as there were threads at it at the same time.
    private readonly ConcurrentBag<TileDrawing> drawings = [];
    private readonly Coverage coverage;

    /// <summary>Takes a coverage and what the tiles say of its grids.</summary>
    /// <param name="coverage">The grids of all levels.</param>
    /// <param name="captions">In the order of <see cref="Coverage.Grids"/>.</param>
    /// <exception cref="ArgumentException">There are not as many captions as grids.</exception>
    public GridTiles(Coverage coverage, IReadOnlyList<GridCaption> captions)
    {
        if (captions.Count != coverage.Grids.Count)
            throw new ArgumentException($"{captions.Count} captions for {coverage.Grids.Count} grids.", nameof(captions));
        this.coverage = coverage;
        projected = new Lazy<ProjectedArcs>(() => new ProjectedArcs(coverage));
        levels = new Lazy<GridLevels>(() => new GridLevels(coverage, projected.Value));
        texts = new Lazy<GridTexts>(() => new GridTexts(coverage, captions));
        simplified = ByLevel(level =>
            new SimplifiedArcs(coverage, projected.Value, level, levels.Value.MinZoom(level), levels.Value.LastZoomOf(level)));
        labels = ByLevel(level =>
            new GridLabels(coverage, Arcs(levels.Value.LabelZoom(level)), level, levels.Value.LabelZoom(level)));
        Envelope = EnvelopeOf(coverage);
    }

    /// <summary>What the grids cover, in degrees (X lon, Y lat); null when there are none.</summary>
    public Envelope? Envelope { get; }

    /// <summary>The layers of the tiles, with the zooms that have them.</summary>
    public IReadOnlyList<TileLayer> Layers
    {
        get
        {
            var layers = new List<TileLayer>();
            for (var level = 1; level <= levels.Value.Deepest; level++)
                layers.Add(new TileLayer(TileDrawing.GridsLayer(level), levels.Value.MinZoom(level), MaxZoom, GridFields));
            layers.Add(new TileLayer(TileDrawing.BordersLayer, 0, MaxZoom, new Dictionary<string, string> { ["level"] = "Number" }));
            layers.Add(new TileLayer(TileDrawing.LabelsLayer, 0, MaxZoom, LabelFields));
            return layers;
        }
    }

    /// <summary>Makes what all tiles need, if it is not there yet, so that no tile has to wait for it.</summary>
    public void Prepare()
    {
        _ = texts.Value;
        for (var level = 1; level <= levels.Value.Deepest; level++)
            _ = (simplified[levels.Value.DeepestAt(levels.Value.MinZoom(level))].Value, labels[level].Value);
    }

    /// <summary>One tile, not compressed; no bytes where there is nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The zoom is beyond <see cref="MaxZoom"/>.</exception>
    public byte[] Tile(TileCoord tile)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tile.Z, MaxZoom);
        if (Envelope is null || !Envelope.Intersects(tile.Envelope(MvtWriter.Buffer + 1)))
            return [];
        var drawing = drawings.TryTake(out var idle) ? idle : new TileDrawing(coverage, texts.Value);
        var (arcs, deepest) = (Arcs(tile.Z), levels.Value.DeepestAt(tile.Z));
        drawing.Begin(arcs, tile);
        for (var level = 1; level <= deepest; level++)
            drawing.AddGrids(arcs.Regions, level, levels.Value.LabelMinZoom(level) <= tile.Z ? labels[level].Value : null);
        drawing.AddBorders(deepest);
        drawing.AddLabels();
        var bytes = drawing.ToArray();
        drawings.Add(drawing);
        return bytes;
    }

    /// <summary>The innermost level that a zoom draws.</summary>
    internal int DeepestAt(int z) => levels.Value.DeepestAt(z);

    /// <summary>The borders that a zoom draws.</summary>
    internal SimplifiedArcs Arcs(int z) => simplified[levels.Value.DeepestAt(z)].Value;

    private static Lazy<T>[] ByLevel<T>(Func<int, T> make) =>
        [.. Enumerable.Range(0, CoverageGrid.MaxLevel + 1).Select(level => new Lazy<T>(() => make(level)))];

    private static Envelope? EnvelopeOf(Coverage coverage)
    {
        if (coverage.Arcs.Count == 0)
            return null;
        var envelope = new Envelope();
        foreach (var arc in coverage.Arcs)
        {
            foreach (var point in arc.Points.Span)
                envelope.ExpandToInclude(Lattice.ToDegrees(point.X), Lattice.ToDegrees(point.Y));
        }

        return envelope;
    }
}
