using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Posts;

/// <summary>Reads posts, which are public, and claims, which are not. Thread safe.</summary>
internal sealed class PostQueries(Database database, TimeProvider clock)
{
    private const string Sql =
        """
        select o.id, o.grid_id, g.code, g.name, g.level, o.title, o.text, o.places, o.until, o.created_at, o.closed_at,
               (select count(*)::int from post_claim c join duty d on d.id = c.duty_id where c.post_id = o.id and (d.to_at is null or d.to_at > @Now)) as taken,
               m.id as claim_id, m.state as claim_state
        from post o
        left join lateral (
            select v.code, v.name, v.level::int as level from grid_version v where v.grid_id = o.grid_id order by v.from_generation desc limit 1
        ) g on true
        left join lateral (select c.id, c.state from post_claim c where c.post_id = o.id and c.person_id = @me order by c.id desc limit 1) m on true
        """;

    private const string ListSql =
        $"""
        {Sql}
        where o.id < @before and (@grid::bigint is null or o.grid_id in (select reach(array[@grid])))
          and (@reach::bigint[] is null or o.grid_id in (select reach(@reach)))
          and (@all or (o.closed_at is null and (o.until is null or o.until > @Now)))
        order by o.id desc limit @most
        """;

    private const string ClaimsSql =
        """
        select c.id, c.person_id, p.name, c.state, c.note, c.claimed_at, c.decided_at, c.decided_by, c.duty_id
        from post_claim c join person p on p.id = c.person_id join post o on o.id = c.post_id
        where c.post_id = @post and c.id > @after and (@reach::bigint[] is null or o.grid_id in (select reach(@reach)))
        order by c.id limit @most
        """;

    /// <summary>Posts on a grid and inside it, newest first; those that are over only when asked for.</summary>
    public async Task<Page<PostItem>> ListAsync(Caller caller, long? grid, bool all, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql,
            new { Now, me = caller.PersonId, before, grid, all, reach = caller.ReachOf(Permission.SeeMap).Roots, most = limit + 1 },
            cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
    }

    /// <exception cref="ProblemException">404.</exception>
    public async Task<PostItem> FindAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Sql} where o.id = @id and (@reach::bigint[] is null or o.grid_id in (select reach(@reach)))",
            new { Now, me = caller.PersonId, id, reach = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel));
        return row?.ToItem() ?? throw PostStore.Unknown(id);
    }

    /// <summary>Who came forward, for those who decide.</summary>
    public async Task<Page<ClaimItem>> ClaimsAsync(Caller caller, long post, int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : 0;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<ClaimRow>(new CommandDefinition(
            ClaimsSql, new { post, after, reach = caller.ReachToAppoint(Role.Volunteer).Roots, most = limit + 1 }, cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private sealed record Row(
        long Id, long GridId, string? Code, string? Name, int? Level, string Title, string Text, int Places, DateTime? Until, DateTime CreatedAt,
        DateTime? ClosedAt, int Taken, long? ClaimId, string? ClaimState)
    {
        public PostItem ToItem() => new(
            Id, new DutyGrid(GridId, Code ?? "", Name ?? "", Level ?? 0), Title, Text, Places, Taken, Until, CreatedAt, ClosedAt,
            ClaimId is { } claim ? new MyClaim(claim, ClaimState!) : null);
    }

    private sealed record ClaimRow(
        long Id, long PersonId, string Name, string State, string Note, DateTime ClaimedAt, DateTime? DecidedAt, string? DecidedBy, long? DutyId)
    {
        public ClaimItem ToItem() => new(Id, new PersonReference(PersonId, Name), State, Note, ClaimedAt, DecidedAt, DecidedBy, DutyId);
    }
}
