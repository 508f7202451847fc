using System.Collections.Immutable;

namespace GridMap.Core.Coverages;

/// <summary>What counts as a defect and which defects block publishing. Immutable and thread safe.</summary>
public sealed record DefectRules
{
    private static readonly ImmutableHashSet<DefectKind> AlwaysBlocking =
    [
        DefectKind.Overlap, DefectKind.ChildOutsideParent, DefectKind.DuplicateCode,
        DefectKind.InvalidRing, DefectKind.UnmatchedVertex, DefectKind.Sliver,
    ];

    /// <summary>The rules where no setting says otherwise.</summary>
    public static DefectRules Default { get; } = new();

    /// <summary>A part of a grid with less area than this, in m², is a sliver.</summary>
    public double SliverSquareMetres { get; init; } = 1;

    /// <summary>A part of a grid whose mean width (twice its area by its perimeter) is less than this, in metres, is a sliver.</summary>
    public double SliverWidthMetres { get; init; } = 0.10;

    /// <summary>Kinds that block beyond those that always do.</summary>
    public ImmutableHashSet<DefectKind> AlsoBlocking { get; init; } = [];

    /// <summary>Levels on which a grid must be in one part, so that a part apart blocks.</summary>
    public ImmutableHashSet<int> SinglePartLevels { get; init; } = [];

    /// <summary>True when a defect of this kind blocks publishing.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="level">The level of the grids concerned, if there is one.</param>
    public bool Blocks(DefectKind kind, int? level = null) =>
        AlwaysBlocking.Contains(kind) || AlsoBlocking.Contains(kind)
        || (kind == DefectKind.PartApart && level is { } at && SinglePartLevels.Contains(at));

    /// <summary>True for a face or part that is a sliver.</summary>
    public bool IsSliver(double squareMetres, double widthMetres) =>
        squareMetres < SliverSquareMetres || widthMetres < SliverWidthMetres;
}
