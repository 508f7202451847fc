using System.Text.Json.Nodes;

namespace GridMap.Core.Editing;

/// <summary>Changes what a grid is called and what is known of it, not its ground.</summary>
/// <param name="Grid">The grid.</param>
/// <param name="Code">Another code; null leaves it. The old one is never given to another grid.</param>
/// <param name="Name">Another name; null leaves it.</param>
/// <param name="GridKind">Another kind; null leaves it.</param>
/// <param name="Attributes">Fields to put in, with null to take out; households are one of them.</param>
public sealed record UpdateEdit(
    long Grid, string? Code, string? Name, string? GridKind, IReadOnlyDictionary<string, JsonNode?> Attributes) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "update";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var grid = Require(state, Grid);
        if (state.Locks.Contains(grid.Id))
            throw Refuse("locked", $"{grid.Code} {grid.Name}: locked; unlock it first.", null, grid);
        Codes.RequireFree(state, context, Code, grid.Code);
        // A count that somebody enters is no estimate.
        var fields = Attributes.ContainsKey(GridAttributes.Households)
            ? Attributes.Append(new(GridAttributes.HouseholdsEstimated, null)).DistinctBy(field => field.Key).ToDictionary()
            : Attributes;
        var after = grid with
        {
            Code = Code ?? grid.Code,
            Name = Name ?? grid.Name,
            Kind = GridKind ?? grid.Kind,
            Attributes = fields.Count > 0 ? GridAttributes.With(grid.Attributes, fields) : grid.Attributes,
        };
        if (after == grid)
            throw Refuse("nothing_changes", $"{grid.Code} is so already.", null, grid);
        GridChange[] changes = [new GridChange(grid, after, GridChangeKind.Updated)];
        return new EditResult(state.With(changes), changes, [], []);
    }
}
