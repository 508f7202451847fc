using Dapper;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Categories;

/// <summary>Reads and writes categories with their limits. Thread safe.</summary>
internal sealed class CategoryStore(Database database)
{
    /// <summary>Whoever changes categories holds this lock: what a change is held to stays so until it is done.</summary>
    public const string Lock = "lock table category in share row exclusive mode";

    private const string ReadSql =
        "select code, parent, name, name_en, unit, limit_value, limit_unit, picture, measured, active, version from category order by sort, code";

    private const string LimitsSql =
        "select category, place, severity, from_time, to_time, limit_value, limit_unit from category_limit order by category, ordinal";

    private const string PutSql =
        """
        insert into category (code, parent, name, name_en, unit, limit_value, limit_unit, picture, measured, active, sort)
        values (@Code, @Parent, @Name, @NameEn, @Unit, @LimitValue, @LimitUnit, @Picture, @Measured, @Active,
                coalesce(@sort, (select max(sort) + 1 from category), 0))
        on conflict (code) do update set
            parent = excluded.parent, name = excluded.name, name_en = excluded.name_en, unit = excluded.unit, limit_value = excluded.limit_value, limit_unit = excluded.limit_unit,
            picture = excluded.picture, measured = excluded.measured, active = excluded.active, sort = coalesce(@sort, category.sort), version = category.version + 1
        """;

    private const string LimitSql =
        """
        insert into category_limit (category, ordinal, place, severity, from_time, to_time, limit_value, limit_unit)
        values (@Code, @ordinal, coalesce(@Place, ''), @Severity, @FromTime, @ToTime, @LimitValue, @LimitUnit)
        """;

    /// <summary>All, in the office's order.</summary>
    public async Task<IReadOnlyList<CategoryItem>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        return await ListAsync(transaction);
    }

    /// <summary>The same within a transaction.</summary>
    public static async Task<IReadOnlyList<CategoryItem>> ListAsync(NpgsqlTransaction transaction)
    {
        var connection = transaction.Connection!;
        var limits = (await connection.QueryAsync<LimitRow>(LimitsSql, transaction: transaction)).ToLookup(row => row.Category, row => new CategoryLimitItem(
            row.Place.Length == 0 ? null : row.Place, row.Severity, row.FromTime, row.ToTime, row.LimitValue, row.LimitUnit));
        return [.. (await connection.QueryAsync<Row>(ReadSql, transaction: transaction)).Select(row => new CategoryItem(
            row.Code, row.Parent, row.Name, row.NameEn, row.Unit, row.LimitValue, row.LimitUnit, row.Picture, row.Measured, row.Active, row.Version, [.. limits[row.Code]]))];
    }

    /// <summary>Writes one, new or in the place of what was there, and its limits.</summary>
    /// <param name="transaction">Holds the lock.</param>
    /// <param name="item">As it is to be.</param>
    /// <param name="sort">Its place in the order; null: where it was, or at the end.</param>
    public static async Task PutAsync(NpgsqlTransaction transaction, CategoryItem item, int? sort)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(
            PutSql,
            new { item.Code, item.Parent, item.Name, item.NameEn, item.Unit, item.LimitValue, item.LimitUnit, item.Picture, item.Measured, item.Active, sort },
            transaction);
        await connection.ExecuteAsync("delete from category_limit where category = @Code", new { item.Code }, transaction);
        await connection.ExecuteAsync(
            LimitSql,
            item.Limits.Select((limit, ordinal) => new
            {
                item.Code,
                ordinal,
                limit.Place,
                limit.Severity,
                limit.FromTime,
                limit.ToTime,
                limit.LimitValue,
                limit.LimitUnit,
            }),
            transaction);
    }

    private sealed record Row(
        string Code, string? Parent, string Name, string NameEn, string Unit, decimal LimitValue, string LimitUnit, string Picture, bool Measured, bool Active, int Version);

    private sealed record LimitRow(string Category, string Place, string? Severity, TimeOnly? FromTime, TimeOnly? ToTime, decimal LimitValue, string LimitUnit);
}
