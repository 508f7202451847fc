using Dapper;
using GridMap.Core.Editing;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GridMap.Api.Plans.Edits;

/// <summary>An edit's row. Immutable.</summary>
internal sealed record StoredEdit(int Ordinal, string Kind, string Parameters, string Result, int Version, DateTime CreatedAt, string CreatedBy);

/// <summary>The statements of edits, all inside their caller's transaction. Stateless and thread safe.</summary>
internal static class EditStore
{
    private const string BaseSql =
        """
        select v.grid_id, v.code, v.name, v.level, v.kind, v.parent_id, v.geom, v.area_m2, v.attributes::text
        from grid_version v
        where v.grid_id = any(@ids) and v.from_generation <= @base and (v.to_generation is null or v.to_generation > @base)
        """;

    private const string TakenSql =
        """
        select c.code from grid_code c where c.code = any(@codes) and c.grid_id <> all(@ids)
        union
        select p.code from plan_grid p join plan on plan.id = p.plan_id
        where p.code = any(@codes) and p.grid_id <> all(@ids) and plan.state = 'draft'
        """;

    /// <summary>Holds the plan until the end of the transaction.</summary>
    /// <returns>Its state word, version, cursor and base; null when there is no such plan.</returns>
    public static async Task<(string State, int Version, int Cursor, int? BaseGeneration)?> LockPlanAsync(NpgsqlTransaction transaction, long plan)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<(string State, int Version, int Cursor, int? BaseGeneration)>(
            "select state, version, cursor, base_generation from plan where id = @plan for update", new { plan }, transaction);
        return row.State is null ? null : row;
    }

    /// <summary>Codes of a result that some other grid has, or ever had, or has in another draft.</summary>
    public static async Task<IReadOnlyList<string>> TakenAsync(NpgsqlTransaction transaction, IReadOnlyList<GridChange> changes)
    {
        var after = changes.Select(change => change.After).OfType<PlannedGrid>().ToList();
        return [.. await transaction.Connection!.QueryAsync<string>(
            TakenSql, new { codes = after.Select(grid => grid.Code).ToArray(), ids = changes.Select(change => change.Id).ToArray() }, transaction)];
    }

    /// <summary>Every code that is or was some grid's, or that a draft has given.</summary>
    public static async Task<IEnumerable<string>> AllCodesAsync(NpgsqlTransaction transaction) => await transaction.Connection!.QueryAsync<string>(
        "select code from grid_code union select p.code from plan_grid p join plan on plan.id = p.plan_id where plan.state = 'draft'", transaction: transaction);

    /// <summary>Drops what was undone and writes the edit behind what is in force.</summary>
    public static async Task AddEditAsync(
        NpgsqlTransaction transaction, long plan, int ordinal, int version, string kind, string parameters, string result, string who, IReadOnlyList<GridChange> changes,
        DateTime? createdAt = null)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync("delete from plan_edit where plan_id = @plan and ordinal >= @ordinal", new { plan, ordinal }, transaction);
        await connection.ExecuteAsync(
            """
            insert into plan_edit (plan_id, ordinal, kind, parameters, result, created_by, version, created_at)
            values (@plan, @ordinal, @kind, @parameters::jsonb, @result::jsonb, @who, @version, coalesce(@createdAt, now()))
            """,
            new { plan, ordinal, kind, parameters, result, who, version, createdAt }, transaction);
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy plan_edit_grid (plan_id, ordinal, grid_id, is_after, change, code, name, level, kind, parent_id, geom, attributes) from stdin (format binary)");
        foreach (var change in changes)
        {
            foreach (var (grid, isAfter) in new[] { (change.Before, false), (change.After, true) })
            {
                if (grid is not null)
                    await WriteAsync(writer, plan, ordinal, grid, isAfter, EditAnswers.Word(change.Kind));
            }
        }

        await writer.CompleteAsync();
    }

    /// <summary>What an edit changed, as it was done.</summary>
    public static async Task<IReadOnlyList<GridChange>> ChangesAsync(NpgsqlTransaction transaction, long plan, int ordinal)
    {
        await using var command = new NpgsqlCommand(
            """
            select grid_id, code, name, level, kind, parent_id, geom, attributes::text, is_after, change
            from plan_edit_grid where plan_id = @plan and ordinal = @ordinal
            """,
            transaction.Connection, transaction);
        command.Parameters.AddWithValue("plan", plan);
        command.Parameters.AddWithValue("ordinal", ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        var sides = new List<(PlannedGrid Grid, bool IsAfter, string Change)>();
        while (await reader.ReadAsync())
        {
            sides.Add((new PlannedGrid(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt16(3), reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.GetFieldValue<MultiPolygon>(6), reader.GetString(7)), reader.GetBoolean(8), reader.GetString(9)));
        }

        return [.. sides.GroupBy(side => side.Grid.Id).OrderBy(sidesOf => sidesOf.Key).Select(sidesOf => new GridChange(
            sidesOf.FirstOrDefault(side => !side.IsAfter).Grid, sidesOf.FirstOrDefault(side => side.IsAfter).Grid,
            Enum.Parse<GridChangeKind>(sidesOf.First().Change, ignoreCase: true)))];
    }

    /// <summary>Brings the plan's difference from its base up to date.</summary>
    public static async Task PutAsync(NpgsqlTransaction transaction, long plan, int? baseGeneration, IReadOnlyList<GridChange> changes, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var ids = changes.Select(change => change.Id).ToArray();
        var baseGrids = await BaseAsync(transaction, baseGeneration, ids);
        await connection.ExecuteAsync("delete from plan_grid where plan_id = @plan and grid_id = any(@ids)", new { plan, ids }, transaction);
        var rows = new List<PlanGrid>();
        foreach (var change in changes)
        {
            var was = baseGrids.GetValueOrDefault(change.Id);
            if (change.After is null)
            {
                if (was is not null)
                    rows.Add(was with { Removed = true });
                continue;
            }

            var becomes = PlanGrid.Of(change.After);
            if (was is null || !PlanDifference.IsSame(was, becomes))
                rows.Add(becomes with { ReNoded = was is not null && PlanDifference.IsReNoded(was, becomes) });
        }

        await PlanStore.CopyGridsAsync(connection, plan, rows, cancel);
    }

    /// <summary>Locks and unlocks.</summary>
    public static async Task PutLocksAsync(NpgsqlTransaction transaction, long plan, PlanState before, PlanState after, string who)
    {
        var (added, removed) = (after.Locks.Except(before.Locks).ToArray(), before.Locks.Except(after.Locks).ToArray());
        if (removed.Length > 0)
        {
            await transaction.Connection!.ExecuteAsync(
                "delete from plan_lock where plan_id = @plan and grid_id = any(@removed)", new { plan, removed }, transaction);
        }

        if (added.Length > 0)
        {
            await transaction.Connection!.ExecuteAsync(
                "insert into plan_lock (plan_id, grid_id, locked_by) select @plan, unnest(@added), @who", new { plan, added, who }, transaction);
        }
    }

    /// <summary>Replaces the plan's defects that differ between two ledgers; all of them when none is stored, or an import's.</summary>
    public static async Task PutDefectsAsync(NpgsqlTransaction transaction, long plan, DefectLedger before, DefectLedger after, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var isOld = await connection.ExecuteScalarAsync<bool>(
            "select not exists (select from plan_defect where plan_id = @plan and (family is not null or grid_id is not null))", new { plan }, transaction);
        var differ = isOld ? [.. after.Rows.Select(row => (row.Family, row.Grid)).Distinct()] : after.Differing(before);
        if (isOld)
        {
            await connection.ExecuteAsync("delete from plan_defect where plan_id = @plan", new { plan }, transaction);
        }
        else
        {
            await connection.ExecuteAsync(
                "delete from plan_defect where plan_id = @plan and (family = any(@families) or grid_id = any(@grids))",
                new { plan, families = differ.Select(key => key.Family).OfType<long>().ToArray(), grids = differ.Select(key => key.Grid).OfType<long>().ToArray() }, transaction);
        }

        var first = await connection.ExecuteScalarAsync<int>("select coalesce(max(ordinal), 0) + 1 from plan_defect where plan_id = @plan", new { plan }, transaction);
        await PlanStore.CopyDefectsAsync(
            connection, plan, [.. differ.SelectMany(key => after.Of(key).Select(defect => new PlanDefectRow(key.Family, key.Grid, defect)))], first, cancel);
    }

    /// <summary>Moves the plan on.</summary>
    public static Task MoveAsync(NpgsqlTransaction transaction, long plan, int version, int cursor) => transaction.Connection!.ExecuteAsync(
        "update plan set version = @version, cursor = @cursor, validated = null where id = @plan", new { plan, version, cursor }, transaction);

    /// <summary>The edits that were made since a version, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredEdit>> SinceAsync(NpgsqlTransaction transaction, long plan, int version) =>
        [.. await transaction.Connection!.QueryAsync<StoredEdit>(
            """
            select ordinal, kind, parameters::text, result::text, version, created_at, created_by
            from plan_edit where plan_id = @plan and version > @version order by ordinal
            """,
            new { plan, version }, transaction)];

    /// <summary>An edit's kind and result.</summary>
    public static async Task<(string Kind, string Result)> EditAsync(NpgsqlTransaction transaction, long plan, int ordinal) =>
        await transaction.Connection!.QuerySingleAsync<(string, string)>(
            "select kind, result::text from plan_edit where plan_id = @plan and ordinal = @ordinal", new { plan, ordinal }, transaction);

    /// <summary>Open issues near places, with the grid that each is assigned to.</summary>
    public static async Task<IReadOnlyList<(Point Point, long? Grid)>> IssuesNearAsync(NpgsqlConnection connection, Geometry box, int most, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { most });
        parameters.Add("box", box);
        var rows = await connection.QueryAsync<(Geometry Point, long? Grid)>(new CommandDefinition(
            "select point, grid_id from issue where closed_at is null and point && @box limit @most", parameters, cancellationToken: cancel));
        return [.. rows.Select(row => ((Point)row.Point, row.Grid))];
    }

    private static async Task<Dictionary<long, PlanGrid>> BaseAsync(NpgsqlTransaction transaction, int? baseGeneration, long[] ids)
    {
        await using var command = new NpgsqlCommand(BaseSql, transaction.Connection, transaction);
        command.Parameters.AddWithValue("ids", ids);
        command.Parameters.AddWithValue("base", baseGeneration ?? 0);
        await using var reader = await command.ExecuteReaderAsync();
        var grids = new Dictionary<long, PlanGrid>();
        while (await reader.ReadAsync())
        {
            var grid = PlanStore.ReadGrid(reader);
            grids.Add(grid.GridId, grid);
        }

        return grids;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter writer, long plan, int ordinal, PlannedGrid grid, bool isAfter, string change)
    {
        await writer.StartRowAsync();
        await writer.WriteAsync(plan);
        await writer.WriteAsync(ordinal);
        await writer.WriteAsync(grid.Id);
        await writer.WriteAsync(isAfter);
        await writer.WriteAsync(change, NpgsqlDbType.Text);
        await writer.WriteAsync(grid.Code, NpgsqlDbType.Text);
        await writer.WriteAsync(grid.Name, NpgsqlDbType.Text);
        await writer.WriteAsync((short)grid.Level);
        await writer.WriteAsync(grid.Kind, NpgsqlDbType.Text);
        await PlanStore.WriteAsync(writer, grid.ParentId, CancellationToken.None);
        await writer.WriteAsync<Geometry>(grid.Polygon);
        await writer.WriteAsync(grid.Attributes, NpgsqlDbType.Jsonb);
    }
}

/// <summary>A defect with what it hangs on; an import's hang on neither.</summary>
internal sealed record PlanDefectRow(long? Family, long? Grid, PlanDefect Defect);
