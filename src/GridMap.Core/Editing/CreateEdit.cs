using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>Makes a grid on free ground, clipped to it.</summary>
/// <param name="Level">The new grid's level.</param>
/// <param name="Parent">Its parent; null on level 1.</param>
/// <param name="Area">The drawn ground, on the lattice; null: all of the parent's ground that no child has, for a place without finer division.</param>
/// <param name="Code">Its code; null: the next free one.</param>
/// <param name="Name">What people call it.</param>
/// <param name="GridKind">village, community, enterprise or special.</param>
/// <param name="Attributes">A JSON object.</param>
public sealed record CreateEdit(int Level, long? Parent, MultiPolygon? Area, string? Code, string Name, string GridKind, string Attributes) : PlanEdit
{
    /// <inheritdoc/>
    public override string Kind => "create";

    private protected override EditResult Run(PlanState state, EditContext context)
    {
        var parent = Parent is { } id ? Require(state, id) : null;
        if ((parent?.Level ?? 0) != Level - 1)
            throw Refuse("wrong_parent", Level == 1 ? "A grid of level 1 has no parent." : $"A grid of level {Level} lies in one of level {Level - 1}: name it.");
        if (Area is null && parent is null)
            throw Refuse("no_ground", "Draw the ground of a grid of level 1.");
        Codes.RequireFree(state, context, Code, null);
        var (ground, bent) = Free(state, parent);
        var grid = new PlannedGrid(
            context.NextId(), Code ?? context.NextCode(parent?.Code ?? "grid", parent?.Code), Name, Level, GridKind, Parent,
            MultiPolygon.Empty, Attributes);
        return FaceReplacement.Apply(state, new Replacement
        {
            Level = Level,
            Pieces = [new Piece(ground, grid.Id)],
            Facts = [grid],
            Bent = bent,
        }, context);
    }

    private (MultiPolygon Ground, IReadOnlyList<BentEdge> Bent) Free(PlanState state, PlannedGrid? parent)
    {
        var overlay = new Overlay();
        var within = overlay.Add(Area ?? parent!.Polygon);
        var inParent = parent is null || Area is null ? within : overlay.Add(parent.Polygon);
        var envelope = (Area ?? parent!.Polygon).EnvelopeInternal;
        var taken = state.Near(envelope).Where(grid => grid.Level == Level).Select(grid => overlay.Add(grid.Polygon)).ToList();
        var faces = overlay.Trace();
        var free = faces.All.Where(face => faces.IsIn(face, within) && faces.IsIn(face, inParent) && !taken.Exists(layer => faces.IsIn(face, layer))).ToList();
        return free.Count > 0
            ? (faces.Polygon(free), faces.Bent)
            : throw Refuse("no_free_ground", "There is no free ground there: every place in it belongs to a grid of this level.", Area ?? parent!.Polygon);
    }
}
