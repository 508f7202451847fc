using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Categories;

/// <summary>What categories are called. Thread safe.</summary>
internal sealed class CategoryNames(Database database)
{
    /// <summary>By code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LoadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(string Code, string Name)>(new CommandDefinition("select code, name from category", cancellationToken: cancel));
        return rows.ToDictionary(row => row.Code, row => row.Name);
    }
}
