using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using Microsoft.AspNetCore.Http.HttpResults;
using NetTopologySuite.Geometries;
using Position = GridMap.Api.Grids.Position;

namespace GridMap.Api.Plans.Talk;

/// <summary>Something that a planner says about a plan.</summary>
/// <param name="Text">At most 2,000 letters.</param>
/// <param name="Grid">The code of the grid that it is about; null for none.</param>
/// <param name="Lon">With lat: the place that it is about, WGS84.</param>
/// <param name="Lat">With lon.</param>
public sealed record PlanCommentBody(string? Text, string? Grid = null, double? Lon = null, double? Lat = null);

/// <summary>A comment.</summary>
public sealed record PlanCommentItem(
    long Id, string Text, string? Grid, Position? Place, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ResolvedAt, string? ResolvedBy);

/// <summary><c>/api/v1/plans/{id}/comments</c>: what planners say to each other. Comments stay; they are settled, not taken away.</summary>
internal static class PlanComments
{
    private const int MostLetters = 2_000;

    private const string Sql =
        """
        select id, text, grid_code, point, created_at, created_by, resolved_at, resolved_by from plan_comment
        where plan_id = @plan and id > @after order by id limit @most
        """;

    public static void MapComments(this RouteGroupBuilder plans)
    {
        plans.MapGet("/{id:long}/comments", List).WithSummary("What was said about the plan, oldest first.");
        plans.MapPost("/{id:long}/comments", Add).WithSummary("Say something about the plan, a grid or a place.");
        plans.MapPost("/{id:long}/comments/{comment:long}/resolve", Resolve).WithSummary("It is settled.");
    }

    private static async Task<Ok<Page<PlanCommentItem>>> List(
        Caller caller, PlanQueries plans, Database database, long id, int? limit, string? cursor, CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        var after = Paging.Key(cursor, 1) is [var key] && long.TryParse(key, out var last) ? last : 0;
        await using var connection = await database.OpenAsync(cancel);
        var count = Paging.Limit(limit);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, new { plan = id, after, most = count + 1 }, cancellationToken: cancel));
        return TypedResults.Ok(Paging.Cut([.. rows.Select(row => row.ToItem())], count, item => [item.Id.ToString()]));
    }

    private static async Task<Created<PlanCommentItem>> Add(
        Caller caller, PlanQueries plans, Database database, long id, PlanCommentBody body, CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        var text = InputText.Clean(body.Text, "text", MostLetters);
        if (text.Length == 0)
            throw new ProblemException(Problem.Bad("text", "missing", "Send text: what you want to say."));
        var point = body.Lon is null && body.Lat is null ? null : Lattice.Factory.CreatePoint(LatticePoint.From(PointInput.Point(body.Lon, body.Lat, null)).ToCoordinate());
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var parameters = new DynamicParameters(new { plan = id, text, body.Grid, caller.Who });
        parameters.Add("point", point);
        var row = await connection.QuerySingleAsync<Row>(
            """
            insert into plan_comment (plan_id, text, grid_code, point, created_by) values (@plan, @text, @Grid, @point, @Who)
            returning id, text, grid_code, point, created_at, created_by, resolved_at, resolved_by
            """,
            parameters, transaction);
        await TellAsync(transaction, caller, id);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Created($"/api/v1/plans/{id}/comments", row.ToItem());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Resolve(
        Caller caller, PlanQueries plans, Database database, long id, long comment, CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var settled = await connection.ExecuteAsync(
            "update plan_comment set resolved_at = coalesce(resolved_at, now()), resolved_by = coalesce(resolved_by, @Who) where id = @comment and plan_id = @id",
            new { id, comment, caller.Who }, transaction);
        if (settled == 0)
            return Problem.NotFound("unknown_comment", $"Plan {id} has no comment {comment}.").ToResult();
        await TellAsync(transaction, caller, id);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    // The plan itself is as it was: its version tells so.
    private static async Task TellAsync(Npgsql.NpgsqlTransaction transaction, Caller caller, long plan)
    {
        var version = await transaction.Connection!.ExecuteScalarAsync<int>("select version from plan where id = @plan", new { plan }, transaction);
        await Events.EventOutbox.AddAsync(transaction, Events.EventOutbox.Plan, new { plan, version, by = caller.Who, comment = true });
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("plan.comment", "plan", plan.ToString()));
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Text { get; init; } = "";

        public string? GridCode { get; init; }

        public Geometry? Point { get; init; }

        public DateTime CreatedAt { get; init; }

        public string CreatedBy { get; init; } = "";

        public DateTime? ResolvedAt { get; init; }

        public string? ResolvedBy { get; init; }

        public PlanCommentItem ToItem() => new(
            Id, Text, GridCode, Point is Point place ? new Position(place.X, place.Y) : null, CreatedAt, CreatedBy, ResolvedAt, ResolvedBy);
    }
}
