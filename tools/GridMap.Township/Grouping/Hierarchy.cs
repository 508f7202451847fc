using GridMap.Township.Chance;
using GridMap.Township.Landscape;
using GridMap.Township.Parcels;

namespace GridMap.Township.Grouping;

/// <summary>
/// Divides the territory from the outside in: town, 22 communities, 105 co-operatives, 173 zones, some 1,500 micro-grids. So levels
/// nest by construction, and each part is in one piece.
/// </summary>
internal sealed class Hierarchy
{
    public const int CooperativeCount = 105;
    public const int ZoneCount = 173;
    public const int MicroGridCount = 1500;

    private readonly IReadOnlyList<Parcel> parcels;
    private readonly Web web;
    private readonly Seeded chance;
    private readonly bool[] inside;
    private readonly double people;
    private readonly double area;

    public Hierarchy(ParcelMap map, Web web, bool[] inside, Seeded chance)
    {
        (parcels, this.web, this.inside, this.chance) = (map.Parcels, web, inside, chance);
        var own = parcels.Where(parcel => inside[parcel.Id]).ToList();
        (people, area) = (own.Sum(parcel => parcel.People), own.Sum(parcel => parcel.Area));
        Town = new Grid(1, Kinds.Community, [.. own.Select(parcel => parcel.Id)]);
    }

    public Grid Town { get; }

    /// <summary>Lays out all levels.</summary>
    public void Divide()
    {
        var marks = MarkLandmarks();
        var seats = Settlements.Seats;
        var communities = DivideTown(marks, seats);
        var cooperatives = DivideCommunities(communities, marks);
        DivideCooperatives(cooperatives, marks);
        var zones = Town.AllOf(3).ToList();
        var open = zones.Where(zone => zone.Kind != Kinds.Special).ToList();
        var few = zones.Except(open).ToDictionary(zone => zone, zone => Math.Clamp((int)(Hectares(zone.Parcels) / 22), 1, Math.Min(5, zone.Parcels.Count)));
        var counts = Shares.Of(
            MicroGridCount - few.Values.Sum(), [.. open.Select(zone => Math.Sqrt(Weigh(zone.Parcels, 0.55)))], 1,
            i => Math.Clamp(open[i].Parcels.Count / 2, 1, 15));
        for (var i = 0; i < open.Count; i++)
            new ZoneDivision(open[i], parcels, web, chance.Fork($"zone {i}")).Divide(counts[i]);
        foreach (var (zone, count) in few)
            new ZoneDivision(zone, parcels, web, chance.Fork(zone.ProperName!)).Divide(count);
    }

    private double Hectares(IEnumerable<int> ids) => ids.Sum(id => parcels[id].Area) / 10_000;

    /// <summary>A share of the territory, by people and by area.</summary>
    private double Weigh(Parcel parcel, double byPeople) => byPeople * parcel.People / people + (1 - byPeople) * parcel.Area / area;

    private double Weigh(IEnumerable<int> ids, double byPeople) => ids.Sum(id => Weigh(parcels[id], byPeople));

    private List<(Landmark Landmark, List<int> Parcels, List<int> Ring)> MarkLandmarks()
    {
        var taken = new HashSet<int>();
        var marks = new List<(Landmark, List<int>, List<int>)>();
        foreach (var landmark in Landmark.Zones)
        {
            var core = landmark.Gather(parcels, web, id => inside[id] && !taken.Contains(id));
            taken.UnionWith(core);
            var ring = new List<int>();
            if (landmark.Enclosed)
                ring = [.. core.SelectMany(web.From).Select(way => way.To).Where(id => inside[id] && taken.Add(id))];
            marks.Add((landmark, core, ring));
        }

        return marks;
    }

    private List<Grid> DivideTown(List<(Landmark Landmark, List<int> Parcels, List<int> Ring)> marks, IReadOnlyList<Seat> seats)
    {
        var glued = marks.Select(mark => mark.Parcels.Concat(mark.Ring).ToList()).ToList();
        var park = seats.Single(seat => seat.CommitteeClass == 4);
        var known = glued.SelectMany(group => group).ToHashSet();
        glued.Add([.. Town.Parcels.Where(id => !known.Contains(id) && parcels[id].Use == Use.Industry && parcels[id].Middle.Distance(park.Place) < 1500)]);
        var cluster = new Cluster(Grouped(Town.Parcels, KeepConnected(glued)), web, parcels, parcel => Weigh(parcel, 0.5));
        var places = seats.Select(seat => Enumerable.Range(0, cluster.Count).MinBy(node =>
            cluster.Groups[node].Min(id => parcels[id].Middle.Distance(seat.Place)))).ToList();
        var targets = seats.Select(seat => seat.CommitteeClass switch { 0 => 1.15, 2 => chance.Range(0.8, 1.3), _ => 0.55 }).ToArray();
        var label = new Division(cluster, chance.Fork("communities")).Divide(places, targets);
        for (var i = 0; i < seats.Count; i++)
        {
            var kind = seats[i].CommitteeClass switch { 0 => Kinds.Community, 2 => Kinds.Village, _ => Kinds.Enterprise };
            Town.Children.Add(new Grid(2, kind, Members(cluster, label, i)) { ProperName = seats[i].Name });
        }

        return Town.Children;
    }

