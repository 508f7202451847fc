using GridMap.Township.Chance;
using GridMap.Township.Plane;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>
/// Roughly where the territory lies. The border itself is not drawn: it runs along the edges of the parcels that belong, so that
/// it follows creeks, roads and field edges as borders do.
/// </summary>
internal sealed class Outline
{
    private static readonly Coordinate[] Course = Frame.Points(
        -5500, 2700, -5900, 3900, -5100, 4500, -4350, 3800, -3500, 4200, -2800, 4000, -2300, 5100, -1500, 5300, -1100, 4300, -400, 3900,
        250, 4500, 900, 4600, 1900, 4250, 2500, 4700, 3300, 4800, 3900, 4300, 5000, 4500, 5500, 3600, 4900, 2700, 5300, 1800, 5900, 1500,
        6100, 400, 5500, -300, 6100, -1300, 5600, -2100, 5000, -2300, 5400, -3300, 4600, -3600, 3800, -3200, 3000, -3600, 2700, -4500,
        1700, -4300, 1300, -5000, 300, -4900, -100, -4000, -900, -4200, -1600, -4600, -2200, -4200, -2900, -5000, -4000, -4700, -4500, -3900,
        -5700, -3900, -6000, -2900, -5400, -2200, -5900, -1400, -5700, -300, -5850, 500, -5250, 1100, -5500, 2700);

    private readonly Raster inside;

    public Outline(Seeded chance)
    {
        var noise = new Noise(chance.NextBits());
        Rough = DrawingBoard.Metres.CreatePolygon(Curves.Through(Course, 120));
        var away = Raster.DistanceTo([Rough.Shell.Coordinates], Frame.Drawn, Frame.Cell);
        var locator = new IndexedPointInAreaLocator(Rough);
        inside = Raster.Of(Frame.Drawn, Frame.Cell, point =>
        {
            var depth = locator.Locate(point) == Location.Exterior ? -away.At(point) : away.At(point);
            return depth + 420 * noise.Fractal(point.X, point.Y, 1500, 3);
        });
    }

    /// <summary>The drawn ring, metres.</summary>
    public Polygon Rough { get; }

    /// <summary>About how deep inside the territory a place lies, metres; negative outside.</summary>
    public double Depth(Coordinate point) => inside.At(point);
}
