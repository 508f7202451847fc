using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Issues;

/// <summary>What waits on the grids that somebody directs or handles.</summary>
/// <param name="Unclaimed">Open, and taken up by nobody.</param>
/// <param name="Overdue">Open beyond their time.</param>
/// <param name="Returned">Open, and given back by the check or opened again.</param>
/// <param name="Rectified">To be checked.</param>
/// <param name="Paused">With a clock that stands.</param>
/// <param name="People">By who took them up, most open first.</param>
public sealed record IssueWorkload(int Unclaimed, int Overdue, int Returned, int Rectified, int Paused, IReadOnlyList<PersonWorkload> People);

/// <summary>What one person has in hand, and has done in the last 30 days.</summary>
/// <param name="Person">The number of the person; null for names written down without one.</param>
/// <param name="Name">The name.</param>
/// <param name="Open">Taken up and not closed.</param>
/// <param name="Overdue">Of these, beyond their time.</param>
/// <param name="WrittenOff">Written off in the last 30 days.</param>
/// <param name="InTime">Of these, in time.</param>
public sealed record PersonWorkload(long? Person, string Name, int Open, int Overdue, int WrittenOff, int InTime);

/// <summary>Counts it. Thread safe.</summary>
internal sealed class IssueWorkloads(Database database)
{
    private const int MostPeople = 200;

    private const string Within =
        """
        (@reach::bigint[] is null or grid_id in (select reach(@reach))) and (@grids::bigint[] is null or grid_id = any(@grids))
        """;

    private const string CountsSql =
        $"""
        select count(*) filter (where state in ('reported', 'filed'))::int,
               count(*) filter (where paused_at is null and due_at < now())::int,
               count(*) filter (where (returned > 0 or reopened > 0) and state = 'claimed')::int,
               count(*) filter (where state = 'rectified')::int,
               count(*) filter (where paused_at is not null)::int
        from issue where closed_at is null and {Within}
        """;

    private const string PeopleSql =
        $"""
        select claimed_person as person, coalesce(max(p.name), max(claimed_by)) as name,
               count(*) filter (where closed_at is null)::int as open,
               count(*) filter (where closed_at is null and paused_at is null and due_at < now())::int as overdue,
               count(*) filter (where state = 'writtenOff' and closed_at > now() - interval '30 days')::int as written_off,
               count(*) filter (where state = 'writtenOff' and closed_at > now() - interval '30 days' and coalesce(rectified_at, closed_at) <= due_at)::int as in_time
        from issue left join person p on p.id = claimed_person
        where claimed_by is not null and (closed_at is null or closed_at > now() - interval '30 days') and {Within}
        group by claimed_person, case when claimed_person is null then claimed_by end
        order by open desc, name limit @MostPeople
        """;

    public async Task<IssueWorkload> CountAsync(Caller caller, Snapshot snapshot, long? grid, CancellationToken cancel)
    {
        var parameters = new
        {
            reach = caller.ReachOf(Permission.HandleIssues).Roots,
            grids = grid is { } id && snapshot.ById(id) is { } facts ? snapshot.Within(facts).ToArray() : null,
            MostPeople,
        };
        await using var connection = await database.OpenAsync(cancel);
        var (unclaimed, overdue, returned, rectified, paused) = await connection.QuerySingleAsync<(int, int, int, int, int)>(new CommandDefinition(CountsSql, parameters, cancellationToken: cancel));
        var people = await connection.QueryAsync<PersonWorkload>(new CommandDefinition(PeopleSql, parameters, cancellationToken: cancel));
        return new IssueWorkload(unclaimed, overdue, returned, rectified, paused, [.. people]);
    }
}
