using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;

namespace GridMap.Api.Context;

/// <summary>
/// Water, roads and green under the grids where there is no base map: the file <c>context.geojson</c> of the data folder, WGS84,
/// with a property <c>layer</c> (water, river, road, rail, green, built). An office may put its own there.
/// </summary>
public sealed class ContextLayers(DataFolder folder)
{
    public string File { get; } = Path.Combine(folder.Path, "context.geojson");

    public bool Exist => System.IO.File.Exists(File);
}

/// <summary><c>GET /api/v1/context</c>.</summary>
internal static class ContextEndpoints
{
    public static void MapContext(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/context", Get).Needs(Permission.SeeMap).WithTags("settings").WithSummary("Water, roads and green under the grids, as GeoJSON.")
            .Produces<string>(contentType: "application/geo+json");

    private static IResult Get(HttpContext context, ContextLayers layers)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return layers.Exist
            ? TypedResults.PhysicalFile(layers.File, "application/geo+json", lastModified: File.GetLastWriteTimeUtc(layers.File))
            : Problem.NotFound("no_context", "Put a file context.geojson into the data folder.").ToResult();
    }
}
