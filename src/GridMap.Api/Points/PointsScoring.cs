using Dapper;
using GridMap.Api.Settings;
using GridMap.Core.Points;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Points;

/// <summary>Scores a step of an issue, in its transaction: what the rules give is in the ledger exactly when the step is. Thread safe.</summary>
internal sealed class PointsScoring(IOptions<GridMapOptions> settings)
{
    private const string InsertSql =
        """
        insert into points_entry (at, holder_person, holder_issue, grid_id, issue_id, event_id, rule_code, rule_version, points, limited, by_name)
        values (@At, @Person, @Issue, @grid, @issueId, @Id, @Code, @Version, @points, @limited, @by)
        """;

    private const string CountedSql =
        """
        select count(*)::int from points_entry e join issue_event v on v.id = e.event_id
        where e.rule_code = @Code and e.corrects is null and not e.limited and e.holder_person is not distinct from @Person and e.holder_issue is not distinct from @Issue
          and (v.at at time zone @zone)::date = (@At::timestamptz at time zone @zone)::date
        """;

    // What is left of each entry of the closing, after corrections by hand: nothing is given back twice.
    private const string TakeBackSql =
        """
        insert into points_entry (at, holder_person, holder_issue, grid_id, issue_id, event_id, rule_code, rule_version, points, corrects, by_name)
        select @At, e.holder_person, e.holder_issue, e.grid_id, e.issue_id, @Id, e.rule_code, e.rule_version, -s.stood, e.id, @by
        from points_entry e
        join points_rule r on r.code = e.rule_code and r.version = e.rule_version
        cross join lateral (select e.points + coalesce(sum(c.points), 0)::int as stood from points_entry c where c.corrects = e.id) s
        where e.event_id = @Closing and e.corrects is null and r.occasion = any(@occasions) and s.stood <> 0
        order by e.id
        """;

    /// <summary>Scores.</summary>
    /// <param name="transaction">The step's own, which has written its event.</param>
    /// <param name="transition">The step's word.</param>
    /// <param name="logged">The event.</param>
    public async Task ScoreAsync(NpgsqlTransaction transaction, string transition, long logged)
    {
        if (!PointsDecision.CanScore(transition))
            return;
        await PointsLocks.ShareRulesAsync(transaction);
        var rules = await PointsSteps.RulesAsync(transaction.Connection!, transaction);
        foreach (var (step, grid, by) in await PointsSteps.ReadAsync(transaction.Connection!, transaction, logged))
        {
            await GiveAsync(transaction, step, rules, grid, by);
            if (step.Closing is not null)
                await TakeBackAsync(transaction, step, by);
        }
    }

    /// <summary>Scores every step that there is, where nothing is scored yet: for courses that were loaded, not taken.</summary>
    public async Task ScoreLoadedAsync(NpgsqlTransaction transaction)
    {
        var rules = await PointsSteps.RulesAsync(transaction.Connection!, transaction);
        var counted = new Dictionary<(string, PointsHolder, DateOnly), int>();
        var rows = new List<object>();
        // Issue after issue is how they were loaded; the ledger is in the order in which it happened.
        foreach (var (step, grid, by) in (await PointsSteps.ReadAsync(transaction.Connection!, transaction, only: null)).OrderBy(row => row.Step.At))
        {
            foreach (var (rule, holder) in PointsDecision.Of(step, PointsRule.At(rules, step.At)))
            {
                var key = (rule.Code, holder, DayOf(step.At));
                var limited = rule.IsLimitedAfter(counted.GetValueOrDefault(key));
                rows.Add(Entry(step, grid, by, rule, holder, limited));
                counted[key] = counted.GetValueOrDefault(key) + (limited ? 0 : 1);
            }
        }

        await transaction.Connection!.ExecuteAsync(InsertSql, rows, transaction);
    }

    /// <summary>The day of a moment where this is: limits are by day.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(settings.Value.TimeZone)).DateTime);

    private async Task GiveAsync(NpgsqlTransaction transaction, PointsStep step, IReadOnlyList<PointsRule> rules, long? grid, string by)
    {
        var given = PointsDecision.Of(step, PointsRule.At(rules, step.At)).ToList();
        await PointsLocks.HoldAsync(transaction, given.Select(one => one.Holder));
        foreach (var (rule, holder) in given)
        {
            var limited = rule.DailyMost is not null && rule.IsLimitedAfter(await transaction.Connection!.ExecuteScalarAsync<int>(
                CountedSql, new { rule.Code, holder.Person, holder.Issue, At = step.At.UtcDateTime, zone = settings.Value.TimeZone }, transaction));
            await transaction.Connection!.ExecuteAsync(InsertSql, Entry(step, grid, by, rule, holder, limited), transaction);
        }
    }

    private static async Task TakeBackAsync(NpgsqlTransaction transaction, PointsStep step, string by)
    {
        var holders = await transaction.Connection!.QueryAsync<(long? Person, long? Issue)>(
            "select holder_person, holder_issue from points_entry where event_id = @Closing and corrects is null", new { step.Closing }, transaction);
        await PointsLocks.HoldAsync(transaction, holders.Select(holder => new PointsHolder(holder.Person, holder.Issue)));
        await transaction.Connection!.ExecuteAsync(
            TakeBackSql, new { step.Id, step.Closing, At = step.At.UtcDateTime, by, occasions = PointsOccasion.All.Where(PointsOccasion.IsTakenBack).ToArray() }, transaction);
    }

    private static object Entry(PointsStep step, long? grid, string by, PointsRule rule, PointsHolder holder, bool limited) => new
    {
        step.Id,
        At = step.At.UtcDateTime,
        holder.Person,
        holder.Issue,
        grid,
        issueId = step.Issue,
        rule.Code,
        rule.Version,
        points = limited ? 0 : rule.Points,
        limited,
        by,
    };
}
