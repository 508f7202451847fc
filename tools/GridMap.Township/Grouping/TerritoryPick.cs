using GridMap.Township.Landscape;
using GridMap.Township.Parcels;

namespace GridMap.Township.Grouping;

/// <summary>
/// Which parcels make the territory: those about the outline, with whole blocks preferred, so that the border follows roads and
/// water where it can; one piece without holes.
/// </summary>
internal static class TerritoryPick
{
    public static bool[] Choose(ParcelMap map, Web web, Outline outline)
    {
        var inside = Wanted(map, outline);
        for (var pass = 0; pass < 14; pass++)
            Smooth(map, web, inside);
        var largest = Components(map, web, inside, true).MaxBy(part => part.Sum(parcel => map.Parcels[parcel].Area))!;
        Array.Fill(inside, false);
        foreach (var parcel in largest)
            inside[parcel] = true;
        // What the territory surrounds belongs to it: only the largest outer part stays outside.
        var outer = Components(map, web, inside, false).OrderByDescending(part => part.Count).Skip(1);
        foreach (var parcel in outer.SelectMany(part => part))
            inside[parcel] = true;
        return inside;
    }

    private static bool[] Wanted(ParcelMap map, Outline outline)
    {
        var share = new Dictionary<int, (double In, double All)>();
        foreach (var parcel in map.Parcels)
        {
            var (within, all) = share.GetValueOrDefault(parcel.Block);
            share[parcel.Block] = (within + (outline.Depth(parcel.Middle) > 0 ? parcel.Area : 0), all + parcel.Area);
        }

        return [.. map.Parcels.Select(parcel =>
        {
            // A river's block is a strip as long as the river: its share says nothing.
            var (within, all) = parcel.Use == Use.River ? (1, 2) : share[parcel.Block];
            return outline.Depth(parcel.Middle) / 260 + 2.4 * (within / all - 0.5) > 0;
        })];
    }

    private static void Smooth(ParcelMap map, Web web, bool[] inside)
    {
        foreach (var parcel in map.Parcels)
        {
            double all = 0, other = 0;
            foreach (var way in web.From(parcel.Id))
            {
                all += way.Border;
                if (inside[way.To] != inside[parcel.Id])
                    other += way.Border;
            }

            if (other > 0.54 * all)
                inside[parcel.Id] = !inside[parcel.Id];
        }
    }

    private static List<List<int>> Components(ParcelMap map, Web web, bool[] inside, bool wanted)
    {
        var seen = new bool[inside.Length];
        var parts = new List<List<int>>();
        foreach (var start in map.Parcels)
        {
            if (inside[start.Id] != wanted || seen[start.Id])
                continue;
            var part = new List<int> { start.Id };
            seen[start.Id] = true;
            for (var i = 0; i < part.Count; i++)
            {
                foreach (var way in web.From(part[i]))
                {
                    if (inside[way.To] == wanted && !seen[way.To])
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
}
