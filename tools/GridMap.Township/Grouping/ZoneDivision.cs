using GridMap.Township.Chance;
using GridMap.Township.Landscape;
using GridMap.Township.Parcels;

namespace GridMap.Township.Grouping;

/// <summary>Cuts one zone into micro-grids. A works or a school gets one of its own where taking it out leaves the rest in one piece.</summary>
internal sealed class ZoneDivision(Grid zone, IReadOnlyList<Parcel> parcels, Web web, Seeded chance)
{
    public void Divide(int count)
    {
        var rest = zone.Parcels.ToList();
        if (zone.Kind is not Kinds.Special && count >= 5)
            Carve(rest, ref count);
        var cluster = new Cluster([.. rest.Select(IReadOnlyList<int> (id) => [id])], web, parcels, Weigh);
        var targets = Enumerable.Range(0, count).Select(_ => chance.Range(0.6, 1.5)).ToArray();
        var label = new Division(cluster, chance.Fork("micro-grids")).Divide(null, targets);
        for (var part = 0; part < count; part++)
        {
            var own = Enumerable.Range(0, cluster.Count).Where(node => label[node] == part).Select(node => rest[node]).ToList();
            zone.Children.Add(new Grid(4, KindOf(own), own));
        }
    }

    private static double Weigh(Parcel parcel) => parcel.People / 5500 + parcel.Area / 45_000;

    private string KindOf(List<int> own)
    {
        if (zone.Kind == Kinds.Special)
            return Kinds.Special;
        var works = own.Where(id => parcels[id].Use == Use.Industry).Sum(id => parcels[id].Area);
        return works > 0.55 * own.Sum(id => parcels[id].Area) ? Kinds.Enterprise : zone.Kind == Kinds.Enterprise ? Kinds.Village : zone.Kind;
    }

    private void Carve(List<int> rest, ref int count)
    {
        if (chance.Happens(0.55))
            Take(rest, parcel => parcel.Use is Use.Town or Use.Village && parcel.Area is > 6500 and < 22000, Kinds.Special, ref count);
        if (chance.Happens(0.6))
            Take(rest, parcel => parcel.Use == Use.Industry && parcel.Area > 12000, Kinds.Enterprise, ref count);
    }

    private void Take(List<int> rest, Func<Parcel, bool> fits, string kind, ref int count)
    {
        var candidates = rest.Where(id => fits(parcels[id])).ToList();
        if (candidates.Count == 0)
            return;
        var chosen = chance.Pick(candidates);
        var without = rest.Where(id => id != chosen).ToList();
        var cluster = new Cluster([.. without.Select(IReadOnlyList<int> (id) => [id])], web, parcels, parcel => parcel.Area);
        if (cluster.Components(new int[cluster.Count], 0).Count != 1)
            return;
        rest.Remove(chosen);
        zone.Children.Add(new Grid(4, kind, [chosen]) { ProperName = "" });
        count--;
    }
}
