using System.CommandLine;
using GridMap.Api.Storage;

namespace GridMap.Api.Hosting;

/// <summary><c>gridmap migrate</c>: brings the database to this program's schema, as the owner's role.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database to this program's schema and stop.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = Service.Build([], background: false);
            var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("GridMap");
            await Migrator.MigrateAsync(app.Services.GetRequiredService<DatabaseOptions>(), log, cancel);
            return 0;
        });
        return command;
    }
}
