using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Locating;

/// <summary>The grids of one level, in ordinal order of their codes, with a tree over their boxes. Immutable and thread safe.</summary>
/// <param name="all">All grids of all levels.</param>
/// <param name="indexed">What is kept of them.</param>
/// <param name="grids">Positions of those of the level, by code.</param>
internal sealed class LevelIndex(IReadOnlyList<GridShape> all, IndexedGrid[] indexed, int[] grids)
{
    private readonly EnvelopeTree tree = new(Array.ConvertAll(grids, grid => LatticeRings.BoxOf(all[grid].Polygon)));

    public int Level { get; } = all[grids[0]].Level;

    /// <summary>The position in the list of all grids of a grid of this level.</summary>
    public int Grid(int item) => grids[item];

    public PolygonRings Rings(int item) => indexed[grids[item]].Rings;

    /// <summary>The covering grid with the lowest code, as an item of this level, and whether the point lies on its boundary; -1 if none covers.</summary>
    public int Find(LatticePoint point, out bool onBoundary)
    {
        var found = int.MaxValue;
        onBoundary = false;
        foreach (var item in tree.Meeting(LatticeBox.At(point)))
        {
            if (item > found)
                continue;
            var location = Rings(item).Locate(point);
            if (location == Location.Exterior)
                continue;
            found = item;
            onBoundary = location == Location.Boundary;
        }
        return found == int.MaxValue ? -1 : found;
    }

    /// <summary>The items that cover the point, lowest code first.</summary>
    public List<int> Covering(LatticePoint point)
    {
        var items = new List<int>();
        foreach (var item in tree.Meeting(LatticeBox.At(point)))
        {
            if (Rings(item).Locate(point) != Location.Exterior)
                items.Add(item);
        }
        items.Sort();
        return items;
    }

    /// <summary>The items whose boxes meet the box.</summary>
    public EnvelopeTree.Hits Meeting(LatticeBox box) => tree.Meeting(box);

    /// <summary>The items whose boxes are near enough, near ones first as far as is known.</summary>
    public EnvelopeTree.Approach Approaching(Surroundings surroundings) => tree.Approaching(surroundings);
}
