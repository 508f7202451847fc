using GridMap.Core.Editing;

namespace GridMap.Api.Plans.Edits;

/// <summary>A plan as one process knows it at one version. Immutable.</summary>
/// <param name="Version">The plan's version.</param>
/// <param name="State">Its grids.</param>
/// <param name="Defects">What is wrong with it.</param>
internal sealed record PlanSession(int Version, PlanState State, DefectLedger Defects);
