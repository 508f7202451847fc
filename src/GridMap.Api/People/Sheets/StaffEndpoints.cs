using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.People.Sheets;

/// <summary>The sheet, as a form.</summary>
/// <param name="File">An .xlsx or .csv file.</param>
public sealed record StaffFormBody(IFormFile File);

/// <summary><c>/api/v1/people/export</c> and <c>/import</c>: the staff list as XLSX or CSV.</summary>
internal static class StaffEndpoints
{
    private const long MaxBytes = 32L << 20;

    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/people").WithTags("people").Needs(Permission.ExchangePeople);
        group.MapGet("/export", Export).Produces<byte[]>(contentType: "application/octet-stream").WithSummary(
            "The staff list within one's reach, with telephones and posts, as xlsx or csv; one grid and what is inside it, or all.");
        group.MapPost("/import", Import).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .Accepts<StaffFormBody>("multipart/form-data").Produces<StaffImportReport>().Produces<StaffImportReport>(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Import a staff list, whole or not at all: 422 with the errors by row and column; dryRun=true only tries.");
    }

    private static async Task<IResult> Export(
        HttpContext context, Caller caller, StaffExport export, SnapshotProvider snapshots, string? format, string? grid, CancellationToken cancel)
    {
        var workbook = format switch
        {
            null or "xlsx" => true,
            "csv" => false,
            _ => throw new ProblemException(Problem.Bad("format", "bad_format", "format is xlsx or csv.")),
        };
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

    private static async Task<IResult> Import(
        HttpContext context, Caller caller, StaffReader reader, StaffImport import, DataFolder data, bool? dryRun, CancellationToken cancel)
    {
        if (!context.Request.HasFormContentType)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status415UnsupportedMediaType, "bad_content_type", "Send multipart/form-data with the sheet in a part named file."));
        }

        var folder = Path.Combine(data.Sub("imports"), $"staff-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var path = await SaveAsync(context.Request, folder, cancel);
            var rows = await reader.ReadAsync(path, folder, cancel);
            var report = await import.RunAsync(caller, rows, dryRun == true, cancel);
            return report.Errors.Count == 0 ? TypedResults.Ok(report) : TypedResults.UnprocessableEntity(report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> SaveAsync(HttpRequest request, string folder, CancellationToken cancel)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancel);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !cancel.IsCancellationRequested))
        {
            throw new ProblemException(Problem.Bad("file", "bad_form", "The multipart form is cut off or malformed."));
        }

        if (form.Files is not [{ Name: "file" } file])
        {
            throw new ProblemException(Problem.Bad("file", "file_missing", "Send one file, in a part named file."));
        }

        var path = Path.Combine(folder, "sent");
        await using var stored = File.Create(path);
        await file.CopyToAsync(stored, cancel);
        return path;
    }
}
