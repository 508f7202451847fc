using Dapper;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Tests;

/// <summary>
/// A fresh, empty PostGIS database for one test class (<c>IClassFixture&lt;TestDatabase&gt;</c>), dropped after it. Never skips:
/// a suite that cannot reach PostGIS has proved nothing.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    public const string Variable = "GRIDMAP_TEST_DATABASE";

    private readonly string server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"{Variable} is not set. Run the tests with `make test`, which starts a private PostGIS and sets it " +
            "to a connection string of a superuser there.");

    private readonly string name = $"gridmap_test_{Guid.NewGuid():N}";
    private NpgsqlDataSource? source;

    /// <summary>Connects to this database as the owner of everything in it.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;

    /// <summary>A pool of connections to this database, with geometry mapped.</summary>
    public NpgsqlDataSource Source => source ?? throw new InvalidOperationException("The database is made by InitializeAsync.");

    public async Task InitializeAsync()
    {
        await ExecuteAsync(server, $"create database {name} template template0 encoding 'UTF8'");
        // Before the pool opens: it reads the types of the database once.
        await ExecuteAsync(ConnectionString, "create extension postgis");
        source = Database.Create(ConnectionString, commandSeconds: 0);
    }

    public async Task DisposeAsync()
    {
        if (source is not null)
            await source.DisposeAsync();
        await ExecuteAsync(server, $"drop database if exists {name} with (force)");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        // Unpooled: a pool for each class would keep its connection open to the end of the run.
        var text = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }
}
