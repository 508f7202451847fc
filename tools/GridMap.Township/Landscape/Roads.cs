using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>A road's middle line in metres. Rank 1 motorway, 2 main road, 3 country road or town street, 4 lane; rank 0 is the railway.</summary>
internal sealed record Road(string Name, int Rank, Coordinate[] Line)
{
    /// <summary>Half the width that is kept free of buildings, metres.</summary>
    public double HalfWidth => Rank switch { 0 => 12, 1 => 24, 2 => 15, 3 => 8, _ => 4 };
}

/// <summary>The roads that were there first: motorways, main roads and the railway. The country roads find their own way between settlements.</summary>
internal static class Roads
{
    private static readonly (string Name, int Rank, double Winding, Coordinate[] Course)[] Courses =
    [
        ("东环高速", 1, 60, Frame.Points(
            5400, 8000, 4500, 6100, 4150, 4400, 4250, 2700, 3850, 1000, 3000, -700, 2950, -2300, 3350, -3900, 3050, -5500, 3300, -8000)),
        ("北环高速", 1, 80, Frame.Points(-10200, 6900, -6000, 6200, -2500, 6700, 1000, 6350, 4500, 6100, 10200, 6600)),
        ("禾澜大道", 2, 50, Frame.Points(
            -10200, -1500, -7600, -600, -5500, -350, -3900, 150, -2300, -200, -1350, -350, -600, -600, 700, -550, 2150, -1150, 3700, -1450,
            5700, -1900, 7600, -2900, 10200, -3100)),
        ("江北路", 2, 70, Frame.Points(
            -10200, 5400, -7600, 4900, -5900, 4700, -4600, 3450, -3100, 2600, -1400, 2100, 100, 2250, 1700, 2600, 3000, 2050, 4700, 2050,
            6600, 1500, 10200, 1700)),
        ("禾南路", 2, 50, Frame.Points(
            700, 8000, 350, 6200, 550, 4700, -50, 3300, 100, 2250, -150, 900, -250, -550, 150, -1800, -350, -2900, 150, -4300, 650, -5600, 300, -8000)),
        ("环镇南路", 2, 60, Frame.Points(
            -3900, 150, -2900, -1500, -1900, -2850, -350, -2900, 1000, -2450, 2250, -2900, 3350, -2700, 4500, -2300, 5700, -1900)),
        ("沙墟大街", 3, 25, Frame.Points(1700, 2600, 2300, 1700, 3000, 2050)),
        ("河滨路", 3, 20, Frame.Points(-1350, -350, -1150, 150, -500, 600, -150, 620, 350, 560, 700, 200, 800, -250, 700, -550)),
        ("解放路", 3, 18, Frame.Points(-1150, -1250, -350, -1150, 350, -1250, 1250, -950, 2150, -1150)),
        ("文昌路", 3, 15, Frame.Points(-850, 450, -800, -550, -900, -1220)),
        ("人民路", 3, 15, Frame.Points(450, 600, 380, -570, 350, -1250, 700, -2000, 1000, -2450)),
    ];

    private static readonly Coordinate[] RailCourse = Frame.Points(
        -3300, -8000, -1400, -6000, 500, -4100, 2100, -2650, 4000, -1350, 5900, 250, 7600, 1300, 10200, 1900);

    public static IReadOnlyList<Road> Make(Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        var roads = new List<Road> { new("禾澜铁路", 0, Curves.Through(RailCourse, 60)) };
        foreach (var (name, rank, winding, course) in Courses)
        {
            var curve = Curves.Through(course, 40);
            roads.Add(new Road(name, rank, Curves.Wind(curve, noise, winding, rank == 1 ? 1800 : 650, 71.7 * roads.Count)));
        }

        return roads;
    }
}
