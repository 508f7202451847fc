using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Campaigns;

/// <summary>Which entries of a work log, the newest first.</summary>
/// <param name="Campaign">Its number.</param>
/// <param name="Grids">Ids; null for all.</param>
/// <param name="From">The first day; null for all.</param>
/// <param name="To">The last day.</param>
/// <param name="Before">Entries older than this one; null from the newest.</param>
/// <param name="Most">How many at most.</param>
internal sealed record WorkLogFilter(long Campaign, long[]? Grids, DateOnly? From, DateOnly? To, long? Before, int Most);

/// <summary>Reads the work log. Thread safe.</summary>
internal sealed class WorkLogQueries(Database database)
{
    private const string Sql =
        """
        select w.id, v.code, w.day, w.item, w.quantity,
               (select sum(h.people)::int from head_count h where h.campaign_id = w.campaign_id and h.day = w.day and h.grid_id = w.grid_id) as head_count,
               w.by_role, w.recorded_at, w.corrects, w.by_name, w.note
        from work_log w
        join campaign c on c.id = w.campaign_id
        join grid_version v on v.grid_id = w.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where w.campaign_id = @Campaign and (@Grids::bigint[] is null or w.grid_id = any(@Grids))
          and (@From::date is null or w.day >= @From) and (@To::date is null or w.day <= @To) and (@Before::bigint is null or w.id < @Before)
        order by w.id desc
        limit @Most
        """;

    /// <summary>The entries; names and notes only for those who see all.</summary>
    public async Task<IReadOnlyList<WorkLogItem>> ReadAsync(WorkLogFilter filter, bool seesAll, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, filter, cancellationToken: cancel));
        return [.. rows.Select(row => new WorkLogItem(
            row.Id, row.Code, row.Day, row.Item, row.Quantity, row.HeadCount, row.ByRole, row.RecordedAt, row.Corrects,
            seesAll ? row.ByName : null, seesAll ? row.Note : null))];
    }

    private sealed record Row(
        long Id, string Code, DateOnly Day, string Item, decimal Quantity, int? HeadCount, string? ByRole, DateTime RecordedAt, long? Corrects,
        string ByName, string Note);
}
