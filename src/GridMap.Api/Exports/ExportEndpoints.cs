using GridMap.Api.Callers;
using GridMap.Api.Plans;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Exports;

/// <summary>Grids as a file for other programs: of a generation, of a plan. It costs a process: for those who plan.</summary>
internal static class ExportEndpoints
{
    private const string How = "gpkg, shp (zipped), dxf, geojson, kml or xlsx; one level or all; crs (any EPSG code) or zone (auto, 25 to 45); people=true with who answers.";

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("exports").Needs(Permission.Plan);
        Map(group, "/exports/grids", Present, $"The grids of a generation (at, by number; the present one by default) as {How}");
        Map(group, "/generations/{number:int}/export", Generation, $"The grids of one generation as {How}");
        Map(group, "/plans/{id:long}/export", Plan, $"A plan's grids as they stand, as {How}");
    }

    private static void Map(RouteGroupBuilder group, string pattern, Delegate handler, string summary) =>
        group.MapGet(pattern, handler).Produces<byte[]>(contentType: "application/octet-stream").WithSummary(summary);

    private static Task<FileStreamHttpResult> Present(
        HttpContext context, Caller caller, GridExport export, int? at, [AsParameters] ExportOptions options, CancellationToken cancel) =>
        Answer(context, caller, export, new ExportSource(at), options, cancel);

    private static Task<FileStreamHttpResult> Generation(
        HttpContext context, Caller caller, GridExport export, int number, [AsParameters] ExportOptions options, CancellationToken cancel) =>
        Answer(context, caller, export, new ExportSource(number), options, cancel);

    private static async Task<FileStreamHttpResult> Plan(
        HttpContext context, Caller caller, GridExport export, PlanQueries plans, long id, [AsParameters] ExportOptions options, CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        return await Answer(context, caller, export, new ExportSource(Plan: id), options, cancel);
    }

    private static async Task<FileStreamHttpResult> Answer(
        HttpContext context, Caller caller, GridExport export, ExportSource source, ExportOptions options, CancellationToken cancel)
    {
        var file = await export.WriteAsync(ExportRequest.Of(source, options), caller, cancel);
        context.Response.RegisterForDispose(file);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(File.OpenRead(file.Path), file.MediaType, file.Name);
    }
}
