using NetTopologySuite.Geometries;

namespace GridMap.Api.Imports.Drafting;

/// <summary>A grid as an import brings it, before it has an identity. Immutable.</summary>
/// <param name="Level">1 (outermost) to N.</param>
/// <param name="Code">Its code; null when one is to be made.</param>
/// <param name="Name">Null when the source tells none.</param>
/// <param name="Kind">village, community, enterprise or special; null when the source tells none.</param>
/// <param name="ParentCode">Null when the parent is to be found by place.</param>
/// <param name="Geometry">Polygons in degrees on WGS84, as they came; null for a grid that is dissolved from its children.</param>
/// <param name="Source">Where it came from, for messages.</param>
internal sealed record GridDraft(
    int Level, string? Code, string? Name, string? Kind, string? ParentCode, Geometry? Geometry, string Source)
{
    /// <summary>The number of households, if the source tells it.</summary>
    public int? Households { get; init; }

    /// <summary>Further attributes, a JSON object; null keeps those that the grid has.</summary>
    public string? Attributes { get; init; }
}
