using NetTopologySuite.Geometries;

namespace GridMap.Core.Grids;

/// <summary>
/// One grid of one state (a generation or a plan) with its polygon: what a coverage is read from and written to,
/// and what a locator is built from. Immutable as long as nobody writes into <paramref name="Polygon"/>.
/// </summary>
/// <param name="Id">The grid's identity, for life.</param>
/// <param name="Code">The grid's code.</param>
/// <param name="Level">1 (outermost) to N (innermost).</param>
/// <param name="ParentId">Identity of the grid of the next outer level that it belongs to; null on level 1.</param>
/// <param name="Polygon">Lattice coordinates in degrees, lon lat, SRID 4490, in canonical form.</param>
public sealed record GridShape(long Id, string Code, int Level, long? ParentId, MultiPolygon Polygon);
