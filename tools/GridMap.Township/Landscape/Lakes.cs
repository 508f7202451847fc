using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>Standing water with a name: a reservoir among the hills with bays up its valleys, and a lake in the town's park.</summary>
internal sealed record Lake(string Name, Polygon Shore)
{
    private static readonly (string Name, double X, double Y, double RadiusX, double RadiusY, double Bays)[] Places =
    [
        ("云岫水库", -4450, -2350, 520, 330, 0.95),
        ("禾湖", 1520, -330, 165, 105, 0.55),
        ("莲塘", -2900, 2950, 120, 80, 0.5),
    ];

    public static IReadOnlyList<Lake> Make(Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        var lakes = new List<Lake>();
        foreach (var (name, x, y, radiusX, radiusY, bays) in Places)
        {
            var frame = new Envelope(x - 3 * radiusX, x + 3 * radiusX, y - 3 * radiusY, y + 3 * radiusY);
            var field = Raster.Of(frame, Math.Max(8, radiusX / 28), point =>
            {
                var (dx, dy) = ((point.X - x) / radiusX, (point.Y - y) / radiusY);
                return 1 - Math.Sqrt(dx * dx + dy * dy) + bays * noise.Fractal(point.X, point.Y, radiusX * 0.85);
            });
            var widest = Contours.Above(field, 0, 500).MaxBy(polygon => polygon.Area)!;
            var shore = DrawingBoard.Metres.CreatePolygon(Contours.Round(widest).Shell);
            lakes.Add(new Lake(name, (Polygon)NetTopologySuite.Simplify.TopologyPreservingSimplifier.Simplify(shore, 2)));
        }

        return lakes;
    }
}
