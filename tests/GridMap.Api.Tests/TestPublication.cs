using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using Npgsql;

namespace GridMap.Api.Tests;

/// <summary>
/// Publishes a generation of given grids past the service, as the schema's owner: the one place where tests make grids.
/// A grid keeps its id by its code; what did not change keeps its version.
/// </summary>
internal static class TestPublication
{
    private const string OpenSql =
        """
        insert into grid_version (grid_id, from_generation, code, name, level, kind, parent_id, geom, area_m2, attributes)
        values (@id, @number, @code, @name, @level, @kind, @parent, @geom, @area, @attributes::jsonb)
        """;

    private const string SameSql =
        """
        select exists (
            select from grid_version where grid_id = @id and to_generation is null and name = @name and level = @level and kind = @kind
            and parent_id is not distinct from @parent and ST_AsEWKB(geom) = ST_AsEWKB(@geom::geometry) and attributes = @attributes::jsonb)
        """;

    /// <returns>The generation's number.</returns>
    public static async Task<int> PublishAsync(
        NpgsqlDataSource owner, IReadOnlyList<TestGrid> grids, string note = "", TimeSpan? effectiveIn = null)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await PublicationLock.TakeAsync(transaction);
        var number = await PublishAsync(transaction, grids, note, effectiveIn);
        await transaction.CommitAsync();
        return number;
    }

    /// <summary>The same inside a transaction that holds the publication lock.</summary>
    public static async Task<int> PublishAsync(
        NpgsqlTransaction transaction, IReadOnlyList<TestGrid> grids, string note = "", TimeSpan? effectiveIn = null)
    {
        var connection = transaction.Connection!;
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into generation (number, published_at, effective_from, published_by, note)
            select coalesce(max(number), 0) + 1, clock_timestamp(), clock_timestamp() + @wait, 'test', @note from generation
            returning number
            """,
            new { note, wait = effectiveIn ?? TimeSpan.Zero });
        var ids = new Dictionary<string, long>();
        foreach (var grid in grids.OrderBy(grid => grid.Level))
        {
            ids[grid.Code] = await OpenAsync(connection, number, grid, await IdAsync(connection, grid.Code), grid.Parent is { } code ? ids[code] : null);
        }

        await connection.ExecuteAsync(
            "update grid_version set to_generation = @number where to_generation is null and not grid_id = any(@alive)",
            new { number, alive = ids.Values.ToArray() });
        return number;
    }

    private static async Task<long> OpenAsync(NpgsqlConnection connection, int number, TestGrid grid, long id, long? parent)
    {
        var polygon = TestTownship.Polygon(grid.Wkt);
        var row = new
        {
            id,
            number,
            grid.Code,
            name = grid.Name ?? grid.Code,
            level = (short)grid.Level,
            grid.Kind,
            parent,
            geom = polygon,
            area = EllipsoidalArea.SquareMetres(polygon),
            grid.Attributes,
        };
        if (!await connection.ExecuteScalarAsync<bool>(SameSql, row))
        {
            await connection.ExecuteAsync("update grid_version set to_generation = @number where grid_id = @id and to_generation is null", row);
            await connection.ExecuteAsync(OpenSql, row);
        }

        return id;
    }

    private static async Task<long> IdAsync(NpgsqlConnection connection, string code)
    {
        if (await connection.ExecuteScalarAsync<long?>("select grid_id from grid_code where code = @code", new { code }) is { } known)
        {
            return known;
        }

        var id = await connection.ExecuteScalarAsync<long>("insert into grid default values returning id");
        await connection.ExecuteAsync("insert into grid_code (code, grid_id) values (@code, @id)", new { code, id });
        return id;
    }
}
