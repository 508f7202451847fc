using System.CommandLine;
using GridMap.Api.BaseMaps;
using GridMap.Api.Categories;
using GridMap.Api.Demonstration;
using GridMap.Api.Storage;

namespace GridMap.Api.Hosting;

/// <summary><c>gridmap serve</c>: migrates, then serves until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var command = new Command("serve", "Serve the API and the map (the default).") { urls };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = Service.Build(["--urls", parsed.GetValue(urls)!]);
            await PrepareAsync(app, cancel);
            await app.Services.GetRequiredService<DemonstrationLoader>().RunAsync(cancel);
            await app.Services.GetRequiredService<ShippedCategories>().RunAsync(cancel);
            await app.RunAsync(cancel);
            return 0;
        });
        return command;
    }

    /// <summary>What a built host needs once before it starts.</summary>
    internal static async Task PrepareAsync(WebApplication app, CancellationToken cancel)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("GridMap");
        await Migrator.MigrateAsync(app.Services.GetRequiredService<DatabaseOptions>(), log, cancel);
        await app.Services.GetRequiredService<DemonstrationState>().ReadAsync(cancel);

        // Written now, not when somebody first comes with a key: whoever starts the service looks for it at once.
        app.Services.GetRequiredService<AdminKey>();

        // So is the log, for what is wrong with a base map.
        app.Services.GetRequiredService<BaseMapCatalog>();
    }
}
