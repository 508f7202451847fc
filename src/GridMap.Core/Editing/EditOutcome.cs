using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>What becomes of an edit: an <see cref="EditResult"/> or an <see cref="EditRefusal"/>.</summary>
public abstract record EditOutcome;

/// <summary>An edit that was done. Immutable.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Changes">Every grid that differs, by identity.</param>
/// <param name="OuterNodes">Vertices that the edit put on a border with nothing behind it, and what each moved.</param>
/// <param name="Lineage">Which grids the ground of a grid that was divided or given up went to.</param>
public sealed record EditResult(
    PlanState State, IReadOnlyList<GridChange> Changes, IReadOnlyList<OuterNode> OuterNodes, IReadOnlyList<LineageShare> Lineage) : EditOutcome
{
    /// <summary>How well a <see cref="DivideEdit"/> balanced its parts; null for other edits.</summary>
    public Division? Division { get; init; }
}

/// <summary>What a <see cref="DivideEdit"/> came to. Immutable.</summary>
/// <param name="Parts">By part: the grid that it became and its weight.</param>
/// <param name="Spread">The heaviest part less the lightest, over the mean.</param>
/// <param name="NewBorderMetres">Length of the borders between the parts.</param>
/// <param name="OnGivenLines">The share of it that runs along the lines that were given, 0 to 1.</param>
public sealed record Division(IReadOnlyList<(long Grid, double Weight)> Parts, double Spread, double NewBorderMetres, double OnGivenLines);

/// <summary>An edit that was not done. Immutable.</summary>
/// <param name="Code">A stable word for the reason, in snake case.</param>
/// <param name="Reason">For people, with what to do.</param>
/// <param name="Place">Where it failed: degrees, lon lat, SRID 4490; null when it has no place.</param>
/// <param name="Grids">Codes of the grids concerned.</param>
public sealed record EditRefusal(string Code, string Reason, Geometry? Place = null, IReadOnlyList<string>? Grids = null) : EditOutcome;

/// <summary>
/// A vertex that an edit put on a border that bounds a level towards nothing. A vertex lies on the lattice and the border need not, so the
/// level's area changes by what is listed here, and by nothing else. An immutable value.
/// </summary>
/// <param name="Level">The level whose outer border it is.</param>
/// <param name="Point">The vertex.</param>
/// <param name="DoubledArea">Twice the area that the level gained by it, in square lattice units.</param>
public readonly record struct OuterNode(int Level, LatticePoint Point, Int128 DoubledArea);

/// <summary>A share of a grid's ground that went to another grid of its level. An immutable value.</summary>
/// <param name="FromId">Whose ground it was.</param>
/// <param name="ToId">Whose it is.</param>
/// <param name="Share">The part of the former's area, over 0 up to 1.</param>
public readonly record struct LineageShare(long FromId, long ToId, double Share);

/// <summary>Leaves an operation with a refusal; caught where operations are begun and nowhere else.</summary>
internal sealed class EditRefusedException(EditRefusal refusal) : Exception(refusal.Reason)
{
    public EditRefusal Refusal { get; } = refusal;
}
