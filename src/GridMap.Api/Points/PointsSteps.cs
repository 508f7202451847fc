using Dapper;
using GridMap.Core.Issues;
using GridMap.Core.Points;
using Npgsql;

namespace GridMap.Api.Points;

/// <summary>Reads rules, and the steps of issues with what decides points: the same question for the step that is just taken and for a recount. Stateless.</summary>
internal static class PointsSteps
{
    // A program's or the hotline's report is nobody's who is signed in: its points are the report's own.
    private const string Sql =
        """
        select e.id, e.issue_id, e.at, e.transition, e.to_state, e.by_name, e.person_id as actor, coalesce((e.details ->> 'isFalse')::boolean, false) as is_false,
               i.category, c.parent, i.grid_id, case when i.source in ('web', 'qr') then r.person_id end as reporter,
               f.person_id as mender, f.at as mended_at, d.due_at, z.id as closing,
               exists (select from issue_event b where b.issue_id = e.issue_id and b.id < e.id and b.to_state in ('filed', 'claimed', 'rectified')) as was_taken_up
        from issue_event e
        join issue i on i.id = e.issue_id
        join category c on c.code = i.category
        left join lateral (select person_id from issue_event r where r.issue_id = e.issue_id and r.transition = 'report' order by r.id limit 1) r on true
        left join lateral (select at, person_id from issue_event f where f.issue_id = e.issue_id and f.id < e.id and f.transition = 'rectify' order by f.id desc limit 1) f on e.transition = 'verify'
        left join lateral (select due_at from issue_due d where d.issue_id = e.issue_id and d.at <= e.at order by d.id desc limit 1) d on e.transition = 'verify'
        left join lateral (
            select z.id from issue_event z where z.issue_id = e.issue_id and z.id < e.id and z.to_state in ('writtenOff', 'rejected', 'duplicate') order by z.id desc limit 1
        ) z on e.transition = 'reopen'
        where e.transition in ('file', 'claim', 'assign', 'rectify', 'verify', 'reject', 'reopen') and (@only::bigint is null or e.id = @only)
        order by e.id
        """;

    private const string RulesSql = "select code, version, occasion, points, daily_most, category, active, from_at from points_rule order by code, version";

    /// <summary>Every version of every rule.</summary>
    public static async Task<IReadOnlyList<PointsRule>> RulesAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancel = default) =>
        [.. (await connection.QueryAsync<(string Code, int Version, string Occasion, int Points, int? Most, string? Category, bool Active, DateTime From)>(
            new CommandDefinition(RulesSql, transaction: transaction, cancellationToken: cancel)))
            .Select(row => new PointsRule(row.Code, row.Version, row.Occasion, row.Points, row.Most, row.Category, row.Active, row.From))];

    /// <summary>The steps that can score, in their order, with the grid of the issue and who took each.</summary>
    /// <param name="connection">Of the transaction.</param>
    /// <param name="transaction">The step's own, or that of a recount.</param>
    /// <param name="only">One event; null: all.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<List<(PointsStep Step, long? Grid, string By)>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, long? only, CancellationToken cancel = default) =>
        [.. (await connection.QueryAsync<Row>(new CommandDefinition(Sql, new { only }, transaction, cancellationToken: cancel))).Select(row => (row.ToStep(), row.GridId, row.ByName))];

    private sealed record Row(
        long Id, long IssueId, DateTime At, string Transition, string ToState, string ByName, long? Actor, bool IsFalse, string Category, string? Parent, long? GridId, long? Reporter,
        long? Mender, DateTime? MendedAt, DateTime? DueAt, long? Closing, bool WasTakenUp)
    {
        public PointsStep ToStep() => new(Id, IssueId, At, Transition, Enum.Parse<IssueState>(ToState, ignoreCase: true))
        {
            Category = Category,
            ParentCategory = Parent,
            Actor = Actor,
            Reporter = Reporter,
            Mender = Mender,
            MendedAt = MendedAt,
            DueAt = DueAt,
            WasTakenUp = WasTakenUp,
            IsFalse = IsFalse,
            Closing = Closing,
        };
    }
}
