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

    /// <summary>Where the cluster is, as a superuser.</summary>
    internal static readonly string Server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException(
            $"{Variable} is not set. Run the tests with `make test`, which starts a private PostGIS and sets it " +
            "to a connection string of a superuser there.");

    private readonly string name = $"gridmap_test_{Guid.NewGuid():N}";
    private readonly Func<Task<string>> template;
    private NpgsqlDataSource? source;

    public TestDatabase()
        : this(TestTemplates.EmptyAsync)
    {
    }

    /// <param name="template">Tells what it is a copy of.</param>
    internal TestDatabase(Func<Task<string>> template) => this.template = template;

    /// <summary>Connects to this database as the owner of everything in it.</summary>
    public string ConnectionString => To(name);

    /// <summary>A pool of connections to this database, with geometry mapped.</summary>
    public NpgsqlDataSource Source => source ?? throw new InvalidOperationException("The database is made by InitializeAsync.");

    public async Task InitializeAsync()
    {
        await TestTemplates.CopyAsync(name, await template());
        source = Database.Create(ConnectionString, commandSeconds: 0);
    }

    public async Task DisposeAsync()
    {
        if (source is not null)
            await source.DisposeAsync();
        await TestTemplates.ExecuteAsync(Server, $"drop database if exists {name} with (force)");
    }

    internal static string To(string database) => new NpgsqlConnectionStringBuilder(Server) { Database = database }.ConnectionString;
}
