using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Points;

/// <summary>Which entries are wanted; null: all.</summary>
/// <param name="Person">One person's.</param>
/// <param name="Reports">Those of reporters who are not known.</param>
/// <param name="Grid">Those of a grid and what lies inside it.</param>
/// <param name="Undivided">Those that lie in no grid of this level.</param>
/// <param name="Issue">Those of one issue, by its number.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
internal sealed record PointsQuestion(long? Person, bool Reports, GridFacts? Grid, int? Undivided, string? Issue, DateOnly? From, DateOnly? To);

/// <summary>Reads the ledger. Thread safe.</summary>
internal sealed class PointsLedger(Database database, IOptions<GridMapOptions> settings)
{
    private const string Sql =
        """
        select e.id, e.at, e.holder_person, p.name as person_name, e.grid_id, g.code as grid_code, g.name as grid_name, g.level as grid_level, i.number as issue, v.transition as step,
               e.rule_code, e.rule_version, r.name as rule_name, r.name_en as rule_name_en, w.name as reward, e.points, e.limited, e.corrects,
               case when e.corrects is null then e.points + (select coalesce(sum(c.points), 0)::int from points_entry c where c.corrects = e.id) end as stands, e.note, e.by_name
        from points_entry e
        left join person p on p.id = e.holder_person
        left join issue i on i.id = coalesce(e.issue_id, e.holder_issue)
        left join issue_event v on v.id = e.event_id
        left join points_rule r on r.code = e.rule_code and r.version = e.rule_version
        left join points_reward w on w.id = e.reward_id
        left join lateral (select v.code, v.name, v.level::int as level from grid_version v where v.grid_id = e.grid_id order by v.from_generation desc limit 1) g on true
        where e.id < @before and (@Person::bigint is null or e.holder_person = @Person) and (not @Reports or e.holder_issue is not null)
          and (@Issue::text is null or i.number = @Issue)
          and (@grids::bigint[] is null or e.grid_id = any(@grids) or (@nowhere and e.grid_id is null))
          and (@reach::bigint[] is null or e.grid_id in (select reach(@reach)))
          and (@From::date is null or e.at >= @From::timestamp at time zone @zone) and (@To::date is null or e.at < (@To::date + 1)::timestamp at time zone @zone)
        order by e.id desc limit @most
        """;

    /// <summary>Entries, newest first: one's own, and those on the grids where one directs issues.</summary>
    /// <exception cref="ProblemException">400; 403 for who asks for another's and directs nothing.</exception>
    public async Task<Page<PointsEntryItem>> ListAsync(Caller caller, Snapshot snapshot, PointsQuestion question, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : long.MaxValue;
        var isOwn = question.Person is { } person && person == caller.PersonId;
        var reach = isOwn ? Reach.Everywhere : caller.ReachOf(Permission.DirectIssues);
        if (reach.IsNothing)
            throw Refusals.OutOfReach("The points of others");
        await using var connection = await database.OpenAsync(cancel);
        var level = question.Grid?.Level ?? question.Undivided;
        var grids = level is null ? null : (await connection.QueryAsync<long>(new CommandDefinition("select distinct grid_id from points_entry where grid_id is not null", cancellationToken: cancel)))
            .Where(grid => snapshot.AtLevel(grid, level.Value)?.Id == question.Grid?.Id).ToArray();
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Sql,
            new
            {
                before,
                question.Person,
                question.Reports,
                question.Issue,
                grids,
                nowhere = question.Undivided is not null,
                question.From,
                question.To,
                zone = settings.Value.TimeZone,
                reach = reach.Roots,
                most = limit + 1,
            },
            cancellationToken: cancel));
        var seesNames = caller.May(Permission.SeePeople);
        return Paging.Cut([.. rows.Select(row => row.ToItem(seesNames))], limit, item => [item.Id.ToString()]);
    }

    private sealed record Row(
        long Id, DateTime At, long? HolderPerson, string? PersonName, long? GridId, string? GridCode, string? GridName, int? GridLevel, string? Issue, string? Step, string? RuleCode, int? RuleVersion,
        string? RuleName, string? RuleNameEn, string? Reward, int Points, bool Limited, long? Corrects, int? Stands, string Note, string ByName)
    {
        public PointsEntryItem ToItem(bool seesNames) => new(
            Id, At, HolderPerson is { } person ? new PersonReference(person, PersonName!) : null, GridId is { } grid ? new DutyGrid(grid, GridCode ?? "", GridName ?? "", GridLevel ?? 0) : null,
            Issue, Step, RuleCode, RuleVersion, RuleName, RuleNameEn, Reward, Points, Limited, Corrects, Stands, Note, seesNames ? ByName : null);
    }
}
