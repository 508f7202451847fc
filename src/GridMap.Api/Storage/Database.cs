using Npgsql;

namespace GridMap.Api.Storage;

/// <summary>The service's pool of connections, with geometry mapped. Thread safe.</summary>
public sealed class Database(DatabaseOptions options) : IAsyncDisposable
{
    // Database < request < server: a statement gives up before the request that waits for it does.
    private const int CommandSeconds = 30;

    private readonly NpgsqlDataSource source = Create(options.Service, CommandSeconds);

    static Database() => DapperSetup.Apply();

    /// <summary>An open connection of the service's role.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) => source.OpenConnectionAsync(cancel);

    /// <summary>A pool with the geometry mapping; <paramref name="commandSeconds"/> 0 waits without end (migrations, bulk work).</summary>
    public static NpgsqlDataSource Create(string connection, int commandSeconds)
    {
        var text = new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = commandSeconds, ApplicationName = "gridmap" };
        var builder = new NpgsqlDataSourceBuilder(text.ConnectionString);
        builder.UseLatticeGeometry();
        return builder.Build();
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
