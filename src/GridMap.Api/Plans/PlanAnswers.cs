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
/// <param name="ScheduledFor">When it is to be published; null: at no time yet.</param>
public sealed record PlanItem(
    long Id, string Name, string State, int Version, int? BaseGeneration, DateTimeOffset CreatedAt, string CreatedBy, int? PublishedAs,
    int Grids, int Defects, int BlockingDefects, DateTimeOffset? ScheduledFor = null);

/// <summary>A new plan.</summary>
/// <param name="Name">For people.</param>
/// <param name="CopyOf">The plan that it starts as a copy of; null starts from the newest generation.</param>
public sealed record PlanBody(string? Name, long? CopyOf = null);

/// <summary>A plan with its edits and locks.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Edits">In their order; those that were taken back come last.</param>
/// <param name="Locks">Codes of the grids that no edit may change.</param>
public sealed record PlanDetail(PlanItem Plan, IReadOnlyList<PlanEditItem> Edits, IReadOnlyList<string> Locks);

/// <summary>One edit with what it was asked for and what it did.</summary>
public sealed record PlanEditItem(
    int Ordinal, string Kind, JsonElement Parameters, JsonElement Result, DateTimeOffset CreatedAt, string CreatedBy, bool Undone);

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

/// <summary>A grid of a plan.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Removed">True for a grid of the base that the plan has no more; only among the changed ones.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Level">1 is outermost.</param>
/// <param name="Kind">village, community, enterprise or special.</param>
/// <param name="Parent">Its parent's code; null on level 1.</param>
/// <param name="AreaSquareMetres">On the ellipsoid.</param>
/// <param name="Bbox">[west, south, east, north].</param>
/// <param name="Changed">True when it differs from the base.</param>
/// <param name="ReNoded">True when it has but vertices more on borders that run as before.</param>
/// <param name="Locked">True when no edit may change it.</param>
/// <param name="Attributes">Its own fields, households among them.</param>
public sealed record PlanGridItem(
    long Id, bool Removed, string Code, string Name, int Level, string Kind, string? Parent, double AreaSquareMetres, double[] Bbox, bool Changed, bool ReNoded, bool Locked,
    JsonElement Attributes);

/// <summary>The generation that a plan became.</summary>
public sealed record PublishReceipt(int Generation);
