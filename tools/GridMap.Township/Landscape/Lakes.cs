using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace GridMap.Township.Landscape;

/// <summary>Standing water with a name: a reservoir among the hills with bays up its valleys, a lake in a park
/// of the town, a village pond. Metres.</summary>
internal sealed record Lake(string Name, Polygon Shore, Polygon? Park)
{
    private static readonly (string Name, double X, double Y, double RadiusX, double RadiusY, double Bays, double Park)[] Places =
    [
        ("云岫水库", -4450, -2350, 520, 330, 0.95, 0),
        ("禾湖", 330, -2160, 165, 110, 0.55, 85),
        ("莲塘", -2900, 2950, 120, 80, 0.5, 0),
    ];

    public static IReadOnlyList<Lake> Make(Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        var lakes = new List<Lake>();
        foreach (var (name, x, y, radiusX, radiusY, bays, park) in Places)
        {
            var frame = new Envelope(x - 3 * radiusX, x + 3 * radiusX, y - 3 * radiusY, y + 3 * radiusY);
            var field = Raster.Of(frame, Math.Max(8, radiusX / 28), point =>
            {
                var (dx, dy) = ((point.X - x) / radiusX, (point.Y - y) / radiusY);
                return 1 - Math.Sqrt(dx * dx + dy * dy) + bays * noise.Fractal(point.X, point.Y, radiusX * 0.85);
            });
            var widest = Contours.Above(field, 0, 500).MaxBy(polygon => polygon.Area)!;
            var shore = DrawingBoard.Metres.CreatePolygon(Contours.Round(widest).Shell);
            lakes.Add(new Lake(name, Plain(shore), park > 0 ? Plain(shore.Buffer(park, 6)) : null));
        }

        return lakes;
    }

    private static Polygon Plain(Geometry polygon) =>
        DrawingBoard.Metres.CreatePolygon(((Polygon)TopologyPreservingSimplifier.Simplify(polygon, 2)).Shell);
}
