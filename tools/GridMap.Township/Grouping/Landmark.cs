using GridMap.Township.Landscape;
using GridMap.Township.Parcels;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Grouping;

/// <summary>A place that is a zone of its own, carved out of its surroundings. Area in hectares.</summary>
internal sealed record Landmark(string Name, string Kind, Coordinate Place, double Hectares, Use[] Ground, bool Enclosed = false)
{
    public static IReadOnlyList<Landmark> Zones { get; } =
    [
        new("云岫水库", Kinds.Special, new(-4450, -2350), 400, [Use.Lake], Enclosed: true),
        new("云岫山森林公园", Kinds.Special, new(-4300, -3500), 170, [Use.Wood]),
        new("禾湖公园", Kinds.Special, new(330, -2160), 60, [Use.Lake, Use.Park]),
        new("禾澜站", Kinds.Special, new(2080, -2680), 8, [Use.Industry, Use.Field]),
        new("禾澜人民医院", Kinds.Special, new(60, -150), 4.5, [Use.Town]),
        new("禾澜中学", Kinds.Special, new(-800, -1000), 5.5, [Use.Town]),
        new("澜江水质净化厂", Kinds.Special, new(4050, -1050), 7, [Use.Field, Use.Village]),
        new("沙墟批发市场", Kinds.Enterprise, new(3150, 1500), 8, [Use.Town]),
        new("江北工业区", Kinds.Enterprise, new(-1900, 1700), 60, [Use.Industry]),
        new("涌尾工业区", Kinds.Enterprise, new(3700, 900), 90, [Use.Industry]),
        new("北滘沙工业区", Kinds.Enterprise, new(-4400, 900), 60, [Use.Industry]),
    ];

    /// <summary>The parcels of the landmark: from the nearest fitting one outward, until they are enough or none is left that fits.</summary>
    public List<int> Gather(IReadOnlyList<Parcel> parcels, Web web, Func<int, bool> free)
    {
        bool Fits(int id) => free(id) && Ground.Contains(parcels[id].Use);
        var start = parcels.Where(parcel => Fits(parcel.Id)).MinBy(parcel => parcel.Middle.Distance(Place))!.Id;
        var queue = new PriorityQueue<int, (double, int)>();
        queue.Enqueue(start, (0, start));
        var taken = new List<int>();
        var seen = new HashSet<int>();
        double area = 0;
        while (queue.TryDequeue(out var next, out var reached) && area < Hectares * 10_000)
        {
            if (!seen.Add(next))
                continue;
            taken.Add(next);
            area += parcels[next].Area;
            foreach (var way in web.From(next).Where(way => Fits(way.To) && !seen.Contains(way.To)))
            {
                // By distance from the middle rather than by way: a compact piece.
                var away = parcels[way.To].Middle.Distance(parcels[start].Middle) + (way.Length > 900 ? 5000 : 0);
                queue.Enqueue(way.To, (Math.Max(away, reached.Item1 * 0.5), way.To));
            }
        }

        return taken;
    }
}
