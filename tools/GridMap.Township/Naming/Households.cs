using GridMap.Township.Chance;
using GridMap.Township.Grouping;
using GridMap.Township.Parcels;

namespace GridMap.Township.Naming;

/// <summary>
/// Households of the micro-grids. Zones are meant to hold 300 to 500; a few villages lie outside of it, as they do, and a park or a
/// reservoir has next to none.
/// </summary>
internal static class Households
{
    public static void Count(Grid town, IReadOnlyList<Parcel> parcels, Seeded chance)
    {
        var zones = town.AllOf(3).ToList();
        var people = zones.ToDictionary(zone => zone, zone => zone.Parcels.Sum(id => parcels[id].People));
        var lived = zones.Where(zone => zone.Kind is Kinds.Village or Kinds.Community).ToList();
        var mean = lived.Average(zone => people[zone]);
        foreach (var zone in zones)
        {
            var off = people[zone] / mean - 1;
            var wanted = zone.Kind switch
            {
                Kinds.Special => 0,
                Kinds.Enterprise => 40 + (int)(90 * chance.Unit()),
                _ => Math.Clamp(398 + 104 * off / (0.35 + Math.Abs(off)) + chance.Around(28), 301, 499),
            };
            if (zone.Kind == Kinds.Village && chance.Happens(0.05))
                wanted = chance.Happens(0.5) ? chance.Between(231, 292) : chance.Between(508, 561);
            ShareOut(zone, wanted, parcels, chance);
        }

        foreach (var community in town.Children)
            community.Households = community.Children.Sum(zone => zone.Households);
        town.Households = town.Children.Sum(community => community.Households);
    }

    private static void ShareOut(Grid zone, double wanted, IReadOnlyList<Parcel> parcels, Seeded chance)
    {
        var weights = zone.Children.Select(micro => micro.ProperName is not null
            ? 0
            : (micro.Parcels.Sum(id => parcels[id].People) + 400) * chance.Range(0.75, 1.25)).ToList();
        var total = weights.Sum();
        double carried = 0;
        for (var i = 0; i < weights.Count; i++)
        {
            carried += total == 0 ? 0 : wanted * weights[i] / total;
            zone.Children[i].Households = (int)Math.Round(carried);
            carried -= zone.Children[i].Households;
        }

        zone.Households = zone.Children.Sum(micro => micro.Households);
    }
}
