using GridMap.Api.Callers;
using GridMap.Api.Generations;
using GridMap.Api.Hosting;
using GridMap.Api.Plans.Edits;
using GridMap.Api.Plans.Talk;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Plans;

/// <summary><c>/api/v1/plans</c>: drafts of the next generation. For planners.</summary>
internal static class PlanEndpoints
{
    private const int MaxName = 200;

    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/plans").WithTags("plans").Needs(Permission.Plan);
        group.MapGet("/", List).WithSummary("Plans, newest first.");
        group.MapGet("/{id:long}", One).WithSummary("One plan with its edits; the ETag is its version.");
        group.MapGet("/{id:long}/grids", Grids).Produces<Page<PlanGridItem>>()
            .WithSummary("The plan's grids as they stand, or with changed=true those that differ from the base; a FeatureCollection when application/geo+json is asked for.");
        group.MapGet("/{id:long}/defects", Defects).Produces<Page<PlanDefectItem>>()
            .WithSummary("What is wrong, and where; a FeatureCollection when application/geo+json is asked for.");
        group.MapGet("/{id:long}/diff", Diff).Produces<DiffAnswer>()
            .WithSummary("What differs from the plan's base, from another generation (generation) or another plan (against); a FeatureCollection when application/geo+json is asked for.");
        group.MapGet("/{id:long}/consequences", Consequences).WithSummary("What publishing the plan would mean: grids, households, issues, terms, people.");
        group.MapPost("/{id:long}/publish", Publish).WithSummary("Publish the plan as the next generation, or with at put it down for a later time (202); If-Match with its version.");
        group.MapPost("/", Create).WithSummary("A new plan on the newest generation, or a copy of another with all its edits.");
        group.MapDelete("/{id:long}/publish", CallOff).WithSummary("Call a scheduled publication off.");
        group.MapPost("/{id:long}/rebase", Rebase).WithSummary("Move the plan onto the newest generation; If-Match with its version. With dryRun it only says which edits no longer fit.");
        group.MapEdits();
        group.MapComments();
        group.MapPresence();
        group.MapDelete("/{id:long}", Abandon).WithSummary("Abandon the plan; If-Match with its version.");
    }

    private static async Task<Created<PlanItem>> Create(
        HttpContext context, Caller caller, PlanStore plans, PlanQueries queries, PlanBody body, CancellationToken cancel)
    {
        if (body.CopyOf is { } copyOf)
        {
            await queries.FindAsync(caller, copyOf, cancel);
        }

        var name = InputText.Clean(body.Name, "name", MaxName);
        if (string.IsNullOrEmpty(name))
        {
            throw new ProblemException(Problem.Bad("name", "missing", "Send name: what people call the plan."));
        }

        var id = await plans.StartAsync(caller, name, body.CopyOf, cancel);
        var plan = await queries.FindAsync(caller, id, cancel);
        context.Response.Headers.ETag = $"\"{plan.Version}\"";
        return TypedResults.Created($"/api/v1/plans/{id}", plan);
    }

    private static async Task<NoContent> Abandon(
        Caller caller, PlanStore plans, PlanQueries queries, long id, [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken cancel)
    {
        await queries.FindAsync(caller, id, cancel);
        await plans.AbandonAsync(caller, id, Version(ifMatch), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<PlanItem>>> List(Caller caller, PlanQueries plans, int? limit, string? cursor, CancellationToken cancel) =>
        TypedResults.Ok(await plans.ListAsync(caller, Paging.Limit(limit), cursor, cancel));

    private static async Task<Ok<PlanDetail>> One(HttpContext context, Caller caller, PlanQueries plans, long id, CancellationToken cancel)
    {
        var detail = await plans.DetailAsync(caller, id, cancel);
        context.Response.Headers.ETag = $"\"{detail.Plan.Version}\"";
        return TypedResults.Ok(detail);
    }

    private static async Task<IResult> Grids(
        HttpContext context, Caller caller, PlanQueries plans, long id, bool? changed, int? level, Bbox? bbox, int? limit, string? cursor, CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        var page = await plans.GridsAsync(id, changed ?? false, level, bbox, Paging.Limit(limit), cursor, cancel);
        return context.WantsGeoJson()
            ? new FeaturePage<(PlanGridItem Item, Geometry Geometry)>(page, row => row.Item.Id, row => row.Geometry, (writer, row) =>
            {
                writer.WriteString("code", row.Item.Code);
                writer.WriteString("name", row.Item.Name);
                writer.WriteNumber("level", row.Item.Level);
                writer.WriteString("kind", row.Item.Kind);
                writer.WriteString("parent", row.Item.Parent);
                writer.WriteBoolean("removed", row.Item.Removed);
                writer.WriteBoolean("changed", row.Item.Changed);
                writer.WriteBoolean("reNoded", row.Item.ReNoded);
                writer.WriteBoolean("locked", row.Item.Locked);
                writer.WriteNumber("areaSquareMetres", row.Item.AreaSquareMetres);
                writer.WritePropertyName("attributes");
                row.Item.Attributes.WriteTo(writer);
            })
            : TypedResults.Ok(new Page<PlanGridItem>([.. page.Items.Select(row => row.Item)], page.Next));
    }

    private static async Task<IResult> Defects(
        HttpContext context, Caller caller, PlanQueries plans, long id, string? kind, bool? blocks, int? level, Bbox? bbox, int? limit, string? cursor,
        CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        var page = await plans.DefectsAsync(id, new DefectFilter(kind, blocks, level, bbox), Paging.Limit(limit), cursor, cancel);
        return context.WantsGeoJson()
            ? new FeaturePage<(PlanDefectItem Item, Geometry Geometry)>(page, row => row.Item.Ordinal, row => row.Geometry, (writer, row) =>
            {
                writer.WriteString("kind", row.Item.Kind);
                writer.WriteBoolean("blocks", row.Item.Blocks);
                writer.WriteString("codes", string.Join(',', row.Item.Codes));
                if (row.Item.Level is { } at)
                {
                    writer.WriteNumber("level", at);
                }

                if (row.Item.Measure is { } measure)
                {
                    writer.WriteNumber("measure", measure);
                    writer.WriteString("unit", row.Item.Unit);
                }

            })
            : TypedResults.Ok(new Page<PlanDefectItem>([.. page.Items.Select(row => row.Item)], page.Next));
    }

    private static async Task<IResult> Diff(
        HttpContext context, Caller caller, PlanQueries plans, DiffQuery diffs, long id, long? against, int? generation, bool? reNoded, CancellationToken cancel)
    {
        var plan = await plans.FindAsync(caller, id, cancel);
        if (against is { } other)
        {
            await plans.FindAsync(caller, other, cancel);
        }

        var before = against is not null ? DiffSide.OfPlan(against.Value)
            : generation is { } number ? DiffSide.Of((await diffs.FromAsync(null, number, null, cancel)).Generation)
            : DiffSide.Of(plan.BaseGeneration ?? 0);
        return await diffs.AnswerAsync(context, before, DiffSide.OfPlan(id), reNoded ?? false, withHouseholds: true, cancel);
    }

    private static async Task<Ok<PlanConsequences>> Consequences(
        Caller caller, PlanQueries plans, PlanConsequencesQuery consequences, long id, string? newParts, CancellationToken cancel) =>
        TypedResults.Ok(await consequences.OfAsync(await plans.FindAsync(caller, id, cancel), AreVacant(newParts), cancel));

    private static async Task<Ok<RebaseReport>> Rebase(
        HttpContext context, Caller caller, PlanRebasing rebasing, long id, [FromHeader(Name = "If-Match")] string? ifMatch, RebaseBody? body, CancellationToken cancel,
        bool dryRun = false)
    {
        var report = await rebasing.RebaseAsync(caller, id, Version(ifMatch), body ?? new RebaseBody(), dryRun, cancel);
        context.Response.Headers.ETag = $"\"{report.Plan.Version}\"";
        return TypedResults.Ok(report);
    }

    private static async Task<Ok<PlanItem>> CallOff(Caller caller, ScheduledPublications scheduled, long id, CancellationToken cancel) =>
        TypedResults.Ok(await scheduled.CallOffAsync(caller, id, cancel));

    private static async Task<Results<Ok<PublishReceipt>, Accepted<PlanItem>>> Publish(
        Caller caller, Publication publication, ScheduledPublications scheduled, long id, [FromHeader(Name = "If-Match")] string? ifMatch, string? note, string? newParts,
        Instant? at, CancellationToken cancel)
    {
        var version = Version(ifMatch);
        if (at is { } later)
        {
            return TypedResults.Accepted($"/api/v1/plans/{id}", await scheduled.ScheduleAsync(caller, id, version, later.Value, note ?? "", AreVacant(newParts), cancel));
        }

        var generation = await publication.PublishAsync(id, version, caller, note ?? "", AreVacant(newParts), cancel);
        return TypedResults.Ok(new PublishReceipt(generation));
    }

    private static bool AreVacant(string? newParts) => newParts switch
    {
        null or "copied" => false,
        "vacant" => true,
        _ => throw new ProblemException(Problem.Bad("newParts", "bad_new_parts", "newParts is copied (the people of the grid that they came from) or vacant.")),
    };

    internal static int Version(string? ifMatch)
    {
        if (string.IsNullOrEmpty(ifMatch))
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status428PreconditionRequired, "version_required", "Send the plan's version in If-Match, as its ETag gives it.", "If-Match"));
        }

        return int.TryParse(ifMatch.Trim('"'), out var version)
            ? version
            : throw new ProblemException(Problem.Bad("If-Match", "bad_version", "If-Match holds the plan's version, as its ETag gives it."));
    }
}
