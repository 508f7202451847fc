using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Duties;

/// <summary>Which terms are wanted.</summary>
/// <param name="Grid">On this grid; null: on all.</param>
/// <param name="Inside">And on those inside it.</param>
/// <param name="Person">Of this person; null: of all.</param>
/// <param name="Role">As this; null: as anything.</param>
/// <param name="At">Running then; null: whenever.</param>
internal sealed record DutyFilter(long? Grid, bool Inside, long? Person, string? Role, DateTimeOffset? At);

/// <summary>Reads terms, as far as the caller's reach goes; one's own are always there. Thread safe.</summary>
internal sealed class DutyQueries(Database database)
{
    private const string NamesSql =
        """
        left join lateral (
            select v.code, v.name, v.level::int as level from grid_version v where v.grid_id = d.grid_id order by v.from_generation desc limit 1
        ) g on true
        """;

    private const string WhereSql =
        """
        where (@reach::bigint[] is null or d.grid_id in (select reach(@reach)) or d.person_id = @me)
          and (@grid::bigint is null or d.grid_id = @grid or (@inside and d.grid_id in (select reach(array[@grid]))))
          and (@person::bigint is null or d.person_id = @person) and (@role::text is null or d.role = @role)
          and (@at::timestamptz is null or (d.from_at <= @at and (d.to_at is null or d.to_at > @at)))
        """;

    private const string Sql =
        $"""
        select d.id, d.person_id, p.name as person_name, d.role, d.grid_id, g.code, g.name as grid_name, g.level, d.from_at, d.to_at,
               d.stands_in_for, o.person_id as other_id, op.name as other_name, d.recorded_at, d.recorded_by
        from duty d join person p on p.id = d.person_id
        left join duty o on o.id = d.stands_in_for left join person op on op.id = o.person_id
        {NamesSql}
        """;

    private const string CorrectionSql =
        $"""
        select d.id, d.duty_id, d.person_id, p.name as person_name, d.role, d.grid_id, g.code, g.name as grid_name, g.level, d.from_at, d.to_at,
               d.reason, d.recorded_at, d.recorded_by
        from duty_correction d join person p on p.id = d.person_id
        {NamesSql}
        {WhereSql}
        order by d.id desc limit 1000
        """;

    /// <summary>Terms by number, newest first, with the corrections about the same.</summary>
    public async Task<DutyList> ListAsync(Caller caller, DutyFilter filter, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : long.MaxValue;
        var parameters = new
        {
            reach = caller.ReachOf(Permission.SeePeople).Roots,
            me = caller.PersonId,
            filter.Grid,
            filter.Inside,
            filter.Person,
            filter.Role,
            at = filter.At?.UtcDateTime,
            before,
            most = limit + 1,
        };
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Sql} {WhereSql} and d.id < @before order by d.id desc limit @most", parameters, cancellationToken: cancel));
        var page = Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
        var corrections = cursor is not null ? [] : await connection.QueryAsync<CorrectionRow>(new CommandDefinition(
            CorrectionSql, parameters, cancellationToken: cancel));
        return new DutyList(page.Items, page.Next, [.. corrections.Select(row => row.ToItem())]);
    }

    /// <summary>One term, whoever asks: for what was just written.</summary>
    public async Task<DutyItem> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QuerySingleAsync<Row>(new CommandDefinition($"{Sql} where d.id = @id", new { id }, cancellationToken: cancel))).ToItem();
    }

    private static DutyGrid? Grid(long? id, string? code, string? name, int? level) =>
        id is { } known ? new DutyGrid(known, code ?? "", name ?? "", level ?? 0) : null;

    private sealed record Row(
        long Id, long PersonId, string PersonName, string Role, long? GridId, string? Code, string? GridName, int? Level, DateTime FromAt, DateTime? ToAt,
        long? StandsInFor, long? OtherId, string? OtherName, DateTime RecordedAt, string RecordedBy)
    {
        public DutyItem ToItem() => new(
            Id, new PersonReference(PersonId, PersonName), Role, Grid(GridId, Code, GridName, Level), FromAt, ToAt,
            StandsInFor is { } other ? new StandsInFor(other, new PersonReference(OtherId!.Value, OtherName!)) : null, RecordedAt, RecordedBy);
    }

    private sealed record CorrectionRow(
        long Id, long? DutyId, long PersonId, string PersonName, string Role, long? GridId, string? Code, string? GridName, int? Level, DateTime FromAt,
        DateTime? ToAt, string Reason, DateTime RecordedAt, string RecordedBy)
    {
        public DutyCorrectionItem ToItem() => new(
            Id, DutyId, new PersonReference(PersonId, PersonName), Role, Grid(GridId, Code, GridName, Level), FromAt, ToAt, Reason, RecordedAt, RecordedBy);
    }
}
