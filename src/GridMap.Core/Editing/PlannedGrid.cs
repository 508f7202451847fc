using GridMap.Core.Grids;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Editing;

/// <summary>A grid of a plan's state with everything that a version of it keeps. Immutable as long as nobody writes into <paramref name="Polygon"/>.</summary>
/// <param name="Id">The grid's identity, for life.</param>
/// <param name="Code">The grid's code.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Level">1 (outermost) to N (innermost).</param>
/// <param name="Kind">village, community, enterprise or special.</param>
/// <param name="ParentId">Identity of the grid of the next outer level that it belongs to; null on level 1.</param>
/// <param name="Polygon">Lattice coordinates in degrees, lon lat, SRID 4490, in canonical form.</param>
/// <param name="Attributes">A JSON object: the grid's own fields, households among them.</param>
public sealed record PlannedGrid(
    long Id, string Code, string Name, int Level, string Kind, long? ParentId, MultiPolygon Polygon, string Attributes)
{
    /// <summary>What a coverage knows of it.</summary>
    public GridShape ToShape() => new(Id, Code, Level, ParentId, Polygon);
}
