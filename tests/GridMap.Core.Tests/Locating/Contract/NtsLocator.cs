using System.Collections.Immutable;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Locating;

/// <summary>The slow obvious locator: every grid is asked, by NetTopologySuite's robust ray crossing, and the rule is written out.</summary>
public sealed class NtsLocator(IReadOnlyList<GridShape> grids) : ILocator
{
    public IReadOnlyList<GridShape> Grids { get; } = grids;

    public PointLocation Locate(LonLat point)
    {
        var deepest = -1;
        for (var i = 0; i < Grids.Count; i++)
        {
            if (Side(i, point) != Location.Exterior && (deepest < 0 || Beats(Grids[i], Grids[deepest])))
                deepest = i;
        }
        if (deepest < 0)
            return default;
        var chain = ImmutableArray.Create(deepest);
        for (var parent = ParentOf(deepest); parent >= 0; parent = ParentOf(parent))
            chain = chain.Insert(0, parent);
        return new PointLocation(Side(deepest, point) == Location.Boundary ? PointMatch.Boundary : PointMatch.Interior, chain);
    }

    public void LocateAll(ReadOnlySpan<LonLat> points, Span<PointLocation> locations)
    {
        for (var i = 0; i < points.Length; i++)
            locations[i] = Locate(points[i]);
    }

    public void LocateInnermost(ReadOnlySpan<LonLat> points, Span<int> grids)
    {
        for (var i = 0; i < points.Length; i++)
            grids[i] = Locate(points[i]).Grid;
    }

    public IReadOnlyList<int> Touching(LonLat point, int level) =>
        [.. Enumerable.Range(0, Grids.Count)
            .Where(i => Grids[i].Level == level && Side(i, point) != Location.Exterior)
            .OrderBy(i => Grids[i].Code, StringComparer.Ordinal)];

    private static bool Beats(GridShape grid, GridShape other) =>
        grid.Level > other.Level || (grid.Level == other.Level && string.CompareOrdinal(grid.Code, other.Code) < 0);

    private int ParentOf(int grid) => Grids.ToList().FindIndex(g => g.Id == Grids[grid].ParentId);

    private Location Side(int grid, LonLat point)
    {
        var polygon = Grids[grid].Polygon;
        return polygon.EnvelopeInternal.Covers(point.Lon, point.Lat)
            ? SimplePointInAreaLocator.Locate(new Coordinate(point.Lon, point.Lat), polygon)
            : Location.Exterior;
    }
}
