using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

internal enum SettlementKind
{
    Town,
    Village,
    Hamlet,
    Industry,
}

/// <summary>A place where people live or work: its middle and reach in metres, and the direction in which it is drawn out.</summary>
internal sealed record Settlement(string Name, SettlementKind Kind, Coordinate Place, double Radius, double AxisX, double AxisY, double Stretch);

/// <summary>The seat of a community: what its committee's code begins with (0 residents, 2 villagers, 4 an area like a community).</summary>
internal sealed record Seat(string Name, int CommitteeClass, Coordinate Place, double Radius);

/// <summary>Where the settlements are: the 22 seats are placed by hand, the hamlets by chance where the ground is good.</summary>
internal static class Settlements
{
    public static IReadOnlyList<Seat> Seats { get; } =
    [
        new("禾城社区", 0, new(-350, -350), 900), new("河东社区", 0, new(850, -900), 800), new("南门社区", 0, new(-150, -1500), 800),
        new("江北社区", 0, new(-100, 1800), 700), new("沙墟社区", 0, new(2900, 1800), 750),
        new("上塱村", 2, new(-4900, 3400), 480), new("石岐头村", 2, new(-3300, 3300), 520), new("黄竹边村", 2, new(-1900, 3300), 500),
        new("麦冈村", 2, new(700, 3500), 520), new("蓝塘村", 2, new(2550, 4200), 430), new("东联村", 2, new(4500, 3600), 500),
        new("大榄头村", 2, new(5000, 1500), 480), new("涌尾村", 2, new(1500, 1350), 420), new("海沙村", 2, new(4300, 300), 500),
        new("北滘沙村", 2, new(-3700, 800), 520), new("横岗尾村", 2, new(-4700, -200), 450), new("云岫村", 2, new(-3400, -1500), 430),
        new("罗坑村", 2, new(-2600, -3900), 440), new("龙塘口村", 2, new(-700, -3000), 500), new("平埗村", 2, new(1200, -3900), 520),
        new("新沙围村", 2, new(4600, -2600), 500),
        new("禾澜工业园", 4, new(2750, -2300), 750),
    ];

    public static IReadOnlyList<Settlement> Make(Raster height, Raster waterDistance, Seeded chance)
    {
        var settlements = new List<Settlement>();
        foreach (var seat in Seats)
        {
            var kind = seat.CommitteeClass switch { 0 => SettlementKind.Town, 2 => SettlementKind.Village, _ => SettlementKind.Industry };
            settlements.Add(Draw(seat.Name, kind, seat.Place, seat.Radius, chance));
        }

        settlements.Add(Draw("", SettlementKind.Industry, new(3700, 900), 420, chance));
        settlements.Add(Draw("", SettlementKind.Industry, new(-1900, 1700), 330, chance));
        settlements.Add(Draw("", SettlementKind.Industry, new(-4400, 900), 330, chance));
        for (var tries = 0; tries < 4000 && settlements.Count < 165; tries++)
        {
            var frame = Frame.Drawn;
            var place = new Coordinate(chance.Range(frame.MinX + 300, frame.MaxX - 300), chance.Range(frame.MinY + 300, frame.MaxY - 300));
            var radius = chance.Range(110, 330);
            var apart = settlements.All(other => other.Place.Distance(place) > radius + other.Radius + 180);
            var water = waterDistance.At(place);
            var dry = water > 130 && (water < 700 || chance.Happens(0.4));
            if (apart && dry && height.At(place) < Hills.WoodLine - 0.14)
                settlements.Add(Draw("", SettlementKind.Hamlet, place, radius, chance));
        }

        return settlements;
    }

    private static Settlement Draw(string name, SettlementKind kind, Coordinate place, double radius, Seeded chance)
    {
        var (x, y) = (chance.Range(-1, 1), chance.Range(-1, 1));
        var length = Math.Sqrt(x * x + y * y) + 1e-9;
        var stretch = kind is SettlementKind.Town or SettlementKind.Industry ? chance.Range(1.0, 1.3) : chance.Range(1.05, 1.7);
        return new Settlement(name, kind, place, radius, x / length, y / length, stretch);
    }
}
