using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using NetTopologySuite.Geometries;
using Position = GridMap.Api.Grids.Position;

namespace GridMap.Api.Plans;

/// <summary>Which defects of a plan are wanted; null: all.</summary>
internal sealed record DefectFilter(string? Kind = null, bool? Blocks = null, int? Level = null, Bbox? Bbox = null);

/// <summary>Reads plans. Thread safe.</summary>
internal sealed class PlanQueries(Database database)
{
    private const string Sql =
        """
        select p.id, p.name, p.state, p.version, p.base_generation, p.created_at, p.created_by, p.published_as,
               (select count(*)::int from plan_grid g where g.plan_id = p.id) as grids,
               (select count(*)::int from plan_defect d where d.plan_id = p.id) as defects,
               (select count(*)::int from plan_defect d where d.plan_id = p.id and d.blocks) as blocking_defects,
               case when p.state = 'draft' then p.publish_at end as scheduled_for
        from plan p
        """;

    // Rows of the base that the plan does not replace, and the plan's own.
    private const string StateSql =
        """
        select p.grid_id, p.removed, p.code, p.name, p.level, p.kind, p.parent_id, p.geom, p.area_m2, p.attributes, true as changed, p.re_noded
        from plan_grid p where p.plan_id = @id
        union all
        select v.grid_id, false, v.code, v.name, v.level, v.kind, v.parent_id, v.geom, v.area_m2, v.attributes, false, false
        from grid_version v join plan on plan.id = @id
        where v.from_generation <= plan.base_generation and (v.to_generation is null or v.to_generation > plan.base_generation)
          and not exists (select from plan_grid p where p.plan_id = @id and p.grid_id = v.grid_id)
        """;

    // One's own, and those that lie within reach from end to end.
    private const string VisibleSql =
        """
        (@reach::bigint[] is null or p.created_account = @account
         or (exists (select from plan_grid g where g.plan_id = p.id) and not exists (select plan_beyond(p.id, @reach))))
        """;

