using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Buffer;
using NetTopologySuite.Simplify;

namespace GridMap.Township.Landscape;

/// <summary>A watercourse: its middle line in metres, downstream, and the surface of its water.</summary>
internal sealed record River(string Name, Coordinate[] Line, double Width, Polygon Water)
{
    /// <summary>A river parts communities; a creek is only a line that borders like to follow.</summary>
    public bool IsRiver => Width >= 50;
}

/// <summary>The watercourses: a winding river from north-west to east, its branches and arms, and creeks.</summary>
internal static class Rivers
{
    /// <summary>Ends of a branch this near to an earlier watercourse, in metres, are led into it.</summary>
    private const double Confluence = 420;

    private static readonly (string Name, double Start, double End, double Winding, Coordinate[] Course)[] Courses =
    [
        ("澜江", 135, 215, 260, Frame.Points(
            -10400, 4300, -8900, 3000, -7700, 3350, -6700, 3750, -5600, 2800, -4900, 1500, -3700, 1750, -2900, 1300, -2400, 400, -1500, 250,
            -900, 1000, 0, 1250, 750, 800, 1150, -150, 2000, -650, 2900, -200, 3600, 150, 4500, -550, 5300, -950, 6000, -350, 6900, -900,
            7500, -1900, 8700, -1500, 10400, -2300)),
        ("沙涌", 62, 92, 170, Frame.Points(
            -1500, 250, -1700, -550, -2600, -900, -2750, -1600, -2050, -2050, -1350, -2450, -1700, -3350, -950, -3900, -800, -4500, -1350, -5300,
            -500, -6100, -900, -6900, -500, -8200)),
        ("北涌", 40, 62, 170, Frame.Points(
            1500, 8200, 1100, 6500, 1850, 5700, 1850, 5000, 1250, 4300, 2050, 3600, 2250, 2900, 1650, 2300, 1250, 1500, 750, 800)),
        ("东涌", 36, 58, 160, Frame.Points(
            3600, 150, 3200, -1000, 3950, -1700, 4050, -2400, 3600, -3000, 4350, -3700, 4400, -4600, 3950, -5400, 4700, -6500, 4800, -8200)),
        ("海沙汊", 62, 60, 60, Frame.Points(1550, -400, 2000, -60, 2600, 240, 3300, 520, 3900, 260)),
        ("上塱涌", 16, 30, 100, Frame.Points(-6100, 6900, -5600, 5300, -6050, 4500, -5700, 3700, -6100, 3250)),
        ("界涌", 14, 34, 110, Frame.Points(-7400, -1500, -6300, -1000, -5700, -300, -5900, 500, -5250, 1100, -5150, 2000)),
        ("石岐涌", 12, 28, 120, Frame.Points(-2700, 7200, -3500, 5600, -3150, 4500, -3000, 3600, -3700, 2700, -3400, 1650)),
        ("平埗涌", 18, 30, 120, Frame.Points(
            2000, -650, 2150, -1500, 2650, -2100, 2400, -2900, 1900, -3500, 2500, -4400, 2200, -5600, 2500, -6600, 2100, -8200)),
        ("大榄涌", 12, 26, 120, Frame.Points(5900, 6100, 4900, 4700, 4600, 3700, 5150, 2600, 4350, 1500, 4900, 500, 4700, -600)),
        ("云溪", 8, 20, 90, Frame.Points(-4150, -1750, -4350, -900, -3300, -500, -2650, -900)),
        ("横沥", 22, 22, 80, Frame.Points(-2300, -1950, -1300, -1450, -300, -1800, 900, -1400, 2150, -1500)),
        ("麦冈涌", 10, 20, 100, Frame.Points(-700, 4200, 100, 3300, -350, 2500, 450, 1850, 1350, 1750)),
        ("龙塘涌", 14, 18, 90, Frame.Points(-1650, -3300, -600, -3450, 200, -3900, 1100, -3300, 1950, -3500)),
        ("东联涌", 14, 18, 110, Frame.Points(2100, 3300, 3000, 3900, 3700, 3400, 4650, 3650)),
        ("新沙涌", 14, 20, 110, Frame.Points(3650, -2950, 4700, -3300, 5600, -2700, 6500, -3200, 7600, -2300)),
    ];

    public static IReadOnlyList<River> Make(Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        var rivers = new List<River>();
        foreach (var (name, start, end, winding, course) in Courses)
        {
            var curve = Curves.Through(course, 28);
            var line = Curves.Wind(curve, noise, winding, Math.Max(420, winding * 3.4), 377.3 * rivers.Count);
            line = Curves.Wind(line, noise, winding * 0.22, 210, 377.3 * rivers.Count + 91);
            line[0] = Lead(line[0], rivers);
            line[^1] = Lead(line[^1], rivers);
            line = Curves.Through(line, 28);
            rivers.Add(new River(name, line, end, Fill(line, start, end, noise)));
        }

        return rivers;
    }

    private static Coordinate Lead(Coordinate end, List<River> rivers)
    {
        var nearest = rivers.SelectMany(river => river.Line).MinBy(end.Distance);
        return nearest is not null && nearest.Distance(end) < Confluence ? nearest.Copy() : end;
    }

    /// <summary>The water's surface: the banks wander, and the river widens and narrows.</summary>
    private static Polygon Fill(Coordinate[] line, double start, double end, Noise noise)
    {
        var widths = new double[line.Length];
        for (var i = 0; i < line.Length; i++)
        {
            var t = (double)i / (line.Length - 1);
            widths[i] = (start + (end - start) * t) * (1 + 0.42 * noise.Fractal(line[i].X, line[i].Y, 700, 4));
        }

        var water = new VariableBuffer(DrawingBoard.Metres.CreateLineString(line), widths).GetResult();
        var widest = Enumerable.Range(0, water.NumGeometries).Select(water.GetGeometryN).MaxBy(part => part.Area)!;
        return (Polygon)TopologyPreservingSimplifier.Simplify(widest, 1.5);
    }
}
