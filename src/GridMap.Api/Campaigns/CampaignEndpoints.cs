using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Campaigns;

/// <summary><c>/api/v1/campaigns</c>: drives over the grids of one level, and how far they have got.</summary>
internal static class CampaignEndpoints
{
    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/campaigns").WithTags("campaigns");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("All campaigns, the newest first.");
        group.MapPost("/", Create).Needs(Permission.RunCampaigns).WithSummary("Start a campaign over the grids of a level.");
        group.MapGet("/{id:long}", One).Needs(Permission.SeeMap).WithSummary("One campaign.");
        group.MapPut("/{id:long}", CampaignChanges.PutAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Change what a campaign, its items and phases are called; with the version that it was read at.");
        group.MapGet("/{id:long}/progress", Progress).Needs(Permission.SeeMap).Produces<ProgressAnswer>()
            .WithSummary("Progress of all grids of a level on a day, the worst first. format=json (the default), csv or xlsx.");
        group.MapGet("/{id:long}/progress/weeks", WeeksOf).Needs(Permission.SeeMap).Produces<ProgressWeeks>()
            .WithSummary("How the grids of a level stood at the end of each week so far. format=json (the default), csv or xlsx.");
        group.MapGet("/{id:long}/progress/levels", Levels).Needs(Permission.SeeMap).Produces<ProgressLevels>()
            .WithSummary("The levels beside each other on a day: lights, the lowest, median and highest percent, who is last. format=json (the default), csv or xlsx.");
        group.MapGet("/{id:long}/progress/days", Days).Needs(Permission.SeeMap).WithSummary("Every day so far: one request plays the campaign.");
        group.MapGet("/{id:long}/progress/zones/{code}", Zone).Needs(Permission.SeeMap).WithSummary("One grid opened: weeks, curve, why it is behind, last entries.");
        group.MapWorkLog();
        group.MapPost("/{id:long}/freezes", Freezes.AddAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Freeze a day's figures.");
        group.MapPost("/{id:long}/rebase", Rebase.PostAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Move a campaign onto the boundaries of today: zones that are there keep what is theirs, what was entered for one that is gone moves to its heir by entries, and frozen days say what they said. dryRun=true tells and does nothing.");
        group.MapGet("/{id:long}/schedule", Schedule.ListAsync).Needs(Permission.SeeMap).WithSummary("Planned quantities by grid, item and week, with goals.");
        group.MapPut("/{id:long}/schedule", Schedule.PutAsync).Needs(Permission.RunCampaigns)
            .WithSummary("Change planned quantities, all or none; each entry carries the version it was read at, 0 for a new one.");
        group.MapGet("/{id:long}/schedule/done", ScheduleDone.ListAsync).Needs(Permission.SeeMap).WithSummary("What was logged, summed by grid, item and week.");
        group.MapGet("/{id:long}/schedule/sheet", ScheduleSheets.ExportAsync).Needs(Permission.SeeMap).Produces<byte[]>(contentType: "application/octet-stream")
            .WithSummary("The schedule as xlsx or csv: a row for each grid and item, and one for its goals; a column a week.");
        group.MapPost("/{id:long}/schedule/sheet", ScheduleSheets.ReadAsync).Needs(Permission.RunCampaigns).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetUpload.MaxBytes))
            .Accepts<SheetFormBody>("multipart/form-data").Produces<ScheduleSheetReport>().Produces<ScheduleSheetReport>(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("What a sheet would change, cell by cell, or 422 with what is wrong in it. Nothing is stored: PUT /schedule takes the changes as they are told here.");
    }

    private static async Task<Ok<Page<CampaignAnswer>>> List(CampaignStore campaigns, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await campaigns.ListAsync(Paging.Limit(limit), cursor, cancel));

    private static async Task<Ok<CampaignAnswer>> One(CampaignStore campaigns, long id, CancellationToken cancel) =>
        TypedResults.Ok((await campaigns.FindAsync(id, cancel)).Campaign);

    private static async Task<Created<CampaignAnswer>> Create(Caller caller, CampaignStore campaigns, NewCampaign wanted, CancellationToken cancel)
    {
        var id = await campaigns.CreateAsync(caller, wanted, cancel);
        return TypedResults.Created($"/api/v1/campaigns/{id}", (await campaigns.FindAsync(id, cancel)).Campaign);
    }

    private static async Task<IResult> Progress(
        Caller caller, CampaignStore campaigns, ProgressTables tables, DataFolder data, long id, int? level, DateOnly? on, string? asKnown, string? format, CancellationToken cancel)
    {
        var answer = await tables.OnAsync(id, level, on, AsKnownNow(asKnown), caller.ReachOf(Permission.SeeMap), cancel);
        return IsJson(format) ? TypedResults.Ok(answer) : await ProgressSheets.ZonesAsync((await campaigns.FindAsync(id, cancel)).Campaign, answer, format!, data, cancel);
    }

    private static async Task<IResult> WeeksOf(
        Caller caller, ProgressComparisons comparisons, DataFolder data, long id, int? level, string? asKnown, string? format, CancellationToken cancel)
    {
        var answer = await comparisons.WeeksAsync(id, level, AsKnownNow(asKnown), caller.ReachOf(Permission.SeeMap), cancel);
        return IsJson(format) ? TypedResults.Ok(answer) : await ProgressSheets.WeeksAsync(answer, format!, data, cancel);
    }

    private static async Task<IResult> Levels(
        Caller caller, ProgressComparisons comparisons, DataFolder data, long id, DateOnly? on, string? asKnown, string? format, CancellationToken cancel)
    {
        var answer = await comparisons.LevelsAsync(id, on, AsKnownNow(asKnown), caller.ReachOf(Permission.SeeMap), cancel);
        return IsJson(format) ? TypedResults.Ok(answer) : await ProgressSheets.LevelsAsync(answer, format!, data, cancel);
    }

    private static bool IsJson(string? format) => format is null or "json";

    private static async Task<Ok<ProgressDays>> Days(
        Caller caller, ProgressTables tables, long id, int? level, string? asKnown, CancellationToken cancel) =>
        TypedResults.Ok(await tables.DaysAsync(id, level, AsKnownNow(asKnown), caller.ReachOf(Permission.SeeMap), cancel));

    private static async Task<Ok<ZoneProgress>> Zone(
        Caller caller, ZoneTables tables, long id, string code, DateOnly? on, string? asKnown, CancellationToken cancel) =>
        TypedResults.Ok(await tables.OpenAsync(id, code, on, AsKnownNow(asKnown), caller, cancel));

    private static bool AsKnownNow(string? asKnown) => asKnown switch
    {
        null => false,
        "now" => true,
        _ => throw new ProblemException(Problem.Bad("asKnown", "bad_asknown", "asKnown is now, or left out for the figures as they were frozen.")),
    };
}