    public async Task<Page<PlanItem>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] && long.TryParse(key, out var last) ? last : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<PlanRow>(new CommandDefinition(
            $"{Sql} where p.id < @before and {VisibleSql} order by p.id desc limit @most",
            new { before, reach = caller.ReachOf(Permission.Plan).Roots, account = caller.AccountId, most = limit + 1 }, cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, row => [row.Id.ToString()]);
    }

    /// <exception cref="ProblemException">404; 403 when it is not the caller's and lies beyond their reach.</exception>
    public async Task<PlanItem> FindAsync(Caller caller, long id, CancellationToken cancel)
    {
        var plan = await FindAsync(id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            $"select {VisibleSql} from plan p where p.id = @id",
            new { id, reach = caller.ReachOf(Permission.Plan).Roots, account = caller.AccountId }, cancellationToken: cancel))
            ? plan
            : throw Refusals.OutOfReach($"Plan {id}");
    }

    private async Task<PlanItem> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<PlanRow>(new CommandDefinition(Sql + " where p.id = @id", new { id }, cancellationToken: cancel));
        return row?.ToItem() ?? throw new ProblemException(Problem.NotFound("unknown_plan", $"There is no plan {id}; /api/v1/plans lists them."));
    }

    public async Task<PlanDetail> DetailAsync(Caller caller, long id, CancellationToken cancel)
    {
        var plan = await FindAsync(caller, id, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var edits = await connection.QueryAsync<(int Ordinal, string Kind, string Parameters, string Result, DateTime At, string By, bool Undone)>(
            new CommandDefinition(
                """
                select e.ordinal, e.kind, e.parameters::text, e.result::text, e.created_at, e.created_by, e.ordinal > p.cursor
                from plan_edit e join plan p on p.id = e.plan_id where e.plan_id = @id order by e.ordinal
                """,
                new { id }, cancellationToken: cancel));
        var locks = await connection.QueryAsync<string>(new CommandDefinition(
            $"select g.code from ({StateSql}) g join plan_lock l on l.grid_id = g.grid_id and l.plan_id = @id where not g.removed order by g.code",
            new { id }, cancellationToken: cancel));
        return new PlanDetail(
            plan, [.. edits.Select(e => new PlanEditItem(e.Ordinal, e.Kind, Json(e.Parameters), Json(e.Result), e.At, e.By, e.Undone))], [.. locks]);
    }

    /// <summary>Defects by number.</summary>
    public async Task<Page<(PlanDefectItem Item, Geometry Geometry)>> DefectsAsync(
        long id, DefectFilter filter, int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] && int.TryParse(key, out var last) ? last : 0;
        await using var connection = await database.OpenAsync(cancel);
        var parameters = new DynamicParameters(new { id, filter.Kind, filter.Blocks, filter.Level, after, most = limit + 1 });
        parameters.Add("box", filter.Bbox?.Geometry);
        var rows = await connection.QueryAsync<DefectRow>(new CommandDefinition(
            """
            select ordinal, kind, level::int, blocks, codes, measure, unit, geom from plan_defect
            where plan_id = @id and ordinal > @after and (@Kind::text is null or kind = @Kind)
              and (@Blocks::boolean is null or blocks = @Blocks) and (@Level::int is null or level = @Level)
              and (@box::geometry is null or (geom && @box and st_intersects(geom, @box)))
            order by ordinal limit @most
            """,
            parameters, cancellationToken: cancel));
        var items = rows.Select(row => (row.ToItem(), row.Geom)).ToList();
        return Paging.Cut(items, limit, item => [item.Item1.Ordinal.ToString()]);
    }

    /// <summary>The plan's grids as they stand, by id; or those that differ from the base, with those that are gone.</summary>
    public async Task<Page<(PlanGridItem Item, Geometry Geometry)>> GridsAsync(
        long id, bool changed, int? level, Bbox? bbox, int limit, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Key(cursor, 1) is [var key] && long.TryParse(key, out var last) ? last : 0;
        var parameters = new DynamicParameters(new { id, changed, level, after, most = limit + 1 });
        parameters.Add("box", bbox?.Geometry);
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<GridRow>(new CommandDefinition(
            $"""
            with g as materialized (
                select * from ({StateSql}) s
                where s.grid_id > @after and (@level::int is null or s.level = @level) and (s.changed or not @changed) and (@changed or not s.removed)
                  and (@box::geometry is null or (s.geom && @box and st_intersects(s.geom, @box)))
                order by s.grid_id limit @most)
            select g.grid_id as id, g.removed, g.code, g.name, g.level::int, g.kind, g.area_m2 as area, g.geom, g.changed, g.re_noded, g.attributes::text as attributes,
                   coalesce(
                       (select p.code from plan_grid p where p.plan_id = @id and p.grid_id = g.parent_id),
                       (select v.code from grid_version v join plan on plan.id = @id
                        where v.grid_id = g.parent_id and v.from_generation <= plan.base_generation and (v.to_generation is null or v.to_generation > plan.base_generation))) as parent,
                   exists (select from plan_lock l where l.plan_id = @id and l.grid_id = g.grid_id) as locked
            from g order by g.grid_id
            """,
            parameters, cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => (row.ToItem(), row.Geom))], limit, item => [item.Item1.Id.ToString()]);
    }

    private static Position PlaceOf(Geometry geometry)
    {
        var place = geometry.InteriorPoint.Coordinate;
        return new Position(place.X, place.Y);
    }

    // Members, not a constructor: Dapper matches no constructor with an array.
    private sealed class DefectRow
    {
        public int Ordinal { get; init; }

        public string Kind { get; init; } = "";

        public int? Level { get; init; }

        public bool Blocks { get; init; }

        public string[] Codes { get; init; } = [];

        public double? Measure { get; init; }

        public string? Unit { get; init; }

        public Geometry Geom { get; init; } = null!;

        public PlanDefectItem ToItem() => new(
            Ordinal, Kind, Level, Blocks, Codes, Measure is { } measure ? Math.Round(measure, 3) : null, Unit,
            Geom.IsEmpty ? null : PlaceOf(Geom), Geom.IsEmpty ? null : Position.Bbox(Geom.EnvelopeInternal));
    }

    private sealed class GridRow
    {
        public long Id { get; init; }

        public bool Removed { get; init; }

        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public int Level { get; init; }

        public string Kind { get; init; } = "";

        public string? Parent { get; init; }

        public double Area { get; init; }

        public Geometry Geom { get; init; } = null!;

        public bool Changed { get; init; }

        public bool ReNoded { get; init; }

        public bool Locked { get; init; }

        public string Attributes { get; init; } = "";

        public PlanGridItem ToItem() => new(
            Id, Removed, Code, Name, Level, Kind, Parent, Math.Round(Area, 2), Position.Bbox(Geom.EnvelopeInternal), Changed, ReNoded, Locked, Json(Attributes));
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private sealed record PlanRow(
        long Id, string Name, string State, int Version, int? BaseGeneration, DateTime CreatedAt, string CreatedBy, int? PublishedAs,
        int Grids, int Defects, int BlockingDefects, DateTime? ScheduledFor)
    {
        public PlanItem ToItem() => new(
            Id, Name, State, Version, BaseGeneration, CreatedAt, CreatedBy, PublishedAs, Grids, Defects, BlockingDefects, ScheduledFor);
    }
}
