using System.Text.Json;
using Dapper;
using GridMap.Api.Hosting;
using Npgsql;

namespace GridMap.Api.Storage;

/// <summary>
/// One sending, once: the key is unique per caller and kept 7 days with a hash of the body, in the transaction of what it guards.
/// The same key and body answer what was answered; another body is 422; the first still running is 409.
/// </summary>
internal sealed class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string caller;
    private readonly string key;
    private readonly byte[] bodyHash;

    public IdempotencyKey(string caller, string key, byte[] bodyHash)
    {
        if (key.Length is 0 or > MaxLength)
        {
            throw new ProblemException(Problem.Bad(Header, "bad_idempotency_key", $"{Header} has 1 to {MaxLength} characters; a UUID is a good one."));
        }

        this.caller = caller;
        this.key = key;
        this.bodyHash = bodyHash;
    }

    /// <summary>The answer of an earlier sending, or null: then this one runs, and nobody else with this key until it ends.</summary>
    /// <exception cref="ProblemException">409 while the first runs; 422 for another body.</exception>
    public async Task<T?> FindAsync<T>(NpgsqlTransaction transaction)
        where T : class
    {
        var connection = transaction.Connection!;
        var mine = await connection.ExecuteScalarAsync<bool>(
            "select pg_try_advisory_xact_lock(hashtextextended(@text, 7))", new { text = $"{caller}\n{key}" }, transaction);
        if (!mine)
        {
            throw new ProblemException(Problem.Conflict(
                "still_running", "The first sending with this key is still being worked on. Send it again in a second.") with
            { RetryAfterSeconds = 1 });
        }

        var row = await connection.QuerySingleOrDefaultAsync<(byte[] Hash, string Response)?>(
            "select body_hash, response::text from idempotency_key where caller = @caller and key = @key and created_at > now() - interval '7 days'",
            new { caller, key }, transaction);
        if (row is not { } stored)
        {
            await connection.ExecuteAsync("delete from idempotency_key where caller = @caller and key = @key", new { caller, key }, transaction);
            return null;
        }

        return stored.Hash.AsSpan().SequenceEqual(bodyHash)
            ? JsonSerializer.Deserialize<T>(stored.Response, Json)
            : throw new ProblemException(new Problem(
                StatusCodes.Status422UnprocessableEntity, "key_reused",
                $"This {Header} was used for another report. Use a new key for each report.", Header));
    }

    /// <summary>Drops the keys that are too old to count.</summary>
    public static async Task DropOldAsync(Database database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from idempotency_key where created_at <= now() - interval '7 days'", cancellationToken: cancel));
    }

    /// <summary>Keeps the answer for those who send again.</summary>
    public Task KeepAsync<T>(NpgsqlTransaction transaction, int status, T response) =>
        transaction.Connection!.ExecuteAsync(
            "insert into idempotency_key (caller, key, body_hash, status, response) values (@caller, @key, @bodyHash, @status, @response::jsonb)",
            new { caller, key, bodyHash, status, response = JsonSerializer.Serialize(response, Json) },
            transaction);
}
