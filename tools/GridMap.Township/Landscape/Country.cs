using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>The invented country: relief, water, settlements, roads, and how the ground is used. Metres.</summary>
internal sealed class Country
{
    public Country(Seeded chance)
    {
        Rivers = Landscape.Rivers.Make(chance.Fork("rivers"));
        Lakes = Lake.Make(chance.Fork("lakes"));
        Height = Hills.Make(chance.Fork("hills"));
        Outline = new Outline(chance.Fork("outline"));
        WaterDistance = Raster.DistanceTo(Rivers.Select(river => river.Line), Frame.Drawn, Frame.Cell);
        Settlements = Landscape.Settlements.Make(Height, WaterDistance, chance.Fork("settlements"));
        var main = Landscape.Roads.Make(chance.Fork("roads"));
        var ways = new RoadFinder(Height, Rivers, main, chance.Fork("ways")).Join(Settlements);
        Roads = [.. main, .. ways.Select(way => new Road("", 3, way))];
        Waters = new Waters(Rivers);
        Land = new LandUse(Height, WaterDistance, Settlements, Roads, Lakes, Waters, chance.Fork("land"));
    }

    public IReadOnlyList<River> Rivers { get; }

    public IReadOnlyList<Lake> Lakes { get; }

    public IReadOnlyList<Settlement> Settlements { get; }

    public IReadOnlyList<Road> Roads { get; }

    /// <summary>The rivers' surfaces, as one.</summary>
    public Waters Waters { get; }

    public Outline Outline { get; }

    /// <summary>From 0 to about 1; above <see cref="Hills.WoodLine"/> it is wooded.</summary>
    public Raster Height { get; }

    public Raster WaterDistance { get; }

    public LandUse Land { get; }

    /// <summary>The lines that no parcel crosses: watercourses, banks, shores, roads, and the frame.</summary>
    public IEnumerable<Coordinate[]> Lines() =>
        Rivers.Select(river => river.Line)
            .Concat(Roads.Select(road => road.Line))
            .Concat(Lakes.Select(lake => lake.Shore.Coordinates))
            .Concat(Lakes.Where(lake => lake.Park is not null).Select(lake => lake.Park!.Shell.Coordinates))
            .Concat(Waters.Banks)
            .Prepend(DrawingBoard.Metres.ToGeometry(Frame.Drawn).Coordinates);
}
