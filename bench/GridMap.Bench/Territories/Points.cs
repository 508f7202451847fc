using GridMap.Core.Coordinates;

namespace GridMap.Bench.Territories;

/// <summary>Points to ask about, by seed.</summary>
public static class Points
{
    /// <summary>Anywhere in the territory, as GPS gives them: not on the lattice.</summary>
    public static LonLat[] Anywhere(TerritoryPlan plan, int count, int seed = 1)
    {
        var random = new Random(seed);
        var points = new LonLat[count];
        for (var i = 0; i < count; i++)
            points[i] = new LonLat(plan.Lon + plan.Degrees * random.NextDouble(), plan.Lat + plan.Degrees * random.NextDouble());
        return points;
    }
}
