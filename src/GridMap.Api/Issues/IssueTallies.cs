using Dapper;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;

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
               count(*) filter (where closed_at is null and due_at < now())::int as overdue
        from issue
        group by grid_id
        """;

    // A grid that is gone counts where its last parent is: figures of the past stay in the sums of the present.
    private const string LastParentSql =
        """
        with recursive up as (
            select id as gone, id as at, 0 as steps from unnest(@gone) as id
            union all
            select up.gone, (select v.parent_id from grid_version v where v.grid_id = up.at order by v.from_generation desc limit 1), up.steps + 1
            from up where up.at is not null and up.steps < 6
        )
        select gone, at from up where at = any(@alive) order by gone, steps
        """;

    public async Task<IssueCounts> CountAsync(Snapshot snapshot, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<TallyRow>(new CommandDefinition(Sql, cancellationToken: cancel))).ToList();
        var gone = rows.Where(row => row.GridId is { } id && snapshot.ById(id) is null).Select(row => row.GridId!.Value).ToArray();
        var heirs = new Dictionary<long, long>();
        if (gone.Length > 0)
        {
            var alive = snapshot.Grids.Select(grid => grid.Id).ToArray();
            foreach (var (id, at) in await connection.QueryAsync<(long Gone, long At)>(LastParentSql, new { gone, alive }))
            {
                heirs.TryAdd(id, at);
            }
        }

        return Sum(snapshot, rows, heirs);
    }

    private IssueCounts Sum(Snapshot snapshot, List<TallyRow> rows, Dictionary<long, long> heirs)
    {
        var sums = new Dictionary<long, IssueTally>();
        var outside = IssueTally.Zero;
        var total = IssueTally.Zero;
        foreach (var row in rows)
        {
            var tally = new IssueTally(row.Reported, row.Claimed, row.Rectified, row.WrittenOff, row.Overdue);
            total += tally;
            var grid = row.GridId is { } id ? snapshot.ById(heirs.GetValueOrDefault(id, id)) : null;
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
