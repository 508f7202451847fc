using NetTopologySuite.Geometries;

namespace GridMap.Api.Imports.Placing;

/// <summary>A grid of the state that an import leads to, before its borders are cut where they meet.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Level">1 to N.</param>
/// <param name="Kind">village, community, enterprise or special.</param>
/// <param name="ParentId">Null on level 1, and where no parent was found: a defect.</param>
/// <param name="Geometry">Null: dissolved from its children.</param>
/// <param name="Attributes">A JSON object as text.</param>
/// <param name="IsImported">False for a grid of the base that stays.</param>
internal sealed record PlacedGrid(
    long Id, string Code, string Name, int Level, string Kind, long? ParentId, Geometry? Geometry, string Attributes, bool IsImported);
