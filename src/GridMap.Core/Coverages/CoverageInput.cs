using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>A grid to build a coverage with. Immutable as long as nobody writes into <paramref name="Geometry"/>.</summary>
/// <param name="Id">The grid's identity, unique among the inputs.</param>
/// <param name="Code">The grid's code.</param>
/// <param name="Level">1 (outermost) to <see cref="CoverageGrid.MaxLevel"/>.</param>
/// <param name="ParentId">Identity of its parent on the next outer level; null on level 1.</param>
/// <param name="Geometry">
/// Polygons in degrees on WGS84, lon lat: off the lattice, overlapping, self-intersecting or wrongly turned as they may come. Null for a
/// grid that is dissolved: the union of its children.
/// </param>
public sealed record CoverageInput(long Id, string Code, int Level, long? ParentId, Geometry? Geometry);

/// <summary>How a coverage is built. Immutable and thread safe.</summary>
/// <param name="ToleranceMetres">Gaps, overlaps and overhangs narrower than this are closed; 0 closes none.</param>
/// <param name="Rules">What is a sliver, and which defects block.</param>
public sealed record CoverageOptions(double ToleranceMetres, DefectRules Rules)
{
    /// <summary>No tolerance, the default rules.</summary>
    public static CoverageOptions Exact { get; } = new(0, DefectRules.Default);
}

/// <summary>How far a build has got. An immutable value.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Share">Done of the whole build, 0 to 1.</param>
public readonly record struct CoverageProgress(CoverageStage Stage, double Share);

/// <summary>The stages of a build, in order.</summary>
public enum CoverageStage
{
    /// <summary>Outlines are checked and put on the lattice.</summary>
    Entering,

    /// <summary>Borders are cut where they meet.</summary>
    Noding,

    /// <summary>Faces are traced and labelled.</summary>
    Tracing,

    /// <summary>Narrow gaps and overlaps are closed.</summary>
    Repairing,

    /// <summary>Defects are looked for.</summary>
    Validating,
}
