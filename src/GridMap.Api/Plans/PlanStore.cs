using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Plans.Edits;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GridMap.Api.Plans;

/// <summary>Stores plans whole or not at all, and reads their states. Thread safe.</summary>
internal sealed class PlanStore(Database database)
{
    private const int BeyondTold = 20;

    private const string StateSql =
        """
        select grid_id, code, name, level, kind, parent_id, geom, area_m2, attributes::text
        from plan_grid where plan_id = @plan and not removed
        union all
        select v.grid_id, v.code, v.name, v.level, v.kind, v.parent_id, v.geom, v.area_m2, v.attributes::text
        from grid_version v
        where v.from_generation <= @base and (v.to_generation is null or v.to_generation > @base)
          and not exists (select from plan_grid p where p.plan_id = @plan and p.grid_id = v.grid_id)
        """;

    // A copy's new grids are the original's: of two that are published, the second is told that codes are taken.
    private static readonly string[] CopySql =
    [
        """
        insert into plan_edit (plan_id, ordinal, kind, parameters, result, created_at, created_by)
        select @id, ordinal, kind, parameters, result, created_at, created_by from plan_edit where plan_id = @copyOf
        """,
        """
        insert into plan_edit_grid (plan_id, ordinal, grid_id, is_after, change, code, name, level, kind, parent_id, geom, attributes)
        select @id, ordinal, grid_id, is_after, change, code, name, level, kind, parent_id, geom, attributes from plan_edit_grid where plan_id = @copyOf
        """,
        """
        insert into plan_grid (plan_id, grid_id, removed, re_noded, code, name, level, kind, parent_id, geom, area_m2, attributes)
        select @id, grid_id, removed, re_noded, code, name, level, kind, parent_id, geom, area_m2, attributes from plan_grid where plan_id = @copyOf
        """,
        """
        insert into plan_defect (plan_id, ordinal, family, grid_id, kind, level, blocks, codes, geom, measure, unit)
        select @id, ordinal, family, grid_id, kind, level, blocks, codes, geom, measure, unit from plan_defect where plan_id = @copyOf
        """,
        "insert into plan_lock (plan_id, grid_id, locked_at, locked_by) select @id, grid_id, locked_at, locked_by from plan_lock where plan_id = @copyOf",
    ];

