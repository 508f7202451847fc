namespace GridMap.Core.Editing;

/// <summary>
/// What becomes of household counts when ground changes hands: without the households' places they go by area, marked as an estimate, and their
/// sum stays. Counts stand on grids without children; a parent's is the sum of its children's. Immutable.
/// </summary>
internal sealed class HouseholdShares
{
    private readonly Dictionary<long, (int Count, bool IsEstimate)> gains = [];

    public static HouseholdShares Of(PlanState before, GroundFlows flows)
    {
        var shares = new HouseholdShares();
        foreach (var giver in flows.Givers.Order())
        {
            if (before.Find(giver) is not { } grid || before.HasChildren(giver) || GridAttributes.HouseholdsOf(grid.Attributes) is not { } households)
                continue;
            var left = 1.0;
            var given = 0;
            var isWhole = false;
            foreach (var (to, share) in flows.From(giver))
            {
                // Rounded along the running sum, so that the parts make the whole.
                left -= share;
                isWhole = share > 1 - 1e-12;
                var count = isWhole ? households : (int)Math.Round(households * (1 - Math.Max(0, left)), MidpointRounding.AwayFromZero) - given;
                given += count;
                shares.Add(to, count, !isWhole);
            }
            shares.Add(giver, -given, !isWhole);
        }
        return shares;
    }

    /// <summary>The grid with its count brought up to date.</summary>
    public PlannedGrid Give(PlannedGrid grid) => !gains.TryGetValue(grid.Id, out var gain)
        ? grid
        : grid with
        {
            Attributes = GridAttributes.WithHouseholds(
                grid.Attributes, (GridAttributes.HouseholdsOf(grid.Attributes) ?? 0) + gain.Count, gain.IsEstimate),
        };

    private void Add(long grid, int count, bool isEstimate)
    {
        var gain = gains.GetValueOrDefault(grid);
        gains[grid] = (gain.Count + count, gain.IsEstimate || isEstimate);
    }
}