    private List<(Grid Community, List<int> Parcels)> DivideCommunities(List<Grid> communities, List<(Landmark Landmark, List<int> Parcels, List<int> Ring)> marks)
    {
        var counts = Shares.Of(CooperativeCount, [.. communities.Select(community => Weigh(community.Parcels, 0.6))], 3, _ => 7);
        var cooperatives = new List<(Grid, List<int>)>();
        for (var i = 0; i < communities.Count; i++)
        {
            var own = communities[i].Parcels.ToHashSet();
            var glued = marks.Select(mark => mark.Parcels.Concat(mark.Ring).Where(own.Contains).ToList()).Where(group => group.Count > 0);
            var cluster = new Cluster(Grouped(communities[i].Parcels, glued), web, parcels, parcel => Weigh(parcel, 0.5));
            var targets = Enumerable.Range(0, counts[i]).Select(_ => chance.Range(0.7, 1.5)).ToArray();
            var label = new Division(cluster, chance.Fork($"co-operatives {i}")).Divide(null, targets);
            for (var part = 0; part < counts[i]; part++)
                cooperatives.Add((communities[i], Members(cluster, label, part)));
        }

        return cooperatives;
    }

    /// <summary>Cuts zones from co-operatives; landmarks are taken out first.</summary>
    private void DivideCooperatives(List<(Grid Community, List<int> Parcels)> cooperatives, List<(Landmark Landmark, List<int> Parcels, List<int> Ring)> marks)
    {
        var parts = new List<(int Cooperative, List<int> Parcels, List<int> Ring)>();
        var carved = 0;
        for (var i = 0; i < cooperatives.Count; i++)
        {
            var (community, own) = cooperatives[i];
            var rest = own.ToHashSet();
            foreach (var (landmark, core, _) in marks.Where(mark => rest.Contains(mark.Parcels[0])))
            {
                rest.ExceptWith(core);
                community.Children.Add(new Grid(3, landmark.Kind, core) { ProperName = landmark.Name, Cooperative = $"{i}" });
                carved++;
            }

            var ring = marks.SelectMany(mark => mark.Ring).Where(rest.Contains).ToList();
            foreach (var part in Pieces([.. own.Where(rest.Contains)]))
                parts.Add((i, part, [.. ring.Where(part.Contains)]));
        }

        var counts = Shares.Of(
            ZoneCount - carved, [.. parts.Select(part => Weigh(part.Parcels, 0.68))], 1, i => Math.Max(1, Math.Min(4, parts[i].Parcels.Count / 12)));
        for (var i = 0; i < parts.Count; i++)
        {
            var (cooperative, own, ring) = parts[i];
            var community = cooperatives[cooperative].Community;
            var cluster = new Cluster(Grouped(own, ring.Count > 0 ? [ring] : []), web, parcels, parcel => Weigh(parcel, 0.68));
            var targets = Enumerable.Range(0, counts[i]).Select(_ => chance.Range(0.85, 1.2)).ToArray();
            var label = new Division(cluster, chance.Fork($"zones {i}")).Divide(null, targets);
            for (var part = 0; part < counts[i]; part++)
                community.Children.Add(new Grid(3, community.Kind, Members(cluster, label, part)) { Cooperative = $"{cooperative}" });
        }
    }

    /// <summary>The connected pieces of a set of parcels.</summary>
    private List<List<int>> Pieces(List<int> ids)
    {
        if (ids.Count == 0)
            return [];
        var cluster = new Cluster(Grouped(ids, []), web, parcels, parcel => parcel.Area);
        return [.. cluster.Components(new int[cluster.Count], 0).Select(part => part.Select(node => cluster.Groups[node][0]).ToList())];
    }

    /// <summary>Of each group, the largest connected piece: a group that is to stay together must be in one piece.</summary>
    private List<List<int>> KeepConnected(List<List<int>> groups) =>
        [.. groups.Where(group => group.Count > 0).Select(group => Pieces(group).MaxBy(piece => piece.Count)!)];

    private static List<IReadOnlyList<int>> Grouped(IEnumerable<int> ids, IEnumerable<IReadOnlyList<int>> glued)
    {
        var groups = glued.ToList();
        var known = groups.SelectMany(group => group).ToHashSet();
        return [.. groups, .. ids.Where(id => !known.Contains(id)).Select(IReadOnlyList<int> (id) => [id])];
    }

    private static List<int> Members(Cluster cluster, int[] label, int part) =>
        [.. Enumerable.Range(0, cluster.Count).Where(node => label[node] == part).SelectMany(node => cluster.Groups[node]).Order()];
}
