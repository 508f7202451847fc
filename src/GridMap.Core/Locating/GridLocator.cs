using System.Collections.Immutable;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating.Cells;

namespace GridMap.Core.Locating;

/// <summary>
/// The locator: the immutable in-memory index of one generation, from a point to its chain of grids. Exact on the lattice,
/// where PostGIS (<c>ST_Covers</c>) decides the same. An index of square cells answers (<see cref="CellIndex"/>, docs/performance.md);
/// the polygons are asked for neighbours, distances and the few places where too much meets for it. Thread safe; locating one point
/// or many does not allocate.
/// </summary>
public sealed class GridLocator : ILocator
{
    private readonly CellIndex cells;
    private readonly LevelIndex[] levels;
    private readonly IndexedGrid[] indexed;

    /// <summary>Indexes the grids. A parent that is not among them ends the chain there.</summary>
    /// <param name="grids">Grids of all levels, in any order; polygons on the lattice.</param>
    /// <exception cref="ArgumentException">
    /// An id stands twice, a parent is not of an outer level, or a polygon is empty, off the lattice or has an edge longer than 4 degrees.
    /// </exception>
    public GridLocator(IReadOnlyList<GridShape> grids)
        : this(grids, options: null)
    {
    }

    internal GridLocator(IReadOnlyList<GridShape> grids, CellOptions? options)
        : this(grids, order => CellIndexBuilder.Build(grids, order, options))
    {
    }

    private GridLocator(IReadOnlyList<GridShape> grids, Func<int[], CellIndex> index)
    {
        Grids = [.. grids];
        var order = AnswerOrder.Of(Grids);
        cells = index(order);
        var chains = Ancestry.Chains(Grids);
        indexed = new IndexedGrid[Grids.Count];
        Parallel.For(0, indexed.Length, i => indexed[i] = new IndexedGrid(chains[i], PolygonRings.Of(Grids[i].Polygon)));
        levels = [.. AnswerOrder.ByLevel(Grids, order).Select(level => new LevelIndex(Grids, indexed, level))];
    }

    /// <summary>
    /// The name under which the index of these grids may be kept: the same for the same levels, codes and polygons in the same order, and
    /// for no others. Naming and reading one took a quarter of the time of building it in a fresh process, over a city's 37,000 grids.
    /// </summary>
    public static string IndexName(IReadOnlyList<GridShape> grids) => CellFile.NameFor(grids);

    /// <summary>Takes the index of the grids from where <see cref="WriteIndex"/> put it, instead of building it.</summary>
    /// <param name="grids">Grids of the same <see cref="IndexName"/>; that they are is for the caller to know.</param>
    /// <param name="index">Is read to the end of the index.</param>
    /// <exception cref="InvalidDataException">It is not an index of this version, cut off, or damaged.</exception>
    public static GridLocator WithIndex(IReadOnlyList<GridShape> grids, Stream index) => new(grids, _ => new CellIndex(CellFile.Read(index)));

    /// <summary>Writes the index of cells, a flat file of little-endian words, to be kept under <see cref="IndexName"/>.</summary>
    public void WriteIndex(Stream index) => CellFile.Write(cells.Memory, index);

    /// <inheritdoc/>
    public IReadOnlyList<GridShape> Grids { get; }

    /// <summary>The levels that have grids, innermost first.</summary>
    internal ReadOnlySpan<LevelIndex> Levels => levels;

    /// <summary>Bytes of the index of cells, with its exact copy of all borders, without the grids themselves.</summary>
    public long IndexBytes => cells.Bytes;

    /// <inheritdoc/>
    public PointLocation Locate(LonLat point) => Locate(LatticePoint.From(point));

    /// <inheritdoc/>
    public void LocateAll(ReadOnlySpan<LonLat> points, Span<PointLocation> locations)
    {
        RequireSameLength(points.Length, locations.Length);
        for (var i = 0; i < points.Length; i++)
            locations[i] = Locate(LatticePoint.From(points[i]));
    }

    /// <inheritdoc/>
    public void LocateInnermost(ReadOnlySpan<LonLat> points, Span<int> grids)
    {
        RequireSameLength(points.Length, grids.Length);
        cells.Find(points, grids);
        for (int i = 0, ahead; (ahead = grids[i..].IndexOf(CellEntry.Elsewhere)) >= 0;)
        {
            i += ahead;
            grids[i] = FindAmongPolygons(LatticePoint.From(points[i])).Grid;
        }
    }

    /// <summary>The grid that answers for one point: the innermost of its chain, or -1 when outside.</summary>
    /// <param name="point">A position in degrees; it is snapped to the lattice.</param>
    public int LocateInnermost(LonLat point)
    {
        var lattice = LatticePoint.From(point);
        var grid = cells.Find(lattice);
        return grid == CellEntry.Elsewhere ? FindAmongPolygons(lattice).Grid : grid;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Touching(LonLat point, int level)
    {
        var index = Array.Find(levels, l => l.Level == level);
        return index is null ? [] : index.Covering(LatticePoint.From(point)).ConvertAll(index.Grid);
    }

    /// <summary>The grid and its ancestors, outermost to innermost.</summary>
    internal ImmutableArray<int> Chain(int grid) => indexed[grid].Chain;

    internal PolygonRings Rings(int grid) => indexed[grid].Rings;

    internal PointLocation Locate(LatticePoint point) => Locate(point, out _);

    /// <summary>The same, and the grid that answers (-1 when outside) without a look at the chain, which may have to come from afar.</summary>
    internal PointLocation Locate(LatticePoint point, out int grid)
    {
        (grid, var onBorder) = cells.FindExactly(point);
        if (grid == CellEntry.Elsewhere)
            (grid, onBorder) = FindAmongPolygons(point);
        return grid < 0 ? default : new PointLocation(onBorder ? PointMatch.Boundary : PointMatch.Interior, indexed[grid].Chain);
    }

    private (int Grid, bool OnBorder) FindAmongPolygons(LatticePoint point)
    {
        foreach (var level in levels)
        {
            var item = level.Find(point, out var onBoundary);
            if (item >= 0)
                return (level.Grid(item), onBoundary);
        }
        return (-1, false);
    }

    private static void RequireSameLength(int points, int answers)
    {
        if (points != answers)
            throw new ArgumentException($"There are {points} points and room for {answers} answers.", nameof(answers));
    }
}
