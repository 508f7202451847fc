using GridMap.Api.Callers;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Exports;

/// <summary><c>/api/v1/exports</c>: grids as a file for other programs. It costs a process: for those who plan.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1/exports").WithTags("exports").Needs(Permission.Plan)
            .MapGet("/grids", Grids).Produces<byte[]>(contentType: "application/octet-stream")
            .WithSummary("The grids of a generation (at, by number; the present one by default) as gpkg, shp (zipped) or geojson, in any EPSG system, one level or all.");

    private static async Task<FileStreamHttpResult> Grids(
        HttpContext context, Caller caller, GridExport export, string? format, int? level, string? crs, int? at, string? encoding, CancellationToken cancel)
    {
        var file = await export.WriteAsync(ExportRequest.Of(format, level, crs, at, encoding), caller.ReachOf(Permission.SeeMap), cancel);
        context.Response.RegisterForDispose(file);
        return TypedResults.File(File.OpenRead(file.Path), file.MediaType, file.Name);
    }
}
