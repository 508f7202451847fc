using System.Collections.Immutable;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Core.Tests.Locating;

/// <summary>
/// What one writes with NetTopologySuite alone: a tree of envelopes a level, and an indexed point-in-area locator a grid. Quick enough
/// to be the reference for millions of points.
/// </summary>
public sealed class IndexedNtsLocator : ILocator
{
    private readonly List<STRtree<int>> levels = [];
    private readonly IndexedPointInAreaLocator[] locators;
    private readonly ImmutableArray<int>[] chains;

    public IndexedNtsLocator(IReadOnlyList<GridShape> grids)
    {
        Grids = grids;
        chains = Ancestry.Chains(grids);
        locators = [.. grids.Select(g => new IndexedPointInAreaLocator(g.Polygon))];
        foreach (var level in grids.Select(g => g.Level).Distinct().OrderDescending())
        {
            var tree = new STRtree<int>();
            for (var i = 0; i < grids.Count; i++)
            {
                if (grids[i].Level == level)
                    tree.Insert(grids[i].Polygon.EnvelopeInternal, i);
            }
            tree.Build();
            levels.Add(tree);
        }
    }

    public IReadOnlyList<GridShape> Grids { get; }

    public PointLocation Locate(LonLat point)
    {
        var (grid, location) = Find(point.Snap());
        return grid < 0 ? default : new PointLocation(location == Location.Boundary ? PointMatch.Boundary : PointMatch.Interior, chains[grid]);
    }

    public void LocateAll(ReadOnlySpan<LonLat> points, Span<PointLocation> locations)
    {
        for (var i = 0; i < points.Length; i++)
            locations[i] = Locate(points[i]);
    }

    public void LocateInnermost(ReadOnlySpan<LonLat> points, Span<int> grids)
    {
        for (var i = 0; i < points.Length; i++)
            grids[i] = Find(points[i].Snap()).Grid;
    }

    public IReadOnlyList<int> Touching(LonLat point, int level)
    {
        var coordinate = new Coordinate(point.Lon, point.Lat);
        return [.. Enumerable.Range(0, Grids.Count)
            .Where(i => Grids[i].Level == level && Grids[i].Polygon.EnvelopeInternal.Covers(coordinate) && locators[i].Locate(coordinate) != Location.Exterior)
            .OrderBy(i => Grids[i].Code, StringComparer.Ordinal)];
    }

    private (int Grid, Location Location) Find(LonLat point)
    {
        var coordinate = new Coordinate(point.Lon, point.Lat);
        var envelope = new Envelope(coordinate);
        foreach (var tree in levels)
        {
            var (best, found) = (-1, Location.Exterior);
            foreach (var grid in tree.Query(envelope))
            {
                if (best >= 0 && string.CompareOrdinal(Grids[grid].Code, Grids[best].Code) > 0)
                    continue;
                var location = locators[grid].Locate(coordinate);
                if (location != Location.Exterior)
                    (best, found) = (grid, location);
            }
            if (best >= 0)
                return (best, found);
        }
        return (-1, Location.Exterior);
    }
}
