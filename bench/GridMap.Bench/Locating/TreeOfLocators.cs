using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Bench.Locating;

/// <summary>What one writes with NetTopologySuite alone: a tree of envelopes a level, and an indexed point-in-area locator a grid.</summary>
internal sealed class TreeOfLocators
{
    private readonly IReadOnlyList<GridShape> grids;
    private readonly List<STRtree<int>> levels = [];
    private readonly IndexedPointInAreaLocator[] locators;

    public TreeOfLocators(IReadOnlyList<GridShape> grids)
    {
        this.grids = grids;
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

    public int Innermost(LonLat point)
    {
        var coordinate = new Coordinate(point.Lon, point.Lat);
        var envelope = new Envelope(coordinate);
        foreach (var tree in levels)
        {
            var best = -1;
            foreach (var grid in tree.Query(envelope))
            {
                if ((best < 0 || string.CompareOrdinal(grids[grid].Code, grids[best].Code) < 0)
                    && locators[grid].Locate(coordinate) != Location.Exterior)
                    best = grid;
            }
            if (best >= 0)
                return best;
        }
        return -1;
    }
}
