using GridMap.Township.Plane;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Simplify;

namespace GridMap.Township.Landscape;

/// <summary>The surfaces of the rivers that are wide enough to have banks, as one area; creeks are only lines.</summary>
internal sealed class Waters
{
    private readonly IndexedPointInAreaLocator locator;

    public Waters(IReadOnlyList<River> rivers)
    {
        var surfaces = rivers.Where(river => river.IsRiver).Select(Geometry (river) => river.Water).ToList();
        var union = UnaryUnionNG.Union(surfaces, DrawingBoard.Metres, new PrecisionModel(1000));
        Surface = TopologyPreservingSimplifier.Simplify(union, 3);
        locator = new IndexedPointInAreaLocator(Surface);
        Banks = [.. Enumerable.Range(0, Surface.NumGeometries)
            .SelectMany(i => ((Polygon)Surface.GetGeometryN(i)).Holes.Prepend(((Polygon)Surface.GetGeometryN(i)).Shell))
            .Select(ring => ring.Coordinates)];
    }

    public Geometry Surface { get; }

    /// <summary>The banks, closed rings, metres.</summary>
    public IReadOnlyList<Coordinate[]> Banks { get; }

    public bool Cover(Coordinate point) => locator.Locate(point) != Location.Exterior;
}
