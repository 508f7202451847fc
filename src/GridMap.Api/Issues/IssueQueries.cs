using System.Globalization;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;
using NetTopologySuite.Geometries;
using Position = GridMap.Api.Grids.Position;

namespace GridMap.Api.Issues;

/// <summary>What a list of issues is narrowed by.</summary>
internal sealed record IssueFilter(
    string? Grid, string? State, string? Category, Bbox? Bbox, bool? Overdue, bool? Assigned)
{
    /// <summary>Those that are not closed, or only those that are.</summary>
    public bool? Open { get; init; }

    /// <summary>Those that this person took up, and those that nobody did on the grids that they answer for.</summary>
    public long? Mine { get; init; }

    /// <summary>What is due first comes first.</summary>
    public bool ByDue { get; init; }
}

/// <summary>Reads issues. Thread safe.</summary>
internal sealed class IssueQueries(Database database, SnapshotProvider snapshots)
{
    // now() on both sides: the clock that set due_at is the one that says whether it has passed.
    private const string Columns =
        """
        select i.id, i.number, i.category, i.state, i.reported_at, i.due_at, i.grid_id, i.assigned_generation, i.point, i.description, i.contact,
               i.closed_at is null and i.paused_at is null and i.due_at < now() as overdue, i.paused_at is not null as is_paused, i.due_certain, i.source, i.on_spot, i.exception,
               i.returned, i.reopened, i.escalations, i.satisfaction, i.satisfaction_note, i.claimed_by, i.claimed_person, i.exposed_at, i.severity, i.quantity,
               (select number from issue o where o.id = i.duplicate_of) as duplicate_of,
               (select code from grid_code g where g.grid_id = i.qr_grid order by code limit 1) as qr_grid,
               floor(extract(epoch from coalesce(i.closed_at, now()) - i.reported_at) / 86400)::int as days,
               v.code as grid, v.name as grid_name,
               @reach::bigint[] is null or coalesce(i.grid_id in (select reach(@reach)), false) as is_full,
               @visible::bigint[] is null or coalesce(i.grid_id in (select reach(@visible)), false) as is_visible
        from issue i
        left join lateral (
            select code, name from grid_version v where v.grid_id = i.grid_id
            and v.from_generation <= i.assigned_generation and (v.to_generation is null or v.to_generation > i.assigned_generation)
        ) v on true
        """;

    // Who may not see exact points may not find them by narrowing the box either.
    private const string ListSql = Columns + """

        where (@grids::bigint[] is null or i.grid_id = any(@grids))
          and (@state::text is null or i.state = @state)
          and (@category::text is null or i.category = @category or i.category in (select code from category where parent = @category))
          and (@box::geometry is null or (i.point && st_expand(@box, @margin)
               and st_covers(@box, case
                   when @reach::bigint[] is null or i.grid_id in (select reach(@reach)) then i.point else public_point(i.point) end)))
          and (@visible::bigint[] is null or i.grid_id in (select reach(@visible)))
          and (@overdue::boolean is null or @overdue = (i.closed_at is null and i.paused_at is null and i.due_at < now()))
          and (@open::boolean is null or @open = (i.closed_at is null))
          and (@mine::bigint is null or i.claimed_person = @mine or (i.state in ('reported', 'filed') and i.grid_id in (
              select d.grid_id from duty d where d.person_id = @mine and d.role in ('grid_leader', 'grid_worker') and d.from_at <= now() and (d.to_at is null or d.to_at > now()))))
          and (@assigned::boolean is null or @assigned = (i.grid_id is not null))

        """;

    private const string NewestSql = ListSql + """

          and (@before::timestamptz is null or (i.reported_at, i.id) < (@before, @beforeId))
        order by i.reported_at desc, i.id desc
        limit @most
        """;

    private const string DueSql = ListSql + """

          and (@before::timestamptz is null or (i.due_at, i.id) > (@before, @beforeId))
        order by i.due_at, i.id
        limit @most
        """;

    private const string DetailSql = Columns + " where i.number = @number";

    // More than a public point lies beside the exact one, in degrees, up to 85 degrees of latitude.
    private const double PublicMargin = 0.01;

    private const string ChainSql =
        """
        with recursive up as (
            select grid_id, code, name, level, kind, parent_id from grid_version
            where grid_id = @grid and from_generation <= @generation and (to_generation is null or to_generation > @generation)
            union all
            select v.grid_id, v.code, v.name, v.level, v.kind, v.parent_id from up join grid_version v on v.grid_id = up.parent_id
            where v.from_generation <= @generation and (v.to_generation is null or v.to_generation > @generation)
        )
        select level::int as level, grid_id as id, code, name, kind from up order by level
        """;

