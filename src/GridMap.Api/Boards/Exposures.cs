using System.Globalization;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Boards;

/// <summary>The exposure board (曝光台): before and after, as the office chooses. Thread safe.</summary>
internal sealed class Exposures(Database database, PhotoLinks links)
{
    private const string ListSql =
        """
        select i.id, i.number, i.category, v.name as grid_name, i.reported_at, i.closed_at, i.exposed_at, e.before_shown, e.after_shown
        from issue i
        join issue_exposure e on e.issue_id = i.id and e.before_shown is not null
        left join lateral (
            select name from grid_version v where v.grid_id = i.grid_id
            and v.from_generation <= i.assigned_generation and (v.to_generation is null or v.to_generation > i.assigned_generation)
        ) v on true
        where i.exposed_at is not null and (@before::timestamptz is null or (i.exposed_at, i.id) < (@before, @beforeId))
          and (@visible::bigint[] is null or i.grid_id in (select reach(@visible)))
        order by i.exposed_at desc, i.id desc limit @most
        """;

    /// <summary>What is shown, chosen last first.</summary>
    public async Task<Page<Exposure>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancel)
    {
        var (before, beforeId) = Paging.Key(cursor, 2) switch
        {
            null => ((DateTime?)null, (long?)null),
            [var time, var id] when DateTimeOffset.TryParseExact(time, "O", null, DateTimeStyles.None, out var at) && long.TryParse(id, out var number) => (at.UtcDateTime, number),
            _ => throw Paging.BadCursor(),
        };
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            ListSql, new { before, beforeId, most = limit + 1, visible = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel))).ToList();
        var page = Paging.Cut(rows, limit, row => [row.ExposedAt.ToString("O"), row.Id.ToString(CultureInfo.InvariantCulture)]);
        var items = new List<Exposure>();
        foreach (var row in page.Items)
        {
            items.Add(new Exposure(
                row.Number, row.Category, row.GridName, row.ReportedAt, row.ClosedAt, [await links.SignAsync(row.BeforeShown)], [await links.SignAsync(row.AfterShown)]));
        }

        return new Page<Exposure>(items, page.Next);
    }

    private sealed record Row(
        long Id, string Number, string Category, string? GridName, DateTime ReportedAt, DateTime? ClosedAt, DateTime ExposedAt, string BeforeShown, string AfterShown);
}
