using GridMap.Core.Coordinates;
using GridMap.Core.Editing.Dividing;

namespace GridMap.Core.Editing;

/// <summary>
/// Divides a grid into parts of like weight that hang together and are compact, along given lines where it can, and of whole grids of the
/// innermost level where there are any. The largest part keeps identity and code. The same seed gives the same parts, another seed others.
/// </summary>
/// <param name="Grid">The grid.</param>
/// <param name="Parts">How many parts, 2 or more.</param>
/// <param name="Balance">What is to be alike.</param>
/// <param name="Places">What weighs with <see cref="DivideBalance.Places"/>: issues, or households where their places are known.</param>
/// <param name="Along">Lines to follow: roads, rivers.</param>
/// <param name="Seed">Which of the answers.</param>
public sealed record DivideEdit(
    long Grid, int Parts, DivideBalance Balance, IReadOnlyList<LatticePoint> Places, IReadOnlyList<LatticePoint[]> Along, int Seed) : PlanEdit
{
    /// <summary>As many parts at most.</summary>
    public const int MostParts = 200;

    /// <inheritdoc/>
    public override string Kind => "divide";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var grid = Require(state, Grid);
        if (Parts is < 2 or > MostParts)
            throw Refuse("parts_out_of_range", $"Divide into 2 to {MostParts} parts.", null, grid);
        var atoms = Atoms.Of(state, grid, this);
        if (atoms.Count < Parts)
            throw Refuse("too_few_pieces", $"{grid.Code} consists of {atoms.Count} grids of the innermost level, which are not cut: divide into as many parts at most.", null, grid);
        if (atoms.TotalWeight <= 0)
            throw Refuse("nothing_to_balance", Balance == DivideBalance.Households
                ? $"No households are known in {grid.Code}: enter them, or balance by area."
                : $"There is nothing in {grid.Code} to balance by: choose area.", null, grid);
        var zones = new Partitioning(atoms, Parts, Seed).Best();
        // The part with locked grids in it keeps the identity, so that they change nothing.
        var order = Enumerable.Range(0, Parts)
            .OrderByDescending(zone => atoms.Where(zones, zone).Any(atoms.IsLocked)).ThenByDescending(zone => atoms.DoubledAreaOf(zones, zone)).ToList();
        var result = Editing.Parts.Give(state, grid, [.. order.Select(zone => atoms.PolygonOf(zones, zone))], atoms.Faces.Bent, CutChildren.Split, context);
        return result with { Division = DivisionOf(grid, atoms, zones, order, result) };
    }

    private static Division DivisionOf(PlannedGrid grid, Atoms atoms, int[] zones, List<int> order, EditResult result)
    {
        var made = result.Changes.Where(change => change.Kind == GridChangeKind.Added && change.After!.Level == grid.Level).Select(change => change.Id).Order();
        var weights = order.ConvertAll(zone => atoms.Where(zones, zone).Sum(atoms.WeightOf));
        var (length, onLines) = atoms.BordersOf(zones);
        return new Division(
            [.. made.Prepend(grid.Id).Zip(weights)], (weights.Max() - weights.Min()) / weights.Average(), length, length > 0 ? onLines / length : 0);
    }
}

/// <summary>What the parts of a <see cref="DivideEdit"/> are to have alike.</summary>
public enum DivideBalance
{
    /// <summary>Area.</summary>
    Area,

    /// <summary>Households, as the innermost grids have them, evenly over each.</summary>
    Households,

    /// <summary>Given places, each alike.</summary>
    Places,
}
