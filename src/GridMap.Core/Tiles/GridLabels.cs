using GridMap.Core.Coverages;
using NetTopologySuite.Algorithm.Construct;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tiles;

/// <summary>
/// Where the name of each grid of a level stands: the pole of inaccessibility of its largest part on the map, which is the middle of
/// the largest circle within. Immutable and thread safe.
/// </summary>
internal sealed class GridLabels
{
    // Simplified borders of the zoom that the poles are found at stray by 2.5 units; a pole with more room is inside at all deeper zooms.
    private const double EnoughRoomUnits = 4;
    private const double ShareOfSide = 0.01;

    private static readonly GeometryFactory Plane = new();
    private readonly (int Grid, double X, double Y)[] poles;

    private GridLabels((int Grid, double X, double Y)[] poles) => this.poles = poles;

    /// <summary>Finds the poles of a level, on a zoom where most of its grids are a hundred pixels wide or more.</summary>
    public static GridLabels Of(Coverage coverage, ZoomCoverage zoom, int level)
    {
        var found = new List<(int Grid, double X, double Y)>();
        var world = MercatorPoint.WorldUnits / (double)zoom.Scale.Unit;
        for (var grid = 0; grid < coverage.Grids.Count; grid++)
        {
            if (coverage.Grids[grid].Level != level || coverage.FacesOf(grid).IsEmpty)
                continue;
            var pole = Pole(zoom.Levels[level - 1].PolygonsOf(grid).Select(ToPolygon), EnoughRoomUnits)
                ?? Pole(Exact(coverage, grid, world), 0);
            if (pole is { } at)
                found.Add((grid, at.X / world, at.Y / world));
        }

        return new GridLabels([.. found]);
    }

    /// <summary>The grids whose pole lies in a tile, without its buffer, so that each is named in one tile of a zoom.</summary>
    public IEnumerable<(int Grid, TilePoint Point)> In(TileCoord tile)
    {
        var world = (double)MvtWriter.Extent * (1 << tile.Z);
        foreach (var (grid, x, y) in poles)
        {
            var (left, top) = ((int)Math.Floor(x * world) - tile.X * MvtWriter.Extent, (int)Math.Floor(y * world) - tile.Y * MvtWriter.Extent);
            if (left is >= 0 and < MvtWriter.Extent && top is >= 0 and < MvtWriter.Extent)
                yield return (grid, new TilePoint(left, top));
        }
    }

    private static Coordinate? Pole(IEnumerable<Polygon> parts, double enoughRoom)
    {
        if (parts.MaxBy(part => part.Area) is not { IsEmpty: false } largest)
            return null;
        var box = largest.EnvelopeInternal;
        var circle = new MaximumInscribedCircle(largest, Math.Max(box.Width, box.Height) * ShareOfSide);
        var centre = circle.GetCenter().Coordinate;
        return circle.GetRadiusLine().Length >= enoughRoom ? centre : null;
    }

    private static Polygon ToPolygon(TilePolygon polygon) =>
        Plane.CreatePolygon(ToRing(polygon.Exterior), [.. polygon.Holes.Select(ToRing)]);

    private static LinearRing ToRing(TilePoint[] ring) =>
        Plane.CreateLinearRing([.. ring.Append(ring[0]).Select(point => new Coordinate(point.X, point.Y))]);

    private static IEnumerable<Polygon> Exact(Coverage coverage, int grid, double world)
    {
        LinearRing Project(LineString ring) => Plane.CreateLinearRing(
            [.. ring.Coordinates.Select(at => new Coordinate(WebMercator.X(at.X) * world, WebMercator.Y(at.Y) * world))]);
        return coverage.Polygon(grid).Geometries.Cast<Polygon>()
            .Select(part => Plane.CreatePolygon(Project(part.ExteriorRing), [.. part.InteriorRings.Select(Project)]));
    }
}
