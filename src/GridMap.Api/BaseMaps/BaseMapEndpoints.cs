using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;
using GridMap.Core.Tiles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace GridMap.Api.BaseMaps;

/// <summary><c>/basemaps</c>: tiles of other servers, so that their keys stay here, and PMTiles files of the data folder.</summary>
internal static class BaseMapEndpoints
{
    private const string PmtilesType = "application/vnd.pmtiles";

    public static void AddBaseMaps(this IServiceCollection services)
    {
        services.AddOptions<BaseMapsOptions>().BindConfiguration(BaseMapsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BaseMapCatalog>().AddSingleton<TileServerClient>().AddSingleton<BaseMapTiles>();
    }

    public static void MapBaseMaps(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/basemaps").WithTags("basemaps").Needs(Permission.SeeMap);
        group.MapGet("/{id}.pmtiles", File).WithSummary("A base map's PMTiles file, by range requests.")
            .Produces<byte[]>(contentType: PmtilesType).Produces<byte[]>(StatusCodes.Status206PartialContent, PmtilesType);
        group.MapGet("/{id}/{layer}/{z}/{x}/{y}", TileAsync).WithSummary("A tile of a base map's layer, as its server has it.")
            .Produces<byte[]>(contentType: "image/png");
    }

    private static IResult File(HttpContext context, BaseMapCatalog maps, string id)
    {
        if (maps.Find(id)?.File is not { } path || !System.IO.File.Exists(path))
            return Refuse(context, Problem.NotFound("unknown_base_map", $"No base map {id} has a file here. /api/v1/settings lists what there is."));

        // An archive that was exchanged must not be read half from the old one: its entity tag tells them apart.
        var file = new FileInfo(path);
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.PhysicalFile(
            path, PmtilesType, lastModified: file.LastWriteTimeUtc, enableRangeProcessing: true,
            entityTag: new EntityTagHeaderValue($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""));
    }

    private static async Task<IResult> TileAsync(
        HttpContext context, BaseMapCatalog maps, BaseMapTiles tiles, string id, string layer, int z, int x, int y, CancellationToken cancel)
    {
        if (maps.Find(id) is not { } map)
            return Refuse(context, Problem.NotFound("unknown_base_map", $"There is no base map {id}. /api/v1/settings lists what there is."));
        if (map.Address(layer) is not { } address)
            return Refuse(context, Problem.NotFound("unknown_layer", $"The base map {id} has no layer {layer}. /api/v1/settings lists what there is."));
        if (!TileCoord.TryCreate(z, x, y, out var tile) || z < map.Options.MinZoom || z > map.Options.MaxZoom)
        {
            return Refuse(context, Problem.NotFound(
                "no_such_tile", $"The base map {id} has tiles with z from {map.Options.MinZoom} to {map.Options.MaxZoom}, x and y from 0 to 2^z - 1."));
        }

        switch (await tiles.GetAsync(map, layer, address, tile, cancel))
        {
            case UpstreamTile.Picture picture:
                context.Response.Headers.CacheControl = picture.KeepSeconds > 0 ? $"public, max-age={picture.KeepSeconds}" : "no-store";
                context.Response.Headers.XContentTypeOptions = "nosniff";
                return TypedResults.Bytes(picture.Bytes, picture.ContentType);
            case UpstreamTile.Missing:
                context.Response.Headers.CacheControl = $"public, max-age={Keeping.ShortestSeconds}";
                return Problem.NotFound("no_such_tile", $"The base map {id} has no tile {tile}.").ToResult();
            default:
                return Refuse(context, new Problem(
                    StatusCodes.Status502BadGateway, "base_map_unavailable", $"The server of the base map {id} gave no tile. Grids and everything else are there."));
        }
    }

    // A cache on the way must not keep a refusal: the tile may be there a moment later.
    private static ProblemHttpResult Refuse(HttpContext context, Problem problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        return problem.ToResult();
    }
}
