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
        select xact::text::numeric as xact, id, kind, payload::text as payload, grid_id, person_id
        from event
        where (xact, id) > (cast(@xact as text)::xid8, @id) and xact < pg_snapshot_xmin(pg_current_snapshot())
        order by xact, id
        limit @most
        """;

    // The setting that holds the last event that was dropped.
    private const string Horizon = "event_horizon";

    private const string HoldsSql =
        """
        select cast(@xact as text)::xid8 <= pg_snapshot_xmax(pg_current_snapshot())
           and not exists (
               select from setting where name = @Horizon
               and ((value ->> 'xact')::xid8, (value ->> 'id')::bigint) > (cast(@xact as text)::xid8, @id))
        """;

    private const string DropSql =
        """
        with dropped as (
            delete from event where at < now() - interval '1 day' returning xact, id
        )
        insert into setting (name, value)
        select @Horizon, jsonb_build_object('xact', xact::text, 'id', id) from dropped order by xact desc, id desc limit 1
        on conflict (name) do update set value = excluded.value
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
        var rows = await connection.QueryAsync<(decimal Xact, long Id, string Kind, string Payload, long? GridId, long? PersonId)>(new CommandDefinition(
            AfterSql, new { xact = cursor.Xact.ToString(), id = cursor.Id, most = Most }, cancellationToken: cancel));
        return [.. rows.Select(row => new EventRecord(new EventCursor((ulong)row.Xact, row.Id), row.Kind, row.Payload, row.GridId, row.PersonId))];
    }

    /// <summary>
    /// Whether the outbox still holds everything after a place (rows are kept a day). Not for a place that is still to come:
    /// it is another database's.
    /// </summary>
    public async Task<bool> HoldsAllAfterAsync(EventCursor cursor, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            HoldsSql, new { xact = cursor.Xact.ToString(), id = cursor.Id, Horizon }, cancellationToken: cancel));
    }

    /// <summary>Drops what is older than a day, and keeps in mind up to where.</summary>
    public async Task DropOldAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(DropSql, new { Horizon }, cancellationToken: cancel));
    }
}
