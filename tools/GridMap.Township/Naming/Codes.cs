using GridMap.Township.Grouping;
using GridMap.Township.Landscape;

namespace GridMap.Township.Naming;

/// <summary>
/// Codes by layout: 9 digits town (county 6 + township 3), 12 community, 15 zone, 18 micro-grid. Each code begins with its parent's.
/// Sequences run from west to east in bands from north to south.
/// </summary>
internal static class Codes
{
    /// <summary>A township number that no town of that county bears.</summary>
    public const string Town = "440605199";

    public static void Give(Grid town)
    {
        town.Code = Town;
        var sequence = new Dictionary<int, int>();
        foreach (var community in town.Children)
        {
            var committee = Settlements.Seats.Single(seat => seat.Name == community.ProperName).CommitteeClass;
            sequence[committee] = sequence.GetValueOrDefault(committee) + 1;
            community.Code = $"{Town}{committee}{sequence[committee]:00}";
        }

        town.Children.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
        foreach (var community in town.Children)
        {
            Number(community);
            foreach (var zone in community.Children)
                Number(zone);
        }
    }

    private static void Number(Grid parent)
    {
        var ordered = InBands(parent.Children);
        for (var i = 0; i < ordered.Count; i++)
            ordered[i].Code = $"{parent.Code}{i + 1:000}";
        parent.Children.Clear();
        parent.Children.AddRange(ordered);
    }

    private static List<Grid> InBands(List<Grid> grids)
    {
        var southward = grids.OrderByDescending(grid => grid.Shape.InteriorPoint.Y).ToList();
        var bands = Math.Max(1, (int)Math.Round(Math.Sqrt(grids.Count)));
        var height = (grids.Count + bands - 1) / bands;
        return [.. southward.Chunk(height).SelectMany(band => band.OrderBy(grid => grid.Shape.InteriorPoint.X))];
    }
}
