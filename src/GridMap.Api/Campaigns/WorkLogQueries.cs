using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

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
internal sealed class WorkLogQueries(Database database, PhotoLinks links)
{
    private const string Sql =
        """
        select w.id, v.code, w.day, w.item, w.quantity,
               (select sum(h.people)::int from head_count h where h.campaign_id = w.campaign_id and h.day = w.day and h.grid_id = w.grid_id) as head_count,
               (select sum(h.people)::int from head_count h
                where h.campaign_id = w.campaign_id and h.day = w.day and h.corrects = w.corrects and h.recorded_at = w.recorded_at) as head_count_change,
               w.by_role, w.recorded_at, w.corrects,
               case when @names::bigint[] is null or w.grid_id in (select reach(@names)) then w.by_name end as by_name,
               case when @notes::bigint[] is null or w.grid_id in (select reach(@notes)) then w.note end as note,
               case when @names::bigint[] is null or @notes::bigint[] is null or w.grid_id in (select reach(@names)) or w.grid_id in (select reach(@notes))
                    then (select string_agg(p.file, ' ' order by p.id) from work_log_photo p where p.entry_id = w.id) end as files
        from work_log w
        join campaign c on c.id = w.campaign_id
        join grid_version v on v.grid_id = w.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        where w.campaign_id = @Campaign and (@Grids::bigint[] is null or w.grid_id = any(@Grids))
          and (@From::date is null or w.day >= @From) and (@To::date is null or w.day <= @To) and (@Before::bigint is null or w.id < @Before)
          and (@visible::bigint[] is null or w.grid_id in (select reach(@visible)))
        order by w.id desc
        limit @Most
        """;

    /// <summary>The entries; names for those who see the people there, notes for those who log there, photos for both.</summary>
    public async Task<IReadOnlyList<WorkLogItem>> ReadAsync(WorkLogFilter filter, Caller caller, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Sql,
            new
            {
                filter.Campaign,
                filter.Grids,
                filter.From,
                filter.To,
                filter.Before,
                filter.Most,
                names = caller.ReachOf(Permission.SeePeople).Roots,
                notes = caller.ReachOf(Permission.LogWork).Roots,
                visible = caller.ReachOf(Permission.SeeMap).Roots,
            },
            cancellationToken: cancel));
        var items = new List<WorkLogItem>();
        foreach (var row in rows)
        {
            items.Add(new WorkLogItem(
                row.Id, row.Code, row.Day, row.Item, row.Quantity, row.HeadCount, row.HeadCountChange, row.ByRole, row.RecordedAt, row.Corrects,
                row.ByName, row.Note, await SignAsync(row.Files?.Split(' ') ?? [])));
        }

        return items;
    }

    private async Task<IReadOnlyList<SignedPhoto>> SignAsync(string[] files)
    {
        var photos = new List<SignedPhoto>(files.Length);
        foreach (var file in files)
        {
            photos.Add(await links.SignAsync(file));
        }

        return photos;
    }

    private sealed record Row(
        long Id, string Code, DateOnly Day, string Item, decimal Quantity, int? HeadCount, int? HeadCountChange, string? ByRole, DateTime RecordedAt, long? Corrects,
        string? ByName, string? Note, string? Files);
}
