using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Snapshots;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMap.Api.Issues;

/// <summary><c>/api/v1/issues</c>: report, list, follow, move on.</summary>
internal static class IssueEndpoints
{
    private static readonly string[] States = [.. Enum.GetValues<IssueState>().Select(IssueCourse.Wire)];

    public static void MapIssues(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/issues").WithTags("issues");
        group.MapPost("/", Report).Needs(Permission.Report).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PhotoForm.MaxRequestBytes))
            .Accepts<IssueReportBody>("application/json", "multipart/form-data")
            .AddOpenApiOperationTransformer(DescribeFormAsync)
            .WithSummary("Report an issue (JSON, or multipart with up to six photos); Idempotency-Key makes sending again safe.");
        group.MapGet("/", List).Needs(Permission.SeeMap).WithSummary("Issues, newest first or by due time (sort=due), narrowed by grid, state, category, bbox, overdue, assigned, open, and mine.");
        group.MapGet("/similar", Similar).Needs(Permission.SeeMap).WithSummary("Open issues within 60 m that may be the same: follow one instead of reporting it again.");
        group.MapGet("/workload", Workload).Needs(Permission.HandleIssues).WithSummary("What waits on the grids of one's own, or inside one: unclaimed, overdue, returned, to be checked; and by person.");
        group.MapGet("/counts", Counts).Needs(Permission.SeeMap).WithSummary("Issues by state of every grid that has any, summed up through all levels.");
        group.MapGet("/{number}", One).Needs(Permission.SeeMap).WithSummary("One issue with its course.");
        group.MapGet("/{number}/photos/{file}", Photo).Needs(Permission.HandleIssues)
            .Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg", "image/png", "image/webp").WithSummary("A photo, for those who handle issues.");
        group.MapPost("/{number}/{transition}", Move).Needs(Permission.HandleIssues)
            .WithMetadata(new RequestSizeLimitAttribute(PhotoForm.MaxRequestBytes)).DisableAntiforgery()
            .Accepts<TransitionBody>("application/json", "multipart/form-data")
            .AddOpenApiOperationTransformer(DescribeStepAsync)
            .WithSummary("file, reject, duplicate, claim, assign, rectify, verify (pass, fail), pause, resume, escalate, reopen; with photos of how it is now.");
        group.MapPut("/{number}/plan", PutPlan).Needs(Permission.DirectIssues).WithSummary("One person, one place, one plan (一人地一策): who sees a stubborn issue through, in which steps, watched by the office or not.");
        group.MapPost("/{number}/follow", Follow).Needs(Permission.SeeMap).WithSummary("A link of one's own to follow an issue that somebody else reported.");
        group.MapPost("/{number}/erase-reporter", Erase).Needs(Permission.EraseReporters)
            .WithSummary("Erase what the reporter left about themselves: contact, words, photos; the figures stay.");
    }

    private static async Task DescribeFormAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (operation.RequestBody?.Content?["multipart/form-data"] is OpenApiMediaType form)
        {
            form.Schema = await context.GetOrCreateSchemaAsync(typeof(IssueReportFormBody), null, cancel);
        }
    }

    private static async Task DescribeStepAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (operation.RequestBody?.Content?["multipart/form-data"] is OpenApiMediaType form)
        {
            form.Schema = await context.GetOrCreateSchemaAsync(typeof(TransitionFormBody), null, cancel);
        }
    }

    internal static ProblemException Unknown(string number) => new(Problem.NotFound("unknown_issue", $"There is no issue {number}."));

    /// <summary>The same for who may not even know that it is there; that they asked is written down.</summary>
    internal static ProblemException Hidden(string number) => new(Unknown(number).Problem with { IsRefusal = true });

    private static async Task<Created<IssueReceipt>> Report(
        HttpContext context, Caller caller, IssueIntake intake, PhotoWorkshop workshop,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, CancellationToken cancel)
    {
        var report = await IssueForm.ReadAsync(context, caller, workshop, cancel);
        var receipt = await intake.StoreAsync(report, caller, idempotencyKey, cancel);
        return TypedResults.Created($"/api/v1/issues/{receipt.Number}", receipt);
    }

    private static async Task<Ok<Page<IssueItem>>> List(
        Caller caller, IssueQueries queries,
        string? grid, string? state, string? category, Bbox? bbox, bool? overdue, bool? assigned, bool? open, bool? mine, string? sort, int? limit, string? cursor,
        CancellationToken cancel)
    {
        if (sort is not (null or "new" or "due"))
        {
            throw new ProblemException(Problem.Bad("sort", "bad_sort", "sort is new (the default) or due."));
        }

        if (mine == true && caller.PersonId is null)
        {
            throw new ProblemException(Problem.Bad("mine", "no_person", "Only who is signed in as a person has issues of their own."));
        }

        if (state is not null && !States.Contains(state))
        {
            throw new ProblemException(Problem.Bad("state", "bad_state", $"state is one of {string.Join(", ", States)}."));
        }

        var filter = new IssueFilter(grid, state, category, bbox, overdue, assigned) { Open = open, Mine = mine == true ? caller.PersonId : null, ByDue = sort == "due" };
        return TypedResults.Ok(await queries.ListAsync(filter, Paging.Limit(limit), cursor, caller, cancel));
    }

    private static async Task<Ok<IssueCounts>> Counts(
        HttpContext context, Caller caller, IssueTallies tallies, SnapshotProvider snapshots, CancellationToken cancel)
    {
        var snapshot = snapshots.Current;
        GenerationHeader.Set(context, snapshot);
        return TypedResults.Ok(await tallies.CountAsync(snapshot, caller, cancel));
    }

    private static async Task<Ok<IssueWorkload>> Workload(Caller caller, IssueWorkloads workloads, SnapshotProvider snapshots, string? grid, CancellationToken cancel) =>
        TypedResults.Ok(await workloads.CountAsync(caller, snapshots.Current, grid is null ? null : GridEndpoints.Find(snapshots.Current, grid).Id, cancel));

    private static async Task<Ok<IssueDetail>> One(Caller caller, IssueQueries queries, string number, CancellationToken cancel) =>
        TypedResults.Ok(await queries.DetailAsync(number, caller, cancel));

    private static async Task<IResult> Photo(HttpContext context, Caller caller, PhotoStore photos, IssueQueries queries, string number, string file, CancellationToken cancel, bool small = false)
    {
        var detail = await queries.DetailAsync(number, caller, cancel);
        if (!await queries.IsFullAsync(number, caller, cancel))
        {
            throw Refusals.OutOfReach($"Issue {number}");
        }

        var photo = detail.Photos.FirstOrDefault(item => item.Url.EndsWith("/" + file, StringComparison.Ordinal));
        return photo is null
            ? Problem.NotFound("unknown_photo", $"Issue {number} has no photo {file}.").ToResult()
            : PhotoEndpoints.Send(context, photos, file, small, photo.MediaType, "private, no-cache");
    }

    private static async Task<Ok<SimilarIssues>> Similar(Caller caller, SimilarIssuesQuery similar, double? lon, double? lat, string? crs, string? category, CancellationToken cancel) =>
        TypedResults.Ok(await similar.FindAsync(caller, PointInput.Point(lon, lat, crs), category, cancel));

    private static async Task<Ok<IssueDetail>> PutPlan(Caller caller, IssuePlans plans, IssueQueries queries, string number, IssuePlanBody body, CancellationToken cancel)
    {
        await plans.PutAsync(caller, number, body, cancel);
        return TypedResults.Ok(await queries.DetailAsync(number, caller, cancel));
    }

    private static async Task<Created<FollowReceipt>> Follow(Caller caller, IssueTracking tracking, string number, CancellationToken cancel)
    {
        var receipt = await tracking.FollowAsync(caller, number, cancel);
        return TypedResults.Created(receipt.Track, receipt);
    }

    private static async Task<Ok<IssueDetail>> Erase(Caller caller, ReporterErasure erasure, IssueQueries queries, string number, CancellationToken cancel)
    {
        await erasure.RunAsync(caller, number, cancel);
        return TypedResults.Ok(await queries.DetailAsync(number, caller, cancel));
    }

    private static async Task<Ok<IssueDetail>> Move(
        HttpContext context, Caller caller, IssueCourse course, IssueQueries queries, PhotoWorkshop workshop, string number, string transition, CancellationToken cancel)
    {
        if (!IssueTransitions.IsKnown(transition))
        {
            throw new ProblemException(Problem.NotFound(
                "unknown_transition", $"{transition} is no transition; there are {string.Join(", ", IssueTransitions.Table.Select(row => row.Name).Distinct())}."));
        }

        await course.MoveAsync(caller, number, await IssueStep.ReadAsync(context, transition, workshop, cancel), cancel);
        return TypedResults.Ok(await queries.DetailAsync(number, caller, cancel));
    }
}
