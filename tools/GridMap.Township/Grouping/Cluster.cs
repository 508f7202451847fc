using GridMap.Township.Parcels;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Grouping;

/// <summary>Groups of parcels that stay together while ground is divided: the nodes of a small web of their own.</summary>
internal sealed class Cluster
{
    private readonly List<Way>[] ways;

    public Cluster(IReadOnlyList<IReadOnlyList<int>> groups, Web web, IReadOnlyList<Parcel> parcels, Func<Parcel, double> weight)
    {
        Groups = groups;
        var group = new Dictionary<int, int>();
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var parcel in groups[i])
                group[parcel] = i;
        }

        Weight = [.. groups.Select(members => members.Sum(id => weight(parcels[id])))];
        Place = [.. groups.Select(members => Middle(members, parcels))];
        ways = [.. groups.Select(members => Merge(members, web, group))];
    }

    public IReadOnlyList<IReadOnlyList<int>> Groups { get; }

    public int Count => Groups.Count;

    public double[] Weight { get; }

    public Coordinate[] Place { get; }

    public IReadOnlyList<Way> From(int node) => ways[node];

    /// <summary>The connected parts among the nodes of one label (or of the whole, when labels are all the same).</summary>
    public List<List<int>> Components(int[] label, int wanted)
    {
        var seen = new bool[Count];
        var parts = new List<List<int>>();
        for (var start = 0; start < Count; start++)
        {
            if (seen[start] || label[start] != wanted)
                continue;
            var part = new List<int> { start };
            seen[start] = true;
            for (var i = 0; i < part.Count; i++)
            {
                foreach (var way in From(part[i]))
                {
                    if (!seen[way.To] && label[way.To] == wanted)
                    {
                        seen[way.To] = true;
                        part.Add(way.To);
                    }
                }
            }

            parts.Add(part);
        }

        return parts;
    }

    private static Coordinate Middle(IReadOnlyList<int> members, IReadOnlyList<Parcel> parcels)
    {
        double x = 0, y = 0, area = 0;
        foreach (var id in members)
        {
            x += parcels[id].Middle.X * parcels[id].Area;
            y += parcels[id].Middle.Y * parcels[id].Area;
            area += parcels[id].Area;
        }

        return new Coordinate(x / area, y / area);
    }

    private static List<Way> Merge(IReadOnlyList<int> members, Web web, Dictionary<int, int> group)
    {
        var merged = new SortedDictionary<int, Way>();
        var own = group[members[0]];
        foreach (var way in members.SelectMany(web.From))
        {
            if (!group.TryGetValue(way.To, out var to) || to == own)
                continue;
            merged[to] = merged.TryGetValue(to, out var known)
                ? new Way(to, Math.Min(known.Length, way.Length), known.Border + way.Border)
                : way with { To = to };
        }

        return [.. merged.Values];
    }
}
