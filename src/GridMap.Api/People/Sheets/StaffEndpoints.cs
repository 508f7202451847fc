using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.People.Sheets;

/// <summary><c>/api/v1/people/export</c> and <c>/import</c>: the staff list as XLSX or CSV.</summary>
internal static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/people").WithTags("people").Needs(Permission.ExchangePeople);
        group.MapGet("/export", Export).Produces<byte[]>(contentType: "application/octet-stream").WithSummary(
            "The staff list within one's reach, with telephones and posts, as xlsx or csv; one grid and what is inside it, or all.");
        group.MapPost("/import", Import).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetUpload.MaxBytes))
            .Accepts<SheetFormBody>("multipart/form-data").Produces<StaffImportReport>().Produces<StaffImportReport>(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Import a staff list, whole or not at all: 422 with the errors by row and column; dryRun=true only tries.");
    }

    private static async Task<IResult> Export(
        HttpContext context, Caller caller, StaffExport export, SnapshotProvider snapshots, string? format, string? grid, CancellationToken cancel)
    {
        var workbook = SheetFile.IsWorkbook(format ?? "xlsx") ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is xlsx or csv."));
        var snapshot = snapshots.Current;
        var asked = grid is null ? null : GridEndpoints.Find(snapshot, grid);
        if (asked is not null && !caller.ReachOf(Permission.ExchangePeople).Covers(snapshot, asked.Id))
        {
            throw Refusals.OutOfReach($"Grid {grid}");
        }

        var file = await export.WriteAsync(caller, workbook, asked?.Id, cancel);
        context.Response.RegisterForDispose(file);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(File.OpenRead(file.Path), file.MediaType, file.Name);
    }

    private static async Task<IResult> Import(HttpRequest request, Caller caller, SheetUpload upload, StaffImport import, bool? dryRun, CancellationToken cancel)
    {
        var report = await import.RunAsync(caller, await upload.ReadAsync(request, StaffSheet.Shape, cancel), dryRun == true, cancel);
        return report.Errors.Count == 0 ? TypedResults.Ok(report) : TypedResults.UnprocessableEntity(report);
    }
}
