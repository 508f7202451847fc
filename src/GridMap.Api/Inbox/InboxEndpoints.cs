using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Inbox;

/// <summary>Something that somebody was told.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What of, such as duty.appointed; the viewer has the words.</param>
/// <param name="Parameters">What the words are filled with.</param>
/// <param name="Link">A local path of the viewer; empty for none.</param>
/// <param name="ReadAt">Null: not read.</param>
public sealed record InboxItem(long Id, DateTimeOffset At, string Kind, JsonElement Parameters, string Link, DateTimeOffset? ReadAt);

/// <summary>How many entries were not read.</summary>
public sealed record InboxCount(int Unread);

/// <summary><c>/api/v1/inbox</c>: one's own.</summary>
internal static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/inbox").WithTags("inbox").Needs(Permission.OwnAccount);
        group.MapGet("/", List).WithSummary("What one was told, newest first; unread=true narrows.");
        group.MapGet("/unread", Count).WithSummary("How many entries were not read.");
        group.MapPost("/read", ReadAll).WithSummary("Mark all as read.");
        group.MapPost("/{id:long}/read", ReadOne).WithSummary("Mark one as read.");
    }

    private static async Task<Ok<Page<InboxItem>>> List(
        Caller caller, Database database, bool? unread, int? limit, string? cursor, CancellationToken cancel)
    {
        var count = Paging.Limit(limit);
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(long Id, DateTime At, string Kind, string Parameters, string Link, DateTime? ReadAt)>(new CommandDefinition(
            """
            select id, at, kind, parameters::text, link, read_at from inbox
            where person_id = @person and id < @before and (@unread is not true or read_at is null)
            order by id desc limit @most
            """,
            new { person = caller.PersonId, before, unread, most = count + 1 }, cancellationToken: cancel));
        var items = rows.Select(row => new InboxItem(
            row.Id, row.At, row.Kind, JsonSerializer.Deserialize<JsonElement>(row.Parameters), row.Link, row.ReadAt)).ToList();
        return TypedResults.Ok(Paging.Cut(items, count, item => [item.Id.ToString()]));
    }

    private static async Task<Ok<InboxCount>> Count(Caller caller, Database database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return TypedResults.Ok(new InboxCount(await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::int from inbox where person_id = @PersonId and read_at is null", new { caller.PersonId }, cancellationToken: cancel))));
    }

    // One's own reading of one's own letters is nobody's business: it is not in the audit.
    private static async Task<NoContent> ReadAll(Caller caller, Database database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "update inbox set read_at = now() where person_id = @PersonId and read_at is null", new { caller.PersonId }, cancellationToken: cancel));
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReadOne(Caller caller, Database database, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var known = await connection.ExecuteAsync(new CommandDefinition(
            "update inbox set read_at = coalesce(read_at, now()) where id = @id and person_id = @PersonId", new { id, caller.PersonId }, cancellationToken: cancel));
        return known > 0 ? TypedResults.NoContent() : Problem.NotFound("unknown_entry", $"Your inbox has no entry {id}.").ToResult();
    }
}
