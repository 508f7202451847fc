using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Demonstration;

/// <summary>Whether this installation shows the invented township. Thread safe; read once at start.</summary>
internal sealed class DemonstrationState(Database database)
{
    private const string Name = "demonstration";

    public bool IsLoaded { get; private set; }

    public async Task ReadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        IsLoaded = await connection.ExecuteScalarAsync<bool>("select exists (select from setting where name = @Name)", new { Name });
    }

    public async Task KeepAsync(object facts, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(
            "insert into setting (name, value) values (@Name, @value::jsonb)",
            new { Name, value = System.Text.Json.JsonSerializer.Serialize(facts) });
        IsLoaded = true;
    }
}
