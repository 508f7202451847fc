using System.Text.Json;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Plans;
using GridMap.Api.Settings;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Imports;

/// <summary><c>/api/v1/imports</c>: files in, a plan out. For planners.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/imports").WithTags("imports").Needs(Permission.Plan);
        group.MapPost("/", Send).DisableAntiforgery().Accepts<ImportFormBody>("multipart/form-data").WithSummary(
            "Import files: multipart with file (or file.N for level N), level, codeField, nameField, parentField, dissolve, crs, encoding, tolerance, mode … Answers with a job.");
        group.MapPost("/preview", Preview).DisableAntiforgery().Accepts<ImportFormBody>("multipart/form-data").WithSummary(
            "Look into files as an import would read them: layers, reference system, fields with examples, outlines. Nothing is stored.");
        group.MapGet("/", List).WithSummary("Imports, newest first.");
        group.MapGet("/{id:long}", One).WithSummary("One import: how far it is, then its report and the plan that it made, or why it was refused.");
    }

    private static async Task<Accepted<ImportJobItem>> Send(
        HttpContext context, Caller caller, ImportQueue queue, ImportJobs jobs, PlanQueries plans, DataFolder data, IOptions<GridMapOptions> settings, CancellationToken cancel)
    {
        var folder = UploadFolder(data);
        var isQueued = false;
        try
        {
            var form = await ImportUpload.ReadAsync(context, folder, settings.Value.ImportMaxBytes, cancel);
            var request = form.ToRequest(settings.Value.LevelCount);
            if (request.Plan is { } plan)
                await plans.FindAsync(caller, plan, cancel); // Told at once, not by the job.
            var id = await queue.AddAsync(request, ToParameters(form), caller, folder, cancel);
            isQueued = true;
            return TypedResults.Accepted($"/api/v1/imports/{id}", await jobs.FindAsync(caller, id, cancel));
        }
        finally
        {
            if (!isQueued)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Ok<ImportPreview>> Preview(
        HttpContext context, ImportPreviews previews, DataFolder data, IOptions<GridMapOptions> settings, CancellationToken cancel)
    {
        var folder = UploadFolder(data);
        try
        {
            var form = await ImportUpload.ReadAsync(context, folder, settings.Value.ImportMaxBytes, cancel);
            return TypedResults.Ok(await previews.LookAsync(form.ToRequest(settings.Value.LevelCount), cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string UploadFolder(DataFolder data)
    {
        var folder = Path.Combine(data.Sub("imports"), $"upload-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private static async Task<Ok<Page<ImportJobItem>>> List(Caller caller, ImportJobs jobs, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await jobs.ListAsync(caller, Paging.Limit(limit), cursor, cancel));

    private static async Task<Ok<ImportJobItem>> One(Caller caller, ImportJobs jobs, long id, CancellationToken cancel) =>
        TypedResults.Ok(await jobs.FindAsync(caller, id, cancel));

    /// <summary>What was asked, as the job and the plan keep it.</summary>
    internal static string ToParameters(ImportForm form) => JsonSerializer.Serialize(
        new Dictionary<string, object>(form.Values.Select(pair => KeyValuePair.Create(pair.Key, (object)pair.Value)))
        {
            ["files"] = form.Files.Select(file => file.Name).ToArray(),
        });
}

/// <summary>The form, for the API's document; it is read as it streams in.</summary>
/// <param name="File">One file or several; a part may be named file.N to be of level N.</param>
/// <param name="Level">The files' level, 1 (outermost) to N; the innermost by default.</param>
/// <param name="CodeField">The field that holds codes; codeField.N for level N alone. So with the other fields.</param>
/// <param name="NameField">The field that holds names.</param>
/// <param name="ParentField">The field that holds the code of the parent; by place when there is none.</param>
/// <param name="KindField">The field that holds the kind.</param>
/// <param name="HouseholdsField">The field that holds the number of households.</param>
/// <param name="Dissolve">Fields whose values make the levels outside, outermost first: FIELD[:NAMEFIELD],…</param>
/// <param name="Crs">wgs84, cgcs2000, gcj02, bd09 or an EPSG code; the file's own by default.</param>
/// <param name="Encoding">The encoding of texts, such as GBK; found by the bytes by default.</param>
/// <param name="Tolerance">Metres: narrower gaps and overlaps are closed; 0 by default.</param>
/// <param name="Mode">add, replace or match.</param>
/// <param name="Layer">The layer's name, * for all.</param>
/// <param name="Parent">The code of the grid that the import lies in.</param>
/// <param name="Name">The plan's name.</param>
/// <param name="GenerateCodes">A prefix of 12 or 15 digits, or the word parent: codes are made.</param>
/// <param name="Merge">Several features of one code are one grid.</param>
/// <param name="Kind">The kind of new grids without one; village by default.</param>
/// <param name="Plan">The number of a draft: the import becomes one edit of it, which can be taken back. A plan of its own without it.</param>
/// <param name="DryRun">Only tells, in the job's report, what would come of it.</param>
public sealed record ImportFormBody(
    IFormFileCollection File, int? Level, string? CodeField, string? NameField, string? ParentField, string? KindField, string? HouseholdsField,
    string? Dissolve, string? Crs, string? Encoding, double? Tolerance, ImportMode? Mode, string? Layer, string? Parent, string? Name,
    string? GenerateCodes, bool? Merge, string? Kind, long? Plan, bool? DryRun);
