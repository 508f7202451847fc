namespace GridMap.Core.Coverages;

/// <summary>What can be wrong with a coverage.</summary>
public enum DefectKind
{
    /// <summary>Several grids of a level claim the same place. Blocks publishing.</summary>
    Overlap,

    /// <summary>A grid reaches beyond its parent, or has no parent on the next outer level. Blocks publishing.</summary>
    ChildOutsideParent,

    /// <summary>Several grids have the same code. Blocks publishing.</summary>
    DuplicateCode,

    /// <summary>An outline that bounds nothing, or cannot be read as one. Blocks publishing.</summary>
    InvalidRing,

    /// <summary>Borders that cross, or touch where only one of them has a vertex. Blocks publishing.</summary>
    UnmatchedVertex,

    /// <summary>A part of a grid that is smaller or narrower than anybody could mean. Blocks publishing.</summary>
    Sliver,

    /// <summary>A place surrounded by grids of a level and in none of them.</summary>
    Gap,

    /// <summary>A grid in several parts.</summary>
    PartApart,

    /// <summary>A grid that nobody answers for; found by whoever knows the duties.</summary>
    NobodyResponsible,

    /// <summary>A grid with too few or too many households; found by whoever knows them.</summary>
    HouseholdsOutOfRange,
}

/// <summary>The names of <see cref="DefectKind"/> on the wire.</summary>
public static class DefectKinds
{
    private static readonly string[] WireNames =
    [
        "overlap", "child_outside_parent", "duplicate_code", "invalid_ring", "unmatched_vertex",
        "sliver", "gap", "part_apart", "nobody_responsible", "households_out_of_range",
    ];

    /// <summary>The kind's stable name, in snake case.</summary>
    public static string ToWireName(this DefectKind kind) => WireNames[(int)kind];

    /// <summary>Takes a stable name for a kind.</summary>
    public static bool TryParse(string? wireName, out DefectKind kind)
    {
        var index = Array.IndexOf(WireNames, wireName);
        kind = (DefectKind)Math.Max(0, index);
        return index >= 0;
    }
}
