using System.Text.Json;
using GridMap.Api.Grids;

namespace GridMap.Api.Plans;

/// <summary>A draft of the next generation.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">For people.</param>
/// <param name="State">draft, published or abandoned.</param>
/// <param name="Version">Send it in If-Match with every write.</param>
/// <param name="BaseGeneration">The generation that it departs from.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="PublishedAs">The generation that it became.</param>
/// <param name="Grids">Grids that differ from the base.</param>
/// <param name="Defects">All defects.</param>
/// <param name="BlockingDefects">Those that keep it from being published.</param>
public sealed record PlanItem(
    long Id, string Name, string State, int Version, int? BaseGeneration, DateTimeOffset CreatedAt, string CreatedBy, int? PublishedAs,
    int Grids, int Defects, int BlockingDefects);

/// <summary>A plan with its edits.</summary>
public sealed record PlanDetail(PlanItem Plan, IReadOnlyList<PlanEditItem> Edits);

/// <summary>One edit with what it was asked for and what it did.</summary>
public sealed record PlanEditItem(int Ordinal, string Kind, JsonElement Parameters, JsonElement Result, DateTimeOffset CreatedAt, string CreatedBy);

/// <summary>A defect with its place.</summary>
/// <param name="Ordinal">Its number in the plan.</param>
/// <param name="Kind">overlap, child_outside_parent, duplicate_code, invalid_ring, unmatched_vertex, sliver, gap, part_apart, nobody_responsible, households_out_of_range.</param>
/// <param name="Level">The level on which it is; null for none in particular.</param>
/// <param name="Blocks">Whether it keeps the plan from being published.</param>
/// <param name="Codes">The grids concerned.</param>
/// <param name="Measure">How much; null where nothing is to be measured.</param>
/// <param name="Unit">squareMetres, metres or count.</param>
/// <param name="Place">A point in or on it; null when it has no place.</param>
/// <param name="Bbox">[west, south, east, north]; null when it has no place.</param>
public sealed record PlanDefectItem(
    int Ordinal, string Kind, int? Level, bool Blocks, IReadOnlyList<string> Codes, double? Measure, string? Unit, Position? Place, double[]? Bbox);

/// <summary>A grid of a plan's difference from its base.</summary>
public sealed record PlanGridItem(
    long Id, bool Removed, string Code, string Name, int Level, string Kind, double AreaSquareMetres, double[] Bbox);

/// <summary>The generation that a plan became.</summary>
public sealed record PublishReceipt(int Generation);
