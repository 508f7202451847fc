using System.Text.Json;
using System.Text.Json.Nodes;
using GridMap.Api.Hosting;

namespace GridMap.Api.Plans.Edits;

/// <summary>An edit as it is asked for; which members count depends on the kind. Grids are named by code, geometry is GeoJSON.</summary>
/// <param name="Kind">split, merge, reshape, transfer, moveVertex, create, delete, update, reparent, divide, repair, lock, unlock.</param>
/// <param name="Crs">wgs84 (default), cgcs2000, gcj02, bd09: of all coordinates.</param>
/// <param name="Grid">split, reshape, delete, update, reparent, divide: the grid.</param>
/// <param name="Geometry">split, divide: lines or polygons; reshape: a LineString; transfer, create: polygons.</param>
/// <param name="KeepAt">split: [lon, lat] in the part that keeps the code; the largest without it.</param>
/// <param name="Children">split (default) or refuse: what happens to children that are cut.</param>
/// <param name="Keep">merge: the grid that stays.</param>
/// <param name="Grids">merge: those that go into it; transfer: children that change hands; lock, unlock: the grids.</param>
/// <param name="AllowApart">merge: the result may lie in several parts.</param>
/// <param name="Neighbour">reshape: the grid across the border; null is free ground.</param>
/// <param name="From">transfer: who gives.</param>
/// <param name="To">transfer: who gets; delete: the neighbour that gets the ground; moveVertex: use moveTo.</param>
/// <param name="At">repair: [lon, lat] in the gap or sliver; moveVertex: [lon, lat] of the vertex, or of one end of the edge that gets one.</param>
/// <param name="EdgeEnd">moveVertex: [lon, lat] of the other end of that edge.</param>
/// <param name="MoveTo">moveVertex: [lon, lat] where it goes.</param>
/// <param name="Level">create, repair: 1 is outermost.</param>
/// <param name="Parent">create, reparent: the parent.</param>
/// <param name="Code">create, update: the code.</param>
/// <param name="Name">create, update: the name.</param>
/// <param name="GridKind">create, update: village, community, enterprise, special.</param>
/// <param name="Households">update: the number of households.</param>
/// <param name="Attributes">create, update: own fields; null takes one out.</param>
/// <param name="Parts">divide: how many.</param>
/// <param name="Balance">divide: area, households or issues.</param>
/// <param name="Seed">divide: another gives another answer.</param>
public sealed record PlanEditBody(
    string? Kind, string? Crs = null, string? Grid = null, JsonElement? Geometry = null, double[]? KeepAt = null, string? Children = null, string? Keep = null,
    string[]? Grids = null, bool AllowApart = false, string? Neighbour = null, string? From = null, string? To = null, double[]? At = null,
    double[]? EdgeEnd = null, double[]? MoveTo = null, int? Level = null, string? Parent = null, string? Code = null, string? Name = null,
    [property: GridKind] string? GridKind = null, int? Households = null, Dictionary<string, JsonNode?>? Attributes = null, int? Parts = null,
    string? Balance = null, int Seed = 1);
