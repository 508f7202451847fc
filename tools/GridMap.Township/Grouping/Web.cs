using GridMap.Township.Chance;
using GridMap.Township.Parcels;
using GridMap.Township.Plane;

namespace GridMap.Township.Grouping;

/// <summary>
/// A way from one node of the web to another: its length in metres with what it crosses, and how closely the two are joined, which is
/// the length of the common border, less where a river or a road runs along it.
/// </summary>
internal readonly record struct Way(int To, double Length, double Border);

/// <summary>Which parcels touch, and how far it is from one to the next.</summary>
internal sealed class Web
{
    /// <summary>Parcels that meet along less than this, metres, hardly belong together: a grid should have no such neck.</summary>
    private const double Neck = 9;

    private const double NeckCost = 1500;

    /// <summary>The cost of crossing at which a common border counts half.</summary>
    private const double HalfJoined = 350;

    private readonly List<Way>[] ways;

    public Web(ParcelMap map, Barriers barriers, Seeded chance)
    {
        var borders = new Dictionary<(int, int), (double Border, double Cost)>();
        foreach (var (edge, (left, right)) in map.Sides)
        {
            if (right == -1)
                continue;
            var key = (Math.Min(left, right), Math.Max(left, right));
            var known = borders.GetValueOrDefault(key, (0, double.MaxValue));
            var points = edge.Points;
            var length = DrawingBoard.ToMetres(points[0]).Distance(DrawingBoard.ToMetres(points[1]));
            borders[key] = (known.Item1 + length, Math.Min(known.Item2, barriers.Cost(edge)));
        }

        ways = [.. map.Parcels.Select(_ => new List<Way>())];
        foreach (var ((a, b), (border, cost)) in borders)
        {
            var uneven = chance.Range(0.75, 1.6);
            var length = map.Parcels[a].Middle.Distance(map.Parcels[b].Middle) * uneven + cost + (border < Neck ? NeckCost : 0);
            var joined = border * HalfJoined / (HalfJoined + cost);
            ways[a].Add(new Way(b, length, joined));
            ways[b].Add(new Way(a, length, joined));
        }
    }

    public IReadOnlyList<Way> From(int parcel) => ways[parcel];
}
