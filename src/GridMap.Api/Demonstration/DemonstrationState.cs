using System.Text.Json;
using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Demonstration;

/// <summary>Whether this installation shows the invented township. Thread safe; read once at start.</summary>
internal sealed class DemonstrationState(Database database)
{
    private const string Name = "demonstration";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public bool IsLoaded { get; private set; }

    /// <summary>The accounts that it brought; null without the demonstration.</summary>
    public IReadOnlyList<DemoAccount>? Accounts { get; private set; }

    public async Task ReadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var facts = await connection.ExecuteScalarAsync<string?>("select value::text from setting where name = @Name", new { Name });
        IsLoaded = facts is not null;
        Accounts = facts is null ? null : JsonSerializer.Deserialize<Facts>(facts, Json)!.Accounts;
    }

    public async Task KeepAsync(int grids, IReadOnlyList<DemoAccount> accounts, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(
            "insert into setting (name, value) values (@Name, @value::jsonb)",
            new { Name, value = JsonSerializer.Serialize(new Facts(grids, accounts), Json) });
        IsLoaded = true;
        Accounts = accounts;
    }

    // An installation from before there were accounts has none.
    private sealed record Facts(int Grids, IReadOnlyList<DemoAccount>? Accounts);
}
