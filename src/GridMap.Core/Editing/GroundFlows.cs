namespace GridMap.Core.Editing;

/// <summary>Which grid's ground went to which, level by level, in whole square lattice units. Immutable once made.</summary>
internal sealed class GroundFlows
{
    private readonly Dictionary<(long From, long To), Int128> areas = [];
    private readonly Dictionary<long, Int128> total = []; // By grid that gave: its whole area, cut where the edit cut it.
    private readonly HashSet<long> touched = [];

    /// <summary>Grids that lost ground to others or to none.</summary>
    public IEnumerable<long> Givers => total.Keys;

    public static GroundFlows Of(LocalMap map, Regranting regranting)
    {
        var flows = new GroundFlows();
        var givers = new HashSet<int>();
        foreach (var (face, claims) in regranting.Granted)
        {
            foreach (var (grid, winding) in map.ClaimsOf(face))
            {
                var from = map.Grids[grid];
                if (winding <= 0 || claims[from.Level] == from.Id)
                    continue;
                givers.Add(grid);
                flows.touched.Add(from.Id);
                if (claims[from.Level] is { } to)
                    flows.areas[(from.Id, to)] = flows.areas.GetValueOrDefault((from.Id, to)) + map.Arcs.DoubledAreas[face];
            }
            for (var level = 1; level < claims.Length; level++)
                if (claims[level] is { } id && regranting.Before(face, level) != id)
                    flows.touched.Add(id);
        }
        foreach (var grid in givers)
        {
            Int128 sum = 0;
            for (var face = 1; face < map.PieceOf.Length; face++)
                if (map.IsClaimedBy(face, grid))
                    sum += map.Arcs.DoubledAreas[face];
            flows.total.Add(map.Grids[grid].Id, sum);
        }
        return flows;
    }

    /// <summary>True when a grid gained or lost ground.</summary>
    public bool Touches(long grid) => touched.Contains(grid);

    /// <summary>To whom a grid's ground went, with the share of its area, by identity; what it kept is not among them.</summary>
    public IReadOnlyList<(long To, double Share)> From(long grid) =>
        [.. areas.Where(flow => flow.Key.From == grid).OrderBy(flow => flow.Key.To).Select(flow => (flow.Key.To, (double)flow.Value / (double)total[grid]))];

    /// <summary>Where the ground of grids went that are gone, and where new ones have theirs from.</summary>
    public IReadOnlyList<LineageShare> Lineage(PlanState before, IReadOnlySet<long> removed) =>
        [.. areas.Where(flow => removed.Contains(flow.Key.From) || before.Find(flow.Key.To) is null).OrderBy(flow => flow.Key)
            .Select(flow => new LineageShare(flow.Key.From, flow.Key.To, (double)flow.Value / (double)total[flow.Key.From]))];
}
