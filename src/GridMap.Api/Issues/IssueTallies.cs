using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Issues;

/// <summary>Issues by grid and state, summed up through all levels. Thread safe.</summary>
internal sealed class IssueTallies(Database database, TimeProvider clock)
{
    private const string Sql =
        """
        select grid_id,
               count(*) filter (where state = 'reported')::int as reported,
               count(*) filter (where state in ('filed', 'claimed'))::int as claimed,
               count(*) filter (where state = 'rectified')::int as rectified,
               count(*) filter (where state = 'writtenOff')::int as written_off,
               count(*) filter (where closed_at is null and paused_at is null and due_at < now())::int as overdue
        from issue
        where @visible::bigint[] is null or grid_id in (select reach(@visible))
        group by grid_id
        """;

    public async Task<IssueCounts> CountAsync(Snapshot snapshot, Caller caller, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<TallyRow>(new CommandDefinition(
            Sql, new { visible = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel))).ToList();
        return Sum(snapshot, rows);
    }

    private IssueCounts Sum(Snapshot snapshot, List<TallyRow> rows)
    {
        var sums = new Dictionary<long, IssueTally>();
        var outside = IssueTally.Zero;
        var total = IssueTally.Zero;
        foreach (var row in rows)
        {
            var tally = new IssueTally(row.Reported, row.Claimed, row.Rectified, row.WrittenOff, row.Overdue);
            total += tally;
            var grid = row.GridId is { } id ? snapshot.Home(id) : null;
            if (grid is null)
            {
                outside += tally;
            }

            for (; grid is not null; grid = snapshot.Parent(grid))
            {
                sums[grid.Id] = sums.GetValueOrDefault(grid.Id, IssueTally.Zero) + tally;
            }
        }

        var items = snapshot.Grids.Where(grid => sums.ContainsKey(grid.Id)).Select(grid => (grid, sum: sums[grid.Id]))
            .Select(item => new GridTally(
                item.grid.Id, item.grid.Code, item.grid.Level,
                item.sum.Reported, item.sum.Claimed, item.sum.Rectified, item.sum.WrittenOff, item.sum.Overdue));
        return new IssueCounts(clock.GetUtcNow(), snapshot.Generation.Number, [.. items], outside, total);
    }

    private sealed record TallyRow(long? GridId, int Reported, int Claimed, int Rectified, int WrittenOff, int Overdue);
}
