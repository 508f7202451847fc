using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>The relief: a range in the south-west, hills in the north, and single hills that stand in the plain. Heights from 0 to about 1.</summary>
internal static class Hills
{
    /// <summary>Above this height the ground is wooded.</summary>
    public const double WoodLine = 0.30;

    private static readonly (double X, double Y, double Radius, double Height)[] Tops =
    [
        (-4600, -3200, 1500, 0.9), (-5600, -2500, 1300, 0.7), (-3500, -4500, 1200, 0.7), (-6900, -3500, 1900, 0.9), (-3100, -2900, 700, 0.5),
        (-4900, -5600, 1500, 0.8), (-8200, -4700, 1500, 0.7), (-700, 4800, 900, 0.6), (-1900, 5700, 1500, 0.8), (-3000, 6500, 1100, 0.6),
        (3350, 3050, 700, 0.75), (2300, 6000, 900, 0.6), (5700, 4900, 1500, 0.8), (7000, 5700, 1300, 0.6), (450, -3150, 520, 0.68),
        (1700, -6700, 1500, 0.8), (2900, -7300, 1200, 0.6), (8300, 2900, 1500, 0.8), (8900, 4300, 1600, 0.7), (-8700, 600, 1500, 0.7),
        (-7700, 1500, 900, 0.5), (7500, -5000, 1400, 0.7), (8900, -5900, 1500, 0.7), (-8300, 6800, 1700, 0.7), (-2300, -6900, 900, 0.6),
        (-950, -900, 230, 0.6), (2350, 850, 290, 0.55), (-4400, 3000, 330, 0.55), (5350, -2900, 500, 0.6), (-2050, 2600, 300, 0.6),
        (5500, 600, 420, 0.6), (-1900, -2900, 260, 0.5), (1200, 3000, 250, 0.5), (6700, -100, 500, 0.6), (-6800, 2300, 450, 0.6),
    ];

    public static Raster Make(Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        return Raster.Of(Frame.Drawn, Frame.Cell, point => Height(point, noise));
    }

    private static double Height(Coordinate point, Noise noise)
    {
        double height = 0;
        foreach (var top in Tops)
        {
            var sway = Math.Min(620, top.Radius * 0.55);
            var x = point.X + sway * noise.Fractal(point.X, point.Y, top.Radius * 1.1, 5);
            var y = point.Y + sway * noise.Fractal(point.X + 5000, point.Y, top.Radius * 1.1, 5);
            var (dx, dy) = ((x - top.X) / top.Radius, (y - top.Y) / top.Radius);
            var fall = 1 - (dx * dx + dy * dy);
            if (fall > 0)
                height += top.Height * fall * (0.75 + 0.25 * fall);
        }

        return height * (1 + 0.9 * noise.Fractal(point.X - 9000, point.Y, 900, 5)) + 0.08 * noise.Fractal(point.X, point.Y - 9000, 600);
    }
}
