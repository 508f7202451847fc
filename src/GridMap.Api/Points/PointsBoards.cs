using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Grids;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Points;

/// <summary>Sums the ledger by person and by grid; every line opens to its entries (<see cref="PointsLedger"/>). Thread safe.</summary>
internal sealed class PointsBoards(Database database, IOptions<GridMapOptions> settings)
{
    private const string Sums =
        """
        count(*) filter (where e.reward_id is null and e.corrects is null)::int as entries,
        coalesce(sum(e.points) filter (where e.points > 0 and e.reward_id is null and e.corrects is null), 0)::bigint as earned,
        coalesce(sum(e.points) filter (where e.points < 0 and e.reward_id is null and e.corrects is null), 0)::bigint as lost,
        coalesce(sum(e.points) filter (where e.reward_id is null and e.corrects is not null), 0)::bigint as corrected,
        coalesce(sum(e.points) filter (where e.reward_id is not null), 0)::bigint as redeemed,
        coalesce(sum(e.points), 0)::bigint as balance
        """;

    private const string Where =
        """
        where (@reach::bigint[] is null or e.grid_id in (select reach(@reach)))
          and (@From::date is null or e.at >= @From::timestamp at time zone @zone) and (@To::date is null or e.at < (@To::date + 1)::timestamp at time zone @zone)
        """;

    private const string PeopleSql =
        $"""
        select e.holder_person as key, p.name, {Sums} from points_entry e left join person p on p.id = e.holder_person
        {Where} group by e.holder_person, p.name order by e.holder_person is null, sum(e.points) desc, e.holder_person
        """;

    private const string GridsSql = $"select e.grid_id as key, '' as name, {Sums} from points_entry e {Where} group by e.grid_id";

    private const string OwnSql = $"select null::bigint as key, '' as name, {Sums} from points_entry e where e.holder_person = @Id";

    /// <summary>By person; all reporters who are not known are one line.</summary>
    public async Task<PointsBoard> PeopleAsync(Caller caller, DateOnly? from, DateOnly? to, CancellationToken cancel)
    {
        var items = (await ReadAsync(PeopleSql, caller, from, to, cancel))
            .Select(row => new PointsLine(row.Key is { } person ? new PersonReference(person, row.Name!) : null, null, row.Figures)).ToList();
        return Board(null, from, to, items);
    }

    /// <summary>By the grids of a level.</summary>
    public async Task<PointsBoard> GridsAsync(Snapshot snapshot, Caller caller, int level, DateOnly? from, DateOnly? to, CancellationToken cancel)
    {
        var lines = new Dictionary<long, PointsFigures>();
        foreach (var row in await ReadAsync(GridsSql, caller, from, to, cancel))
        {
            var key = snapshot.AtLevel(row.Key, level)?.Id ?? 0;
            lines[key] = lines.GetValueOrDefault(key, PointsFigures.Zero) + row.Figures;
        }

        var items = lines.Select(line => new PointsLine(null, line.Key == 0 ? null : GridReference.To(snapshot.ById(line.Key)!), line.Value))
            .OrderBy(line => line.Grid is null).ThenBy(line => line.Grid?.Code, StringComparer.Ordinal).ToList();
        return Board(level, from, to, items);
    }

    /// <summary>One person's.</summary>
    public async Task<PointsOwn> OwnAsync(PersonReference person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(OwnSql, new { person.Id }, cancellationToken: cancel));
        return new PointsOwn(person, row.Figures);
    }

    private static PointsBoard Board(int? level, DateOnly? from, DateOnly? to, List<PointsLine> items) =>
        new(level, from, to, items, items.Aggregate(PointsFigures.Zero, (sum, line) => sum + line.Figures));

    private async Task<IEnumerable<Row>> ReadAsync(string sql, Caller caller, DateOnly? from, DateOnly? to, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryAsync<Row>(new CommandDefinition(
            sql, new { From = from, To = to, zone = settings.Value.TimeZone, reach = caller.ReachOf(Permission.DirectIssues).Roots }, cancellationToken: cancel));
    }

    private sealed record Row(long? Key, string? Name, int Entries, long Earned, long Lost, long Corrected, long Redeemed, long Balance)
    {
        public PointsFigures Figures => new(Entries, Earned, Lost, Corrected, Redeemed, Balance);
    }
}
