using System.Collections.Immutable;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;

namespace GridMap.Core.Locating;

/// <summary>
/// The locator: the immutable in-memory index of one generation, from a point to its chain of grids. Exact on the lattice,
/// where PostGIS (<c>ST_Covers</c>) decides the same. Thread safe; locating one point or
/// many does not allocate.
/// </summary>
public sealed class GridLocator : ILocator
{
    private readonly LevelIndex[] levels;
    private readonly PolygonEdges[] edges;
    private readonly ImmutableArray<int>[] chains;

    /// <summary>Indexes the grids. A parent that is not among them ends the chain there.</summary>
    /// <param name="grids">Grids of all levels, in any order; polygons on the lattice.</param>
    /// <exception cref="ArgumentException">An id stands twice, a parent is not of an outer level, or a polygon is empty or off the lattice.</exception>
    public GridLocator(IReadOnlyList<GridShape> grids)
    {
        Grids = [.. grids];
        chains = Ancestry.Chains(Grids);
        edges = [.. Grids.Select(EdgesOf)];
        levels = [.. Grids.Select(g => g.Level).Distinct().OrderDescending().Select(level => new LevelIndex(Grids, edges, level))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<GridShape> Grids { get; }

    /// <summary>The levels that have grids, innermost first.</summary>
    internal ReadOnlySpan<LevelIndex> Levels => levels;

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
        for (var i = 0; i < points.Length; i++)
            grids[i] = Locate(LatticePoint.From(points[i])).Grid;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Touching(LonLat point, int level)
    {
        var index = Array.Find(levels, l => l.Level == level);
        return index is null ? [] : index.Covering(LatticePoint.From(point)).ConvertAll(index.Grid);
    }

    /// <summary>The grid and its ancestors, outermost to innermost.</summary>
    internal ImmutableArray<int> Chain(int grid) => chains[grid];

    internal PolygonEdges Edges(int grid) => edges[grid];

    internal PointLocation Locate(LatticePoint point)
    {
        foreach (var level in levels)
        {
            var item = level.Find(point, out var onBoundary);
            if (item >= 0)
                return new PointLocation(onBoundary ? PointMatch.Boundary : PointMatch.Interior, chains[level.Grid(item)]);
        }
        return default;
    }

    private static PolygonEdges EdgesOf(GridShape grid)
    {
        try
        {
            return new PolygonEdges(grid.Polygon);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Grid {grid.Code}: {e.Message}", nameof(grid), e);
        }
    }

    private static void RequireSameLength(int points, int answers)
    {
        if (points != answers)
            throw new ArgumentException($"There are {points} points and room for {answers} answers.", nameof(answers));
    }
}
