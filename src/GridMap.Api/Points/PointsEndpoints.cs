using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Points;

/// <summary><c>/api/v1/points</c>: rules, balances, the ledger, the shop.</summary>
internal static class PointsEndpoints
{
    private static readonly (string Name, Func<PointsFigures, long> Of)[] Figures =
        [("笔数", f => f.Entries), ("得分", f => f.Earned), ("扣分", f => f.Lost), ("更正", f => f.Corrected), ("兑换", f => f.Redeemed), ("余额", f => f.Balance)];

    public static void MapPoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/points").WithTags("points");
        group.MapGet("/rules", Rules).Needs(Permission.SeeMap).WithSummary("The rules of points, as they are now; history=true with every version.");
        group.MapPut("/rules/{code}", PutRule).Needs(Permission.RunCampaigns).WithSummary("Make a rule, or its next version, for who runs campaigns on the whole territory. What was scored stays as it was.");
        group.MapGet("/balances", Balances).Needs(Permission.DirectIssues).Produces<PointsBoard>()
            .WithSummary("Points by person (holder=person) or by the grids of a level (holder=grid, the default), on the grids where one directs issues; format=json (the default), csv or xlsx.");
        group.MapGet("/entries", Entries).Needs(Permission.Known)
            .WithSummary("The ledger, newest first: one's own (person), and on the grids where one directs issues those of a person, of reporters who are not known (reports=true), of a grid, of no grid of a level (undivided), of an issue.");
        group.MapGet("/me", Own).Needs(Permission.OwnAccount).WithSummary("One's own points.");
        group.MapGet("/rewards", Rewards).Needs(Permission.SeeMap).WithSummary("What points can be spent on; all=true with what is handed out no more.");
        group.MapPost("/rewards", AddReward).Needs(Permission.RunCampaigns).WithSummary("Add a reward.");
        group.MapPut("/rewards/{id:long}", PutReward).Needs(Permission.RunCampaigns).WithSummary("Change a reward.");
        group.MapPost("/redemptions", Redeem).Needs(Permission.RunCampaigns)
            .WithSummary("Hand out a reward for a person's points, or for those of a report by its link; Idempotency-Key makes sending again safe.");
        group.MapPost("/corrections", Correct).Needs(Permission.RunCampaigns).WithSummary("Put an entry right by another one, with a reason.");
        group.MapGet("/check", Check).Needs(Permission.RunCampaigns).WithSummary("Recount every score from the steps of issues and the versions of rules, and list in what the ledger differs.");
    }

    private static async Task<Ok<PointsRules>> Rules(PointsRuleStore rules, CancellationToken cancel, bool history = false) => TypedResults.Ok(await rules.ListAsync(history, cancel));

    private static async Task<Ok<PointsRules>> PutRule(Caller caller, PointsRuleStore rules, string code, PointsRuleBody body, CancellationToken cancel)
    {
        RequireOffice(caller, "The rules of points");
        await rules.PutAsync(caller, code, body, cancel);
        return TypedResults.Ok(await rules.ListAsync(history: false, cancel));
    }

    private static async Task<IResult> Balances(
        HttpContext context, Caller caller, PointsBoards boards, SnapshotProvider snapshots, DataFolder data, IOptions<GridMapOptions> settings,
        string? holder, DateOnly? from, DateOnly? to, string? format, CancellationToken cancel, int level = 1)
    {
        if (holder is not (null or "person" or "grid"))
            throw new ProblemException(Problem.Bad("holder", "bad_holder", "holder is person or grid."));
        CheckDays(from, to);
        CheckLevel(level, "level", settings.Value);
        var snapshot = snapshots.Current;
        GenerationHeader.Set(context, snapshot);
        var byPerson = holder == "person";
        var board = byPerson ? await boards.PeopleAsync(caller, from, to, cancel) : await boards.GridsAsync(snapshot, caller, level, from, to, cancel);
        if (format is null or "json")
            return TypedResults.Ok(board);
        var workbook = SheetFile.IsWorkbook(format) ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is json, csv or xlsx."));
        var headings = (string[])[.. byPerson ? (string[])["编号", "姓名"] : ["网格编码", "网格"], .. Figures.Select(figure => figure.Name)];
        return await SheetFile.AnswerAsync(byPerson ? "points-people" : $"points-level-{level}", "积分", workbook, headings, Rows(board, byPerson), data, cancel);
    }

    // The last line are the sums.
    private static IEnumerable<IEnumerable<object?>> Rows(PointsBoard board, bool byPerson)
    {
        foreach (var line in board.Items)
        {
            var named = byPerson ? (line.Person?.Id.ToString(), line.Person?.Name ?? "未登录的上报人") : (line.Grid?.Code, line.Grid?.Name ?? "未划分");
            yield return [named.Item1, named.Item2, .. Figures.Select(figure => (object?)figure.Of(line.Figures))];
        }

        yield return [null, "合计", .. Figures.Select(figure => (object?)figure.Of(board.Total))];
    }

    private static async Task<Ok<Page<PointsEntryItem>>> Entries(
        Caller caller, PointsLedger ledger, SnapshotProvider snapshots, IOptions<GridMapOptions> settings,
        long? person, string? grid, int? undivided, string? issue, DateOnly? from, DateOnly? to, int? limit, string? cursor, CancellationToken cancel, bool reports = false)
    {
        CheckDays(from, to);
        if (undivided is { } level)
            CheckLevel(level, "undivided", settings.Value);
        if (grid is not null && undivided is not null)
            throw new ProblemException(Problem.Bad("undivided", "two_places", "Ask for a grid, or for what lies in no grid of a level, not for both."));
        var snapshot = snapshots.Current;
        var question = new PointsQuestion(person, reports, grid is null ? null : GridEndpoints.Find(snapshot, grid), undivided, issue, from, to);
        return TypedResults.Ok(await ledger.ListAsync(caller, snapshot, question, Paging.Limit(limit), cursor, cancel));
    }

    private static async Task<Ok<PointsOwn>> Own(Caller caller, PointsBoards boards, CancellationToken cancel) =>
        TypedResults.Ok(await boards.OwnAsync(
            caller.PersonId is { } person ? new PersonReference(person, caller.PersonName ?? "") : throw new ProblemException(new Problem(
                StatusCodes.Status403Forbidden, "no_person", "Your account is nobody's: the administrator gives it to a person, and then it has points.")),
            cancel));

    private static async Task<Ok<PointsRewards>> Rewards(PointsShop shop, CancellationToken cancel, bool all = false) => TypedResults.Ok(await shop.ListAsync(all, cancel));

    private static async Task<Created<PointsReward>> AddReward(Caller caller, PointsShop shop, PointsRewardBody body, CancellationToken cancel)
    {
        RequireOffice(caller, "The shop");
        var made = await shop.AddAsync(caller, body, cancel);
        return TypedResults.Created($"/api/v1/points/rewards/{made.Id}", made);
    }

    private static async Task<Ok<PointsReward>> PutReward(Caller caller, PointsShop shop, long id, PointsRewardBody body, CancellationToken cancel)
    {
        RequireOffice(caller, "The shop");
        return TypedResults.Ok(await shop.ChangeAsync(caller, id, body, cancel));
    }

    private static async Task<Created<PointsReceipt>> Redeem(
        Caller caller, PointsShop shop, PointsRedemptionBody body, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, CancellationToken cancel)
    {
        RequireOffice(caller, "The shop");
        return TypedResults.Created((string?)null, await shop.RedeemAsync(caller, body, idempotencyKey, cancel));
    }

    private static async Task<Created<PointsCorrection>> Correct(Caller caller, PointsCorrections corrections, PointsCorrectionBody body, CancellationToken cancel)
    {
        RequireOffice(caller, "The ledger");
        return TypedResults.Created((string?)null, await corrections.AddAsync(caller, body, cancel));
    }

    private static async Task<Ok<PointsCheck>> Check(Caller caller, PointsChecks checks, CancellationToken cancel)
    {
        RequireOffice(caller, "The ledger");
        return TypedResults.Ok(await checks.RunAsync(cancel));
    }

    // Points know no border: whose they are may have been earned anywhere.
    private static void RequireOffice(Caller caller, string what)
    {
        if (!caller.ReachOf(Permission.RunCampaigns).IsEverywhere)
            throw Refusals.OutOfReach(what);
    }

    private static void CheckDays(DateOnly? from, DateOnly? to)
    {
        if (from > to)
            throw new ProblemException(Problem.Bad("from", "bad_period", "from is a day not after to."));
    }

    private static void CheckLevel(int level, string field, GridMapOptions settings)
    {
        if (level < 1 || level > settings.LevelCount)
            throw new ProblemException(Problem.Bad(field, "bad_level", $"A level is 1 (outermost) to {settings.LevelCount} here."));
    }
}
