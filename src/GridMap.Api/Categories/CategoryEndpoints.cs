using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Categories;

/// <summary><c>/api/v1/categories</c>.</summary>
internal static class CategoryEndpoints
{
    public static void MapCategories(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/categories").WithTags("categories");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("The two levels of categories with their time limits. Those that are not active name old issues only.");
        group.MapPut("/{code}", Put).Needs(Permission.DirectIssues)
            .WithSummary("Add or change a category, whole, for who directs issues on the whole territory. Due times that were told stay as they are.");
        group.MapGet("/sheet", Export).Needs(Permission.SeeMap).Produces<byte[]>(contentType: "application/octet-stream").WithSummary("All categories with their limits as xlsx or csv.");
        group.MapPost("/sheet", Import).Needs(Permission.DirectIssues).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetUpload.MaxBytes))
            .Accepts<SheetFormBody>("multipart/form-data").Produces<CategoryImportReport>().Produces<CategoryImportReport>(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Import categories, whole or not at all: 422 with the errors by cell; dryRun=true only tries; retireOthers=true retires those that are not in the sheet.");
    }

    private static async Task<Ok<CategoryList>> List(CategoryStore store, CancellationToken cancel) => TypedResults.Ok(new CategoryList(await store.ListAsync(cancel)));

    private static async Task<Results<Ok<CategoryItem>, Created<CategoryItem>>> Put(
        Caller caller, CategoryChanges changes, CategoryStore store, string code, CategoryBody body, CancellationToken cancel)
    {
        RequireAll(caller);
        var isNew = await changes.PutAsync(caller, CategoryForm.Read(code, body), cancel);
        var item = (await store.ListAsync(cancel)).First(other => other.Code == code);
        return isNew ? TypedResults.Created("/api/v1/categories", item) : TypedResults.Ok(item);
    }

    private static async Task<IResult> Export(CategoryStore store, DataFolder data, string? format, CancellationToken cancel)
    {
        var workbook = SheetFile.IsWorkbook(format ?? "xlsx") ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is xlsx or csv."));
        return await SheetFile.AnswerAsync("categories", "类别", workbook, CategorySheet.Shape.Columns, CategorySheet.Lines(await store.ListAsync(cancel)), data, cancel);
    }

    private static async Task<IResult> Import(HttpRequest request, Caller caller, SheetUpload upload, CategoryChanges changes, bool? dryRun, bool? retireOthers, CancellationToken cancel)
    {
        RequireAll(caller);
        var report = await changes.ImportAsync(caller, await upload.ReadAsync(request, CategorySheet.Shape, cancel), dryRun == true, retireOthers == true, cancel);
        return report.Errors.Count == 0 ? TypedResults.Ok(report) : TypedResults.UnprocessableEntity(report);
    }

    private static void RequireAll(Caller caller)
    {
        if (!caller.ReachOf(Permission.DirectIssues).IsEverywhere)
            throw Refusals.OutOfReach("The list of categories");
    }
}
