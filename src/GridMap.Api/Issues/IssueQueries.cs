using Dapper;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using NetTopologySuite.Geometries;
using Position = GridMap.Api.Grids.Position;

namespace GridMap.Api.Issues;

/// <summary>What a list of issues is narrowed by.</summary>
internal sealed record IssueFilter(
    string? Grid, string? State, string? Category, Bbox? Bbox, bool? Overdue, bool? Assigned);

/// <summary>Reads issues. Thread safe.</summary>
internal sealed class IssueQueries(Database database, SnapshotProvider snapshots, TimeProvider clock)
{
    private const string Columns =
        """
        select i.id, i.number, i.category, i.state, i.reported_at, i.due_at, i.closed_at, i.grid_id, i.point, i.description, i.contact,
               v.code as grid, v.name as grid_name
        from issue i
        left join lateral (
            select code, name from grid_version v where v.grid_id = i.grid_id
            and v.from_generation <= i.assigned_generation and (v.to_generation is null or v.to_generation > i.assigned_generation)
        ) v on true
        """;

    private const string ListSql = Columns + """

        where (@grids::bigint[] is null or i.grid_id = any(@grids))
          and (@state::text is null or i.state = @state)
          and (@category::text is null or i.category = @category or i.category in (select code from category where parent = @category))
          and (@box::geometry is null or (i.point && @box and st_covers(@box, i.point)))
          and (@overdue::boolean is null or @overdue = (i.closed_at is null and i.due_at < now()))
          and (@assigned::boolean is null or @assigned = (i.grid_id is not null))
          and (@before::timestamptz is null or (i.reported_at, i.id) < (@before, @beforeId))
        order by i.reported_at desc, i.id desc
        limit @most
        """;

    public async Task<Page<IssueItem>> ListAsync(IssueFilter filter, int limit, string? cursor, bool exact, CancellationToken cancel)
    {
        var key = Paging.Key(cursor, 2);
        var snapshot = snapshots.Current;
        var parameters = new DynamicParameters();
        parameters.Add("grids", filter.Grid is null ? null : Subtree(snapshot, GridEndpoints.Find(snapshot, filter.Grid)));
        parameters.Add("state", filter.State);
        parameters.Add("category", filter.Category);
        parameters.Add("box", filter.Bbox?.Geometry);
        parameters.Add("overdue", filter.Overdue);
        parameters.Add("assigned", filter.Assigned);
        parameters.Add("before", key is null ? null : DateTimeOffset.Parse(key[0]).UtcDateTime);
        parameters.Add("beforeId", key is null ? null : long.Parse(key[1]));
        parameters.Add("most", limit + 1);
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<IssueRow>(new CommandDefinition(ListSql, parameters, cancellationToken: cancel))).ToList();
        var page = Paging.Cut(rows, limit, row => [row.ReportedAt.ToString("O"), row.Id.ToString()]);
        return new Page<IssueItem>([.. page.Items.Select(row => Item(row, exact))], page.Next);
    }

    public async Task<IssueDetail> DetailAsync(string number, bool seesAll, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<IssueRow>(Columns + " where i.number = @number", new { number })
            ?? throw IssueEndpoints.Unknown(number);
        var events = await connection.QueryAsync<(DateTime At, string Transition, string? From, string To, string By, string Note)>(
            "select at, transition, from_state, to_state, by_name, note from issue_event where issue_id = @Id order by id", new { row.Id });
        var pictures = await connection.QueryAsync<(string Kind, string File, string MediaType)>(
            "select kind, file, media_type from issue_photo where issue_id = @Id order by id", new { row.Id });
        var snapshot = snapshots.Current;
        var grid = row.GridId is { } id ? snapshot.ById(id) : null;
        var item = Item(row, seesAll);
        return new IssueDetail(
            item.Number, item.Category, item.State, item.ReportedAt, item.DueAt, item.Overdue, item.Grid, item.GridName, item.Point, item.Days,
            grid is null ? [] : [.. snapshot.Chain(grid).Select(GridReference.To)],
            [.. events.Select(e => new IssueEventItem(e.At, e.Transition, e.From, e.To, seesAll ? e.By : null, seesAll ? e.Note : null))],
            seesAll ? [.. pictures.Select(p => new IssuePhotoItem(p.Kind, $"/api/v1/issues/{number}/photos/{p.File}", p.MediaType))] : [],
            seesAll ? row.Description : null,
            seesAll ? row.Contact : null);
    }

    private IssueItem Item(IssueRow row, bool exact)
    {
        var now = clock.GetUtcNow();
        var coordinate = row.Point.Coordinate;
        var point = new LonLat(coordinate.X, coordinate.Y);
        var shown = exact ? point : PublicPoint.Round(point);
        var until = row.ClosedAt is { } closed ? new DateTimeOffset(closed) : now;
        return new IssueItem(
            row.Number, row.Category, row.State, row.ReportedAt, row.DueAt, row.ClosedAt is null && row.DueAt < now,
            row.Grid, row.GridName, new Position(shown.Lon, shown.Lat), (int)(until - row.ReportedAt).TotalDays);
    }

    private static long[] Subtree(Snapshot snapshot, GridFacts grid)
    {
        var ids = new List<long>();
        var open = new Stack<GridFacts>([grid]);
        while (open.TryPop(out var next))
        {
            ids.Add(next.Id);
            foreach (var child in snapshot.Children(next))
            {
                open.Push(child);
            }
        }

        return [.. ids];
    }

    private sealed record IssueRow(
        long Id, string Number, string Category, string State, DateTime ReportedAt, DateTime DueAt, DateTime? ClosedAt, long? GridId,
        Geometry Point, string Description, string Contact, string? Grid, string? GridName);
}
