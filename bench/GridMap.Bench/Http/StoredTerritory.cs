using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Grids;
using Npgsql;
using NpgsqlTypes;

namespace GridMap.Bench.Http;

/// <summary>Writes a territory into an empty, migrated database as its first generation, with two people on each grid.</summary>
internal static class StoredTerritory
{
    private const string PeopleSql =
        """
        insert into person (id, name) select id, '王' || id from generate_series(1, 2 * @grids) as id;
        insert into duty (grid_id, person_id, role, from_at)
        select id / 2 + id % 2, id, case when id % 2 = 0 then 'grid_leader' else 'grid_worker' end, now() from person;
        analyze;
        """;

    public static async Task WriteAsync(string owner, IReadOnlyList<GridShape> grids)
    {
        await using var source = Database.Create(owner, commandSeconds: 0);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "insert into generation (number, published_at, effective_from, published_by, note) values (1, clock_timestamp(), clock_timestamp(), 'bench', '')");
        await connection.ExecuteAsync("insert into grid (id) select generate_series(1, @count)", new { count = grids.Count });
        await CopyAsync(connection, "grid_code (code, grid_id)", grids, async (rows, grid) =>
        {
            await rows.WriteAsync(grid.Code, NpgsqlDbType.Text);
            await rows.WriteAsync(grid.Id, NpgsqlDbType.Bigint);
        });
        await CopyAsync(connection, "grid_version (grid_id, from_generation, code, name, level, kind, parent_id, geom, area_m2)", grids, WriteVersionAsync);
        await connection.ExecuteAsync(PeopleSql, new { grids = grids.Count });
        await transaction.CommitAsync();
    }

    private static async Task WriteVersionAsync(NpgsqlBinaryImporter rows, GridShape grid)
    {
        await rows.WriteAsync(grid.Id, NpgsqlDbType.Bigint);
        await rows.WriteAsync(1, NpgsqlDbType.Integer);
        await rows.WriteAsync(grid.Code, NpgsqlDbType.Text);
        await rows.WriteAsync($"网格 {grid.Code}", NpgsqlDbType.Text);
        await rows.WriteAsync((short)grid.Level, NpgsqlDbType.Smallint);
        await rows.WriteAsync("community", NpgsqlDbType.Text);
        await rows.WriteAsync(grid.ParentId, NpgsqlDbType.Bigint);
        await rows.WriteAsync(grid.Polygon, "geometry");
        await rows.WriteAsync(1.0, NpgsqlDbType.Double);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string target, IReadOnlyList<GridShape> grids, Func<NpgsqlBinaryImporter, GridShape, Task> write)
    {
        await using var rows = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)");
        foreach (var grid in grids)
        {
            await rows.StartRowAsync();
            await write(rows, grid);
        }
        await rows.CompleteAsync();
    }
}
