using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Events;

/// <summary>
/// Reads the outbox in its order. Only rows whose transaction is older than every running one are read, so that an event that
/// commits late is never passed over. Thread safe.
/// </summary>
public sealed class EventReader(Database database)
{
    private const int Most = 1000;

    private const string HeadSql =
        """
        select (pg_snapshot_xmin(pg_current_snapshot()))::text::numeric as xact, 0::bigint as id
        """;

    private const string AfterSql =
        """
        select xact::text::numeric as xact, id, kind, payload::text as payload
        from event
        where (xact, id) > (cast(@xact as text)::xid8, @id) and xact < pg_snapshot_xmin(pg_current_snapshot())
        order by xact, id
        limit @most
        """;

    /// <summary>The place after everything that has been committed.</summary>
    public async Task<EventCursor> HeadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (xact, id) = await connection.QuerySingleAsync<(decimal Xact, long Id)>(new CommandDefinition(HeadSql, cancellationToken: cancel));
        return new EventCursor((ulong)xact, id);
    }

    /// <summary>The next events after a place, a thousand at most.</summary>
    public async Task<IReadOnlyList<EventRecord>> AfterAsync(EventCursor cursor, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(decimal Xact, long Id, string Kind, string Payload)>(new CommandDefinition(
            AfterSql, new { xact = cursor.Xact.ToString(), id = cursor.Id, most = Most }, cancellationToken: cancel));
        return [.. rows.Select(row => new EventRecord(new EventCursor((ulong)row.Xact, row.Id), row.Kind, row.Payload))];
    }

    /// <summary>Whether the outbox still holds everything after a place (rows are kept a day).</summary>
    public async Task<bool> HoldsAllAfterAsync(EventCursor cursor, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from event where (xact, id) <= (cast(@xact as text)::xid8, @id)) or not exists (select from event)",
            new { xact = cursor.Xact.ToString(), id = cursor.Id }, cancellationToken: cancel));
    }

    /// <summary>Drops what is older than a day.</summary>
    public async Task DropOldAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("delete from event where at < now() - interval '1 day'", cancellationToken: cancel));
    }
}
