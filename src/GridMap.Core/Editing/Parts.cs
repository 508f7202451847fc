using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>Makes grids of the parts of one.</summary>
internal static class Parts
{
    /// <summary>Gives each part but the first to a grid of its own.</summary>
    public static EditResult Give(
        PlanState state, PlannedGrid grid, IReadOnlyList<MultiPolygon> parts, IReadOnlyList<BentEdge> bent, CutChildren children, EditContext context)
    {
        var parentCode = grid.ParentId is { } parent ? state.Find(parent)?.Code : null;
        var made = parts.Skip(1).Select((part, i) => (Part: part, Grid: grid with
        {
            Id = context.NextId(),
            Code = context.NextCode(grid.Code, parentCode),
            Name = $"{grid.Name}-{i + 2}",
            Attributes = GridAttributes.WithoutHouseholds(grid.Attributes),
        })).ToList();
        return FaceReplacement.Apply(state, new Replacement
        {
            Level = grid.Level,
            Pieces = [.. made.Select(part => new Piece(part.Part, part.Grid.Id))],
            Facts = [.. made.Select(part => part.Grid)],
            Bent = bent,
            Children = children,
        }, context);
    }
}
