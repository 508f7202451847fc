using GridMap.Township.Landscape;
using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Township.Parcels;

/// <summary>How much it costs, in metres of way, to cross an edge: people on the two sides of a river do not share a grid.</summary>
internal sealed class Barriers
{
    private readonly STRtree<(LineSegment Segment, double Cost)> lines = new();

    public Barriers(Country country, IEnumerable<Coordinate[]> lanes)
    {
        foreach (var river in country.Rivers)
            Add(river.Line, river.Width >= 150 ? 5000 : river.IsRiver ? 2200 : 420);
        foreach (var road in country.Roads)
            Add(road.Line, road.Rank switch { 0 => 800, 1 => 1000, 2 => 560, _ => 260 });
        foreach (var lake in country.Lakes)
            Add(lake.Shore.Coordinates, 500);
        foreach (var bank in country.Waters.Banks)
            Add(bank, 40);
        foreach (var lane in lanes)
            Add(lane, 60);
        lines.Build();
    }

    /// <summary>The cost of crossing the edge: 0 where it lies on no barrier.</summary>
    public double Cost(Edge edge)
    {
        var points = edge.Points;
        var middle = DrawingBoard.ToMetres(new Coordinate((edge.AX + edge.BX) / 2, (edge.AY + edge.BY) / 2));
        var near = new Envelope(middle);
        near.ExpandBy(0.1);
        double cost = 0;
        foreach (var (segment, price) in lines.Query(near))
        {
            if (price > cost && segment.Distance(middle) < 0.05 && segment.Distance(DrawingBoard.ToMetres(points[0])) < 0.05)
                cost = price;
        }

        return cost;
    }

    private void Add(Coordinate[] line, double cost)
    {
        for (var i = 1; i < line.Length; i++)
        {
            var segment = new LineSegment(line[i - 1], line[i]);
            lines.Insert(new Envelope(line[i - 1], line[i]), (segment, cost));
        }
    }
}
