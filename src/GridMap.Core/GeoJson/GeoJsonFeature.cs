using System.Text.Json;
using NetTopologySuite.Geometries;

namespace GridMap.Core.GeoJson;

/// <summary>One feature as it was read: coordinates in degrees (X lon, Y lat) unless read as projected, not yet snapped.</summary>
/// <param name="Index">From 0, in order of reading.</param>
/// <param name="Id">The feature's <c>id</c> as text, a number as it was written; null when there is none.</param>
/// <param name="Geometry">Two-dimensional, floating precision, SRID 0; rings wound as they were written. Null when the feature has none.</param>
/// <param name="Properties">A JSON object, or undefined when there is none. Owns its memory.</param>
/// <param name="RingsClosed">Rings that lacked their last position and were given it.</param>
public sealed record GeoJsonFeature(int Index, string? Id, Geometry? Geometry, JsonElement Properties, int RingsClosed);
