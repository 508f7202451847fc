using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMap.Api.Campaigns;

/// <summary><c>/api/v1/campaigns/{id}/worklog</c>: what was done, what one has still to log, and who has not logged.</summary>
internal static class WorkLogEndpoints
{
    public static void MapWorkLog(this RouteGroupBuilder campaigns)
    {
        var group = campaigns.MapGroup("/{id:long}/worklog");
        group.MapGet("/", ListAsync).Needs(Permission.SeeMap).WithSummary("Entries of the work log, newest first; photos for those who log work or see names there.");
        group.MapPost("/", AddAsync).Needs(Permission.LogWork).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PhotoForm.MaxRequestBytes))
            .Accepts<NewWorkLog>("application/json", "multipart/form-data")
            .AddOpenApiOperationTransformer(DescribeFormAsync)
            .WithSummary("Log what a zone did on a day (JSON, or multipart with the JSON as log and up to six photos); a correction is an entry of its own. Idempotency-Key makes sending again safe.");
        group.MapGet("/mine", MineAsync).Needs(Permission.LogWork)
            .WithSummary("The zones that one logs for, with what is planned, done and logged: all that the page of the work log opens with.");
        group.MapGet("/missing", MissingAsync).Needs(Permission.SeeMap).WithSummary("Who has not logged on a workday, the longest silent first.");
        group.MapPost("/reminders", RemindAsync).Needs(Permission.DirectIssues)
            .WithSummary("Remind (催报) those who answer for zones without a log: once a day and zone.");
    }

    private static async Task DescribeFormAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (operation.RequestBody?.Content?["multipart/form-data"] is OpenApiMediaType form)
        {
            form.Schema = await context.GetOrCreateSchemaAsync(typeof(WorkLogFormBody), null, cancel);
        }
    }

    private static async Task<Ok<Page<WorkLogItem>>> ListAsync(
        Caller caller, CampaignBooks books, WorkLogQueries queries, long id, string? grid, DateOnly? day, int? limit, string? cursor,
        CancellationToken cancel)
    {
        var (_, grids) = await books.GridsAsync(id, cancel);
        var asked = grid is null ? null : grids.Named(grid);
        var count = Paging.Limit(limit);
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : (long?)null;
        var rows = await queries.ReadAsync(
            new WorkLogFilter(id, asked is null ? null : [asked.Id], day, day, before, count + 1), caller, cancel);
        return TypedResults.Ok(Paging.Cut(rows, count, item => [item.Id.ToString()]));
    }

    private static async Task<Created<WorkLogReceipt>> AddAsync(
        HttpContext context, Caller caller, WorkLogIntake intake, long id, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        CancellationToken cancel) =>
        TypedResults.Created($"/api/v1/campaigns/{id}/worklog", await intake.AddAsync(context, caller, id, idempotencyKey, cancel));

    private static async Task<Ok<OwnWorkLog>> MineAsync(
        Caller caller, OwnWorkLogs own, long id, DateOnly? day, string? grid, CancellationToken cancel) =>
        TypedResults.Ok(await own.ReadAsync(caller, id, day, grid, cancel));

    private static async Task<Ok<MissingLogs>> MissingAsync(
        Caller caller, MissingLogTables missing, long id, DateOnly? on, int? level, CancellationToken cancel) =>
        TypedResults.Ok(await missing.ReadAsync(caller, id, on, level, cancel));

    private static async Task<Ok<ReminderReceipt>> RemindAsync(
        Caller caller, WorkLogReminders reminders, long id, NewReminder body, CancellationToken cancel) =>
        TypedResults.Ok(await reminders.SendAsync(caller, id, body, cancel));
}
