using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridMap.Api.Tests;

/// <summary>
/// The real service for one test class: its own database with an owner's and a service's role, its own data folder, a free port.
/// Nothing is set in the environment of the process, so that classes run side by side.
/// </summary>
public class TestService : IAsyncLifetime
{
    /// <summary>What a report may be about, in every test service.</summary>
    public const string Category = "litter";

    private readonly TestDatabase database = new(TestTemplates.MigratedAsync);
    private readonly Dictionary<string, string?> settings;
    private WebApplication? app;

    public TestService()
        : this([])
    {
    }

    /// <param name="settings">Configuration on top of what the fixture sets, such as <c>GridMap:ReportingOpen</c>.</param>
    protected TestService(Dictionary<string, string?> settings) => this.settings = settings;

    /// <summary>Without a key: the public.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>With the administrator's key.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public string AdminKey { get; private set; } = "";

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("gridmap-api-test-").FullName;

    /// <summary>The viewer's folder, with a document, a script and nothing else.</summary>
    public string Viewer { get; } = Directory.CreateTempSubdirectory("gridmap-viewer-test-").FullName;

    public TestLog Log { get; } = new();

    /// <summary>A pool of connections as the schema's owner, with geometry mapped.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    /// <summary>A pool of connections as the service's role, with geometry mapped.</summary>
    public NpgsqlDataSource Restricted { get; private set; } = null!;

    public string OwnerConnection => TestRoles.As(database.ConnectionString, TestRoles.Owner);

    public string ServiceConnection => TestRoles.As(database.ConnectionString, TestRoles.Service);

    /// <summary>As a superuser: what no role of an installation may do, such as ending the service's connections.</summary>
    public NpgsqlDataSource Superuser => database.Source;

    public IServiceProvider Services => app!.Services;

    public Uri Address => Client.BaseAddress!;

    public virtual async Task InitializeAsync()
    {
        await database.InitializeAsync();
        await TestRoles.EnsureAsync(database.ConnectionString);
        Owner = Database.Create(OwnerConnection, commandSeconds: 60);
        Restricted = Database.Create(ServiceConnection, commandSeconds: 60);
        await WriteViewerAsync();
        app = Service.Build(["--urls", "http://127.0.0.1:0", "--webroot", Viewer], Configure);
        await ServeCommand.PrepareAsync(app, CancellationToken.None);
        await AddCategoriesAsync();
        await app.StartAsync();
        AssertStart();
        AdminKey = (await File.ReadAllTextAsync(Path.Combine(DataFolder, "admin-key"))).Trim();
        Client = Open(app.Urls.Single());
        Admin = Open(app.Urls.Single());
        Admin.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
    }

    public virtual async Task DisposeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
        await Owner.DisposeAsync();
        await Restricted.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
        Directory.Delete(Viewer, recursive: true);
    }

    /// <summary>Publishes, and comes back when the service answers from it.</summary>
    /// <returns>The generation's number.</returns>
    public async Task<int> PublishAsync(IReadOnlyList<TestGrid> grids)
    {
        var number = await TestPublication.PublishAsync(Owner, grids);
        await Eventually.TrueAsync(() => Snapshots.Current.Generation.Number >= number, $"generation {number} is served");
        return number;
    }

    /// <summary>
    /// Comes back when every event so far is told. One waits for the transactions before it, those of other test classes' databases
    /// among them, since a cluster counts them together.
    /// </summary>
    public async Task EventsToldAsync()
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await Eventually.TrueAsync(
            () => connection.ExecuteScalarAsync<bool>("select not exists (select from event where xact >= pg_snapshot_xmin(pg_current_snapshot()))"),
            "no event waits");
    }

    /// <summary>What the service serves from.</summary>
    internal SnapshotProvider Snapshots => Services.GetRequiredService<SnapshotProvider>();

    /// <summary>Where the service connects to; a test may put itself in between.</summary>
    protected virtual string ServiceConnectionSeen => ServiceConnection;

    private async Task WriteViewerAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Viewer, "index.html"), "<!doctype html><title>viewer</title>");
        await File.WriteAllTextAsync(Path.Combine(Viewer, "report.html"), "<!doctype html><title>report</title>");
        Directory.CreateDirectory(Path.Combine(Viewer, "assets"));
        await File.WriteAllTextAsync(Path.Combine(Viewer, "assets", "index-1a2b.js"), "console.log('viewer')");
    }

    private async Task AddCategoriesAsync()
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into category (code, parent, name, limit_value, limit_unit) values
                ('environment', null, '环境', 3, 'workdays'), ('litter', 'environment', '垃圾', 3, 'workdays'), ('urgent', 'environment', '紧急', 4, 'hours')
            """);
    }

    /// <summary>What the log must be when the service has started: clean, unless a test wants a complaint.</summary>
    protected virtual void AssertStart() => Log.AssertClean();

    /// <summary>Has the last word on what the service consists of, such as its clock.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    private static HttpClient Open(string address) => new() { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(30) };

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings)
        {
            [DatabaseOptions.ServiceVariable] = ServiceConnectionSeen,
            [DatabaseOptions.OwnerVariable] = OwnerConnection,
            [GridMap.Api.Hosting.DataFolder.Variable] = DataFolder,
        });
        Configure(builder.Services);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
    }
}
