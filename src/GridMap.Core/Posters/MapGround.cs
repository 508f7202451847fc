using NetTopologySuite.Geometries;

namespace GridMap.Core.Posters;

/// <summary>Draws water, roads and green of a map. Used for one map; not thread safe.</summary>
/// <param name="svg">The picture.</param>
/// <param name="frame">Of the map.</param>
/// <param name="size">How wide lines are against those on A4.</param>
internal sealed class MapGround(SvgWriter svg, MapFrame frame, double size = 1)
{
    private const double AreaOpacity = 0.75;
    private const double Speck = 0.3;

    // Areas first, lines on them; roads once for their edge and once for themselves, so that they join.
    public void Draw(IReadOnlyList<SheetGround> ground)
    {
        var seen = ground.Where(one => one.Shape.EnvelopeInternal.Intersects(frame.Visible)).ToList();
        foreach (var (layer, fill) in ((string, string)[])[("green", SheetColours.Green), ("built", SheetColours.Built), ("water", SheetColours.Water)])
        {
            foreach (var one in seen.Where(one => one.Layer == layer && one.Shape.Dimension == Dimension.Surface))
                Area(one.Shape, fill, AreaOpacity);
        }

        foreach (var one in seen.Where(one => one.Layer is "water" or "river" && one.Shape.Dimension == Dimension.Curve))
            Line(one.Shape, SheetColours.Water, 0.9);
        var roads = Roads(seen);
        foreach (var road in roads)
            Line(road.Shape, SheetColours.RoadEdge, RoadWidth(road.Rank) + 0.3);
        foreach (var road in roads)
            Line(road.Shape, SheetColours.Road, RoadWidth(road.Rank));
        foreach (var rail in seen.Where(one => one.Layer == "rail" && one.Shape.Dimension == Dimension.Curve))
            Line(rail.Shape, SheetColours.Rail, 0.5, $"{SvgWriter.Number(2.5 * size)} {SvgWriter.Number(size)}");
    }

    /// <summary>Only what orientates, lightly, over areas whose colour is the message: water and the great roads.</summary>
    public void DrawOver(IReadOnlyList<SheetGround> ground)
    {
        var seen = ground.Where(one => one.Shape.EnvelopeInternal.Intersects(frame.Visible)).ToList();
        foreach (var one in seen.Where(one => one.Layer == "water" && one.Shape.Dimension == Dimension.Surface))
            Area(one.Shape, SheetColours.WaterOver, 0.22);
        svg.Open("g", ("opacity", 0.6));
        foreach (var one in seen.Where(one => one.Layer is "water" or "river" && one.Shape.Dimension == Dimension.Curve))
            Line(one.Shape, SheetColours.WaterOver, 0.7);
        foreach (var road in Roads(seen).Where(road => road.Rank <= 2))
            Line(road.Shape, SheetColours.Road, RoadWidth(road.Rank));
        svg.Close();
    }

    private List<SheetGround> Roads(List<SheetGround> seen) =>
        [.. seen.Where(one => one.Layer == "road" && one.Rank <= FinestRoad && one.Shape.Dimension == Dimension.Curve).OrderByDescending(one => one.Rank)];

    // Of a whole town only the great roads: all lanes together would be one white patch. In millimetres of the picture to the metre, as on A4.
    private int FinestRoad => (frame.Scale / size) switch { < 0.02 => 2, < 0.05 => 3, _ => int.MaxValue };

    private double RoadWidth(int rank) => (frame.Scale / size < 0.05 ? 0.6 : 1) * rank switch { 1 => 1.7, 2 => 1.3, 3 => 0.9, _ => 0.5 };

    // A speck is no shape any more.
    private void Area(Geometry shape, string fill, double opacity)
    {
        var rings = frame.Rings(shape).Where(ring => Extent(ring) > Speck * size).ToList();
        if (rings.Count > 0)
            svg.Element("path", ("d", MapFrame.Path(rings, closed: true)), ("fill", fill), ("fill-rule", "evenodd"), ("fill-opacity", opacity));
    }

    private static double Extent(IReadOnlyList<(double X, double Y)> ring) =>
        Math.Max(ring.Max(at => at.X) - ring.Min(at => at.X), ring.Max(at => at.Y) - ring.Min(at => at.Y));

    private void Line(Geometry shape, string stroke, double width, string? dashes = null) => svg.Element(
        "path", ("d", MapFrame.Path(frame.Lines(shape), closed: false)), ("fill", "none"), ("stroke", stroke), ("stroke-width", width * size), ("stroke-dasharray", dashes));
}
