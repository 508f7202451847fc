using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using GridMap.Core.Tiles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Tiles;

/// <summary><c>/tiles</c>: vector tiles of the grids and of the issues, and what each tileset consists of.</summary>
internal static class TileEndpoints
{
    public static void MapTiles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tiles").WithTags("tiles").RequireCors(Cors.Anybody).Needs(Permission.SeeMap);
        group.MapGet("/grids.json", Grids).WithSummary("The tileset of the grids of the present generation, as TileJSON.");
        group.MapGet("/grids/{z}/{x}/{y}.mvt", GridTile)
            .Produces<byte[]>(contentType: MvtWriter.MediaType).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A tile of grids, borders and labels; with the generation g it may be kept for ever.");
        group.MapGet("/issues.json", Issues).WithSummary("The tileset of the issues, as TileJSON.");
        group.MapGet("/issues/{z}/{x}/{y}.mvt", IssueTile)
            .Produces<byte[]>(contentType: MvtWriter.MediaType).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A tile of issues: public fields, points rounded to 50 m.");
    }

    private static Ok<TileJson> Grids(HttpContext context, GridTilesets tilesets)
    {
        var tileset = tilesets.Current;
        Answered(context, tileset);
        context.Response.Headers.CacheControl = TileAnswer.Revalidate;
        var tiles = tileset.Tiles;
        return TypedResults.Ok(new TileJson(
            GridTileset.Name, [Address(context, $"{GridTileset.Name}/{{z}}/{{x}}/{{y}}.mvt?g={tileset.Generation}&v={tileset.Version}")],
            GridTiles.MaxZoom, tiles.Envelope is { } envelope ? Position.Bbox(envelope) : null, [.. tiles.Layers.Select(VectorLayer.Of)]));
    }

    private static async Task<IResult> GridTile(
        HttpContext context, GridTilesets tilesets, TileCache cache, int z, int x, int y, int? g, string? v, CancellationToken cancel)
    {
        if (!TryTile(z, x, y, out var tile))
        {
            return Refuse(context, NoTile);
        }

        var tileset = g is null ? tilesets.Current : await tilesets.FindAsync(g.Value, v, cancel);
        if (tileset is null)
        {
            return Refuse(context, Problem.NotFound(
                "unknown_generation", $"There are no tiles of generation {g} here. /tiles/grids.json has the address of the present ones."));
        }

        Answered(context, tileset);
        return new TileAnswer(
            cache.Get(tileset, tile), g is null ? TileAnswer.Revalidate : TileAnswer.Immutable, $"{tileset.Generation}-{tileset.Version}");
    }

    private static Ok<TileJson> Issues(HttpContext context)
    {
        context.Response.Headers.CacheControl = TileAnswer.Revalidate;
        return TypedResults.Ok(new TileJson(
            IssueTiles.Name, [Address(context, $"{IssueTiles.Name}/{{z}}/{{x}}/{{y}}.mvt")],
            GridTiles.MaxZoom, null, [VectorLayer.Of(IssueTiles.Layer)]));
    }

    private static async Task<IResult> IssueTile(HttpContext context, Caller caller, IssueTiles tiles, int z, int x, int y, CancellationToken cancel) =>
        TryTile(z, x, y, out var tile) ? await tiles.TileAsync(tile, caller, cancel) : Refuse(context, NoTile);

    private static Problem NoTile => Problem.NotFound(
        "no_such_tile", $"Tiles have z from 0 to {GridTiles.MaxZoom}, x and y from 0 to 2^z - 1. Beyond zoom {GridTiles.MaxZoom} enlarge its tiles.");

    private static bool TryTile(int z, int x, int y, out TileCoord tile) => TileCoord.TryCreate(z, x, y, out tile) && z <= GridTiles.MaxZoom;

    // A cache on the way must not keep a refusal: the generation may be there a moment later.
    private static ProblemHttpResult Refuse(HttpContext context, Problem problem)
    {
        context.Response.Headers.CacheControl = "no-store";
        return problem.ToResult();
    }

    private static void Answered(HttpContext context, GridTileset tileset) =>
        context.Response.Headers[GenerationHeader.Name] = tileset.Generation.ToString();

    private static string Address(HttpContext context, string path) =>
        $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/tiles/{path}";
}