    /// <summary>New identities for grids that have none yet.</summary>
    public async Task<long[]> ReserveIdsAsync(int count, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<long>(new CommandDefinition(
            "select nextval(ids.name) from (select pg_get_serial_sequence('grid', 'id')::regclass as name offset 0) ids, generate_series(1, @count)", new { count }, commandTimeout: 0, cancellationToken: cancel))];
    }

    /// <summary>The identities of codes that exist or ever existed: a code is never given to another.</summary>
    public async Task<Dictionary<string, long>> IdsByCodeAsync(IEnumerable<string> codes, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(string Code, long Id)>(new CommandDefinition(
            "select code, grid_id from grid_code where code = any(@codes)", new { codes = codes.ToArray() }, commandTimeout: 0, cancellationToken: cancel));
        return rows.ToDictionary(row => row.Code, row => row.Id);
    }

    /// <summary>Stores a plan with its first edit, its grids and its defects.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="draft">The plan.</param>
    /// <param name="cancel">Gives up, leaving nothing.</param>
    /// <param name="alongside">Runs in the same transaction, with the plan's number.</param>
    /// <returns>The plan's number.</returns>
    /// <exception cref="ProblemException">403: it would change grids beyond the caller's reach. Nothing was stored.</exception>
    public async Task<long> CreateAsync(
        Caller caller, PlanDraft draft, CancellationToken cancel, Func<NpgsqlTransaction, long, Task>? alongside = null)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var id = await connection.ExecuteScalarAsync<long>(
            "insert into plan (name, base_generation, created_by, created_account, cursor) values (@Name, @BaseGeneration, @Who, @AccountId, 1) returning id",
            new { draft.Name, draft.BaseGeneration, caller.Who, caller.AccountId }, transaction);
        await connection.ExecuteAsync(
            """
            insert into plan_edit (plan_id, ordinal, kind, parameters, result, created_by)
            values (@id, 1, @EditKind, @ParametersJson::jsonb, @ResultJson::jsonb, @Who)
            """,
            new { id, draft.EditKind, draft.ParametersJson, draft.ResultJson, caller.Who }, transaction);
        var digest = draft.ValidatedBy is { } rules ? Task.Run(() => PlanDigest.Of(draft.BaseGeneration, rules, draft.Grids), cancel) : null;
        await CopyGridsAsync(connection, id, draft.Grids, cancel);
        await CopyDefectsAsync(connection, id, [.. draft.Defects.Select(defect => new PlanDefectRow(null, null, defect))], 1, cancel);
        if (digest is not null)
        {
            await connection.ExecuteAsync("update plan set validated = @validated where id = @id", new { id, validated = await digest }, transaction);
        }

        await RequireAsync(transaction, caller, id);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "plan.create", "plan", id.ToString(), After: new { draft.Name, draft.BaseGeneration, draft.EditKind, grids = draft.Grids.Count }));
        if (alongside is not null)
        {
            await alongside(transaction, id);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>Starts a plan without edits on the newest generation, or as a copy of another with its base, edits, locks and defects.</summary>
    /// <returns>The plan's number.</returns>
    /// <exception cref="ProblemException">409: there is no generation to start from.</exception>
    public async Task<long> StartAsync(Caller caller, string name, long? copyOf, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var id = await connection.ExecuteScalarAsync<long?>(
            """
            insert into plan (name, base_generation, created_by, created_account, cursor, validated)
            select @name, case when @copyOf::bigint is null then newest.number else p.base_generation end, @Who, @AccountId, coalesce(p.cursor, 0), p.validated
            from (select max(number) as number from generation) newest left join plan p on p.id = @copyOf
            where newest.number is not null or p.id is not null
            returning id
            """,
            new { name, copyOf, caller.Who, caller.AccountId }, transaction)
            ?? throw new ProblemException(Problem.Conflict("nothing_published", "Nothing is published yet: import the first grids."));
        if (copyOf is not null)
        {
            foreach (var sql in CopySql)
                await connection.ExecuteAsync(sql, new { id, copyOf }, transaction, commandTimeout: 0);
        }

        await AuditLog.AddAsync(transaction, caller, new AuditEntry("plan.create", "plan", id.ToString(), After: new { name, copyOf }));
        await transaction.CommitAsync(CancellationToken.None);
        return id;
    }

    /// <summary>Gives a draft up; it stays to be looked at.</summary>
    /// <exception cref="ProblemException">404, 409 when it is no draft, 412 when it is at another version.</exception>
    public async Task AbandonAsync(Caller caller, long plan, int version, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RequireAsync(transaction, caller, plan);
        var rows = await connection.ExecuteAsync(
            "update plan set state = 'abandoned', version = version + 1 where id = @plan and state = 'draft' and version = @version",
            new { plan, version }, transaction);
        if (rows > 0)
        {
            await AuditLog.AddAsync(transaction, caller, new AuditEntry("plan.abandon", "plan", plan.ToString(), After: new { version }));
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }

        var (state, at) = await connection.QuerySingleOrDefaultAsync<(string? State, int Version)>(
            "select state, version from plan where id = @plan", new { plan }, transaction);
        throw new ProblemException(state switch
        {
            null => Problem.NotFound("unknown_plan", $"There is no plan {plan}; /api/v1/plans lists them."),
            "draft" => new Problem(
                StatusCodes.Status412PreconditionFailed, "plan_changed", $"Plan {plan} is at version {at}, not {version}: look at it again.", "If-Match"),
            _ => Problem.Conflict("not_a_draft", $"Plan {plan} is {state}; only a draft can be abandoned."),
        });
    }

    /// <summary>Holds a plan to the caller's reach: every grid that it changes, makes or removes lies inside.</summary>
    /// <exception cref="ProblemException">403: with the first that do not.</exception>
    public static async Task RequireAsync(NpgsqlTransaction transaction, Caller caller, long plan)
    {
        var reach = caller.ReachOf(Permission.Plan);
        if (reach.IsEverywhere)
        {
            return;
        }

        var beyond = (await transaction.Connection!.QueryAsync<string>(
            "select plan_beyond(@plan, @Roots)", new { plan, reach.Roots }, transaction, commandTimeout: 0)).ToList();
        if (beyond.Count > 0)
        {
            throw Refusals.OutOfReach($"{beyond.Count} grids of the plan, {string.Join(", ", beyond.Take(BeyondTold))},");
        }
    }

    /// <summary>All grids of the plan's state: the base with the plan's difference.</summary>
    public async Task<List<PlanGrid>> StateAsync(long plan, int? baseGeneration, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(StateSql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("plan", plan);
        command.Parameters.AddWithValue("base", baseGeneration ?? 0);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var grids = new List<PlanGrid>();
        while (await reader.ReadAsync(cancel))
            grids.Add(ReadGrid(reader));
        return grids;
    }

    /// <summary>Reads id, code, name, level, kind, parent, polygon, area and attributes, in this order.</summary>
    internal static PlanGrid ReadGrid(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), Removed: false, reader.GetString(1), reader.GetString(2), reader.GetInt16(3), reader.GetString(4),
        reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.GetFieldValue<MultiPolygon>(6), reader.GetDouble(7), reader.GetString(8));

    internal static async Task CopyGridsAsync(NpgsqlConnection connection, long plan, IReadOnlyList<PlanGrid> grids, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy plan_grid (plan_id, grid_id, removed, re_noded, code, name, level, kind, parent_id, geom, area_m2, attributes) from stdin (format binary)",
            cancel);
        foreach (var grid in grids)
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(plan, cancel);
            await writer.WriteAsync(grid.GridId, cancel);
            await writer.WriteAsync(grid.Removed, cancel);
            await writer.WriteAsync(grid.ReNoded, cancel);
            await writer.WriteAsync(grid.Code, NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(grid.Name, NpgsqlDbType.Text, cancel);
            await writer.WriteAsync((short)grid.Level, cancel);
            await writer.WriteAsync(grid.Kind, NpgsqlDbType.Text, cancel);
            await WriteAsync(writer, grid.ParentId, cancel);
            await writer.WriteAsync<Geometry>(grid.Geometry, cancel);
            await writer.WriteAsync(grid.AreaSquareMetres, cancel);
            await writer.WriteAsync(grid.AttributesJson, NpgsqlDbType.Jsonb, cancel);
        }

        await writer.CompleteAsync(cancel);
    }

    /// <summary>Writes defects, numbered from <paramref name="first"/> on.</summary>
    internal static async Task CopyDefectsAsync(
        NpgsqlConnection connection, long plan, IReadOnlyList<PlanDefectRow> defects, int first, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy plan_defect (plan_id, ordinal, family, grid_id, kind, level, blocks, codes, geom, measure, unit) from stdin (format binary)", cancel);
        for (var i = 0; i < defects.Count; i++)
        {
            var (family, grid, defect) = defects[i];
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(plan, cancel);
            await writer.WriteAsync(first + i, cancel);
            await WriteAsync(writer, family, cancel);
            await WriteAsync(writer, grid, cancel);
            await writer.WriteAsync(defect.Kind, NpgsqlDbType.Text, cancel);
            await WriteAsync(writer, (short?)defect.Level, cancel);
            await writer.WriteAsync(defect.Blocks, cancel);
            await writer.WriteAsync(defect.Codes.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
            await writer.WriteAsync(defect.Geometry, cancel);
            await WriteAsync(writer, defect.Measure, cancel);
            if (defect.Unit is { } unit)
            {
                await writer.WriteAsync(unit, NpgsqlDbType.Text, cancel);
            }
            else
            {
                await writer.WriteNullAsync(cancel);
            }
        }

        await writer.CompleteAsync(cancel);
    }

    internal static Task WriteAsync<T>(NpgsqlBinaryImporter writer, T? value, CancellationToken cancel)
        where T : struct =>
        value is { } known ? writer.WriteAsync(known, cancel) : writer.WriteNullAsync(cancel);
}
