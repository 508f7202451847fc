using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>What a build can put right by itself.</summary>
public enum RepairKind
{
    /// <summary>An outline that was not valid was replaced by the area that it bounds.</summary>
    RingFixed,

    /// <summary>An outline that crossed or touched itself was cut up into valid ones.</summary>
    SelfIntersection,

    /// <summary>A shell ran clockwise or a hole counter-clockwise.</summary>
    RingOrder,

    /// <summary>Consecutive points were equal, or became equal on the lattice.</summary>
    DuplicatePoints,

    /// <summary>A place in no grid, narrower than the tolerance, was given to a neighbour.</summary>
    GapClosed,

    /// <summary>A place in several grids of a level, narrower than the tolerance, was given to one of them or a neighbour.</summary>
    OverlapResolved,

    /// <summary>A part of a grid too small or narrow to be meant was given to a neighbour.</summary>
    SliverAbsorbed,

    /// <summary>A place where a grid reached beyond its parent, narrower than the tolerance, was given to a neighbour.</summary>
    ChildClipped,
}

/// <summary>The names of <see cref="RepairKind"/> on the wire.</summary>
public static class RepairKinds
{
    private static readonly string[] WireNames =
    [
        "ring_fixed", "self_intersection", "ring_order", "duplicate_points",
        "gap_closed", "overlap_resolved", "sliver_absorbed", "child_clipped",
    ];

    /// <summary>The kind's stable name, in snake case.</summary>
    public static string ToWireName(this RepairKind kind) => WireNames[(int)kind];
}

/// <summary>Something that a build put right, and where. Immutable as long as nobody writes into <see cref="Geometry"/>.</summary>
/// <param name="Kind">What was put right.</param>
/// <param name="Grids">The grids concerned; the one that received the place first.</param>
/// <param name="Geometry">Where: degrees, lon lat, SRID 4490.</param>
/// <param name="SquareMetres">The area that changed hands; 0 where only the points of an outline changed.</param>
/// <param name="WidthMetres">Its mean width: twice the area by the perimeter; 0 where nothing changed hands.</param>
public sealed record Repair(
    RepairKind Kind, IReadOnlyList<CoverageGrid> Grids, Geometry Geometry, double SquareMetres, double WidthMetres);