    public async Task<Page<IssueItem>> ListAsync(IssueFilter filter, int limit, string? cursor, Caller caller, CancellationToken cancel)
    {
        var (before, beforeId) = Before(cursor);
        var snapshot = snapshots.Current;
        var parameters = new DynamicParameters();
        parameters.Add("grids", filter.Grid is null ? null : snapshot.Within(GridEndpoints.Find(snapshot, filter.Grid)).ToArray());
        parameters.Add("state", filter.State);
        parameters.Add("category", filter.Category);
        parameters.Add("box", filter.Bbox?.Geometry);
        parameters.Add("overdue", filter.Overdue);
        parameters.Add("assigned", filter.Assigned);
        parameters.Add("open", filter.Open);
        parameters.Add("mine", filter.Mine);
        AddReach(parameters, caller);
        parameters.Add("margin", caller.ReachOf(Permission.HandleIssues).IsEverywhere ? 0 : PublicMargin);
        parameters.Add("before", before);
        parameters.Add("beforeId", beforeId);
        parameters.Add("most", limit + 1);
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<IssueRow>(new CommandDefinition(filter.ByDue ? DueSql : NewestSql, parameters, cancellationToken: cancel))).ToList();
        var page = Paging.Cut(rows, limit, row => [(filter.ByDue ? row.DueAt : row.ReportedAt).ToString("O"), row.Id.ToString()]);
        return new Page<IssueItem>([.. page.Items.Select(Item)], page.Next);
    }

    /// <summary>One issue: whole within the reach of those who handle issues, else in its public form.</summary>
    /// <exception cref="ProblemException">404: there is none, or the map is closed and it lies beyond the caller's grids.</exception>
    public async Task<IssueDetail> DetailAsync(string number, Caller caller, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { number });
        AddReach(parameters, caller);
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<IssueRow>(DetailSql, parameters) ?? throw IssueEndpoints.Unknown(number);
        if (!row.IsVisible)
        {
            throw IssueEndpoints.Hidden(number);
        }

        var seesAll = row.IsFull;
        var events = await connection.QueryAsync<(DateTime At, string Transition, string? From, string To, string By, string Note)>(
            "select at, transition, from_state, to_state, by_name, note from issue_event where issue_id = @Id order by id", new { row.Id });
        var pictures = await connection.QueryAsync<(string Kind, string File, string MediaType)>(
            "select kind, file, media_type from issue_photo where issue_id = @Id order by id", new { row.Id });
        var chain = await connection.QueryAsync<GridReference>(ChainSql, new { grid = row.GridId, generation = row.AssignedGeneration });
        var item = Item(row);
        return new IssueDetail(
            item.Number, item.Category, item.State, item.ReportedAt, item.DueAt, item.Overdue, item.Grid, item.GridName, item.Point, item.Days,
            item.Paused,
            [.. chain],
            [.. events.Select(e => new IssueEventItem(e.At, e.Transition, e.From, e.To, seesAll ? e.By : null, seesAll ? e.Note : null))],
            seesAll ? [.. pictures.Select(p => new IssuePhotoItem(p.Kind, $"/api/v1/issues/{number}/photos/{p.File}", p.MediaType, $"/api/v1/issues/{number}/photos/{p.File}?small=true"))] : [],
            seesAll ? row.Description : null,
            seesAll ? row.Contact : null,
            new IssueMarks(
                row.DueCertain, row.Source, row.OnSpot, row.Exception.Length == 0 ? null : seesAll ? row.Exception : "", row.Returned, row.Reopened, row.Escalations, row.Satisfaction,
                seesAll ? row.SatisfactionNote : null, seesAll ? row.ClaimedBy : null, seesAll ? row.ClaimedPerson : null, row.DuplicateOf, row.QrGrid, row.ExposedAt, row.Severity, row.Quantity),
            seesAll ? await IssuePlans.FindAsync(connection, row.Id) : null);
    }

    /// <summary>Whether the caller handles this issue, and so sees all of it.</summary>
    public async Task<bool> IsFullAsync(string number, Caller caller, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { number });
        AddReach(parameters, caller);
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<IssueRow>(new CommandDefinition(DetailSql, parameters, cancellationToken: cancel))
            ?? throw IssueEndpoints.Unknown(number)).IsFull;
    }

    private static void AddReach(DynamicParameters parameters, Caller caller)
    {
        parameters.Add("reach", caller.ReachOf(Permission.HandleIssues).Roots);
        parameters.Add("visible", caller.ReachOf(Permission.SeeMap).Roots);
    }

    private static IssueItem Item(IssueRow row)
    {
        var coordinate = row.Point.Coordinate;
        var point = new LonLat(coordinate.X, coordinate.Y);
        var shown = row.IsFull ? point : PublicPoint.Round(point);
        return new IssueItem(
            row.Number, row.Category, row.State, row.ReportedAt, row.DueAt, row.Overdue,
            row.Grid, row.GridName, new Position(shown.Lon, shown.Lat), row.Days, row.IsPaused);
    }

    private static (DateTime? Time, long? Id) Before(string? cursor) => Paging.Key(cursor, 2) switch
    {
        null => (null, null),
        [var time, var id] when DateTimeOffset.TryParseExact(time, "O", null, DateTimeStyles.None, out var at) && long.TryParse(id, out var number) =>
            (at.UtcDateTime, number),
        _ => throw Paging.BadCursor(),
    };

    private sealed record IssueRow(
        long Id, string Number, string Category, string State, DateTime ReportedAt, DateTime DueAt, long? GridId, int? AssignedGeneration,
        Geometry Point, string Description, string Contact, bool Overdue, bool IsPaused, bool DueCertain, string Source, bool OnSpot, string Exception, int Returned, int Reopened,
        int Escalations, short? Satisfaction, string SatisfactionNote, string? ClaimedBy, long? ClaimedPerson, DateTime? ExposedAt, string Severity, decimal? Quantity, string? DuplicateOf, string? QrGrid, int Days, string? Grid, string? GridName, bool IsFull, bool IsVisible);
}
