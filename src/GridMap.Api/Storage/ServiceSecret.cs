using System.Security.Cryptography;
using Dapper;

namespace GridMap.Api.Storage;

/// <summary>Keys of the service's own, the same for all its processes; made when first asked for. Thread safe.</summary>
internal sealed class ServiceSecret(Database database)
{
    private const int Bytes = 32;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<Task<byte[]>>> known = new();

    /// <summary>The key of a name.</summary>
    public Task<byte[]> GetAsync(string name) => known.GetOrAdd(name, _ => new Lazy<Task<byte[]>>(() => LoadAsync(name))).Value;

    private async Task<byte[]> LoadAsync(string name)
    {
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await connection.ExecuteAsync(
                "insert into service_secret (name, value) values (@name, @value) on conflict do nothing", new { name, value = RandomNumberGenerator.GetBytes(Bytes) });
            return (await connection.ExecuteScalarAsync<byte[]>("select value from service_secret where name = @name", new { name }))!;
        }
        catch
        {
            known.TryRemove(name, out _);
            throw;
        }
    }
}
