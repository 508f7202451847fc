using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Plans;

/// <summary>A plan with its first edit, as it is stored.</summary>
/// <param name="Name">For people.</param>
/// <param name="BaseGeneration">The generation that it departs from; null before the first.</param>
/// <param name="EditKind">The edit's word, such as import.</param>
/// <param name="ParametersJson">What the edit was asked for.</param>
/// <param name="ResultJson">What it did.</param>
/// <param name="Grids">The difference from the base only.</param>
/// <param name="Defects">Of the whole resulting state.</param>
public sealed record PlanDraft(
    string Name, int? BaseGeneration, string EditKind, string ParametersJson, string ResultJson,
    IReadOnlyList<PlanGrid> Grids, IReadOnlyList<PlanDefect> Defects)
{
    /// <summary>The rules by which the whole resulting state was found to have no blocking defect; null: it was not, or was not looked at.</summary>
    public DefectRules? ValidatedBy { get; init; }
}

/// <summary>A grid of a plan's state.</summary>
/// <param name="GridId">Its identity, for life.</param>
/// <param name="Removed">True for a grid of the base that the plan has no more; the rest is as it was.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Level">1 is outermost.</param>
/// <param name="Kind">village, community, enterprise or special.</param>
/// <param name="ParentId">Null on level 1.</param>
/// <param name="Geometry">Canonical, on the lattice.</param>
/// <param name="AreaSquareMetres">On the ellipsoid.</param>
/// <param name="AttributesJson">A JSON object.</param>
public sealed record PlanGrid(
    long GridId, bool Removed, string Code, string Name, int Level, string Kind, long? ParentId, MultiPolygon Geometry,
    double AreaSquareMetres, string AttributesJson)
{
    /// <summary>True when it differs from the base by vertices more on borders that run as before, and by nothing else.</summary>
    public bool ReNoded { get; init; }

    /// <summary>A grid as an edit made it, as it is stored.</summary>
    public static PlanGrid Of(PlannedGrid grid) => new(
        grid.Id, Removed: false, grid.Code, grid.Name, grid.Level, grid.Kind, grid.ParentId, grid.Polygon, EllipsoidalArea.SquareMetres(grid.Polygon), grid.Attributes);

    /// <summary>The same for edits.</summary>
    public PlannedGrid ToPlanned() => new(GridId, Code, Name, Level, Kind, ParentId, Geometry, AttributesJson);
}

/// <summary>What is wrong with a plan's state, and where.</summary>
/// <param name="Kind">The defect's wire name.</param>
/// <param name="Level">The level on which it is; null for none in particular.</param>
/// <param name="Blocks">Whether it blocks publishing.</param>
/// <param name="Codes">The grids concerned.</param>
/// <param name="Geometry">Where.</param>
/// <param name="Measure">How much, in <paramref name="Unit"/>; null where nothing is to be measured.</param>
/// <param name="Unit">squareMetres, metres or count.</param>
public sealed record PlanDefect(
    string Kind, int? Level, bool Blocks, IReadOnlyList<string> Codes, Geometry Geometry, double? Measure, string? Unit)
{
    /// <summary>What Core found, as it is stored.</summary>
    public static PlanDefect Of(Defect defect) => new(
        defect.Kind.ToWireName(), defect.Level, defect.Blocks, [.. defect.Grids.Select(grid => grid.Code)], defect.Geometry,
        defect.Measure?.Value, defect.Measure is { } measure ? UnitOf(measure.Unit) : null);

    private static string UnitOf(MeasureUnit unit) => unit switch
    {
        MeasureUnit.SquareMetres => "squareMetres",
        MeasureUnit.Metres => "metres",
        _ => "count",
    };
}
