using GridMap.Api.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridMap.Bench.Http;

/// <summary>
/// The chain of a point as one would write it without an index of one's own: a minimal endpoint that asks PostGIS, by ST_Covers
/// over the indexed grid_version. Nothing stands between it and Kestrel; it names no people.
/// </summary>
internal sealed class PostgisLookup : IAsyncDisposable
{
    /// <summary>What it answers, as a format for lon and lat.</summary>
    public const string Path = "/chain?lon=%.7f&lat=%.7f";

    private const string Sql =
        """
        select level, grid_id, code, name, kind from grid_version
        where to_generation is null and ST_Covers(geom, ST_SetSRID(ST_MakePoint($1, $2), 4490))
        order by level
        """;

    private readonly WebApplication host;
    private readonly NpgsqlDataSource database;

    private PostgisLookup(WebApplication host, NpgsqlDataSource database) => (this.host, this.database) = (host, database);

    public Uri Address => new(host.Urls.Single());

    public static async Task<PostgisLookup> StartAsync(string connection)
    {
        // Prepared once for each connection, which is what PostGIS needs to be at its best.
        var source = Database.Create($"{connection};Max Auto Prepare=10;Auto Prepare Min Usages=1", commandSeconds: 30);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/chain", (double lon, double lat) => AskAsync(source, lon, lat));
        await app.StartAsync();
        return new PostgisLookup(app, source);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    private static async Task<List<Link>> AskAsync(NpgsqlDataSource source, double lon, double lat)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = lon });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = lat });
        await using var reader = await command.ExecuteReaderAsync();
        var chain = new List<Link>();
        while (await reader.ReadAsync())
            chain.Add(new Link(reader.GetInt16(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        return chain;
    }

    private sealed record Link(int Level, long Id, string Code, string Name, string Kind);
}
