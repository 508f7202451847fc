using System.CommandLine;
using GridMap.Api.Storage;

namespace GridMap.Api.Hosting;

/// <summary><c>gridmap openapi</c>: writes the API document that the viewer's types are generated from.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new Command("openapi", "Write the OpenAPI document to standard output.");
        command.SetAction(async (_, cancel) =>
        {
            // The document needs the routes, not the database: nothing connects.
            Environment.SetEnvironmentVariable(DatabaseOptions.ServiceVariable, "Host=none;Username=none");
            Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
            await using var app = Service.Build(["--urls", "http://127.0.0.1:0"], background: false);
            await app.StartAsync(cancel);
            using var client = new HttpClient();
            var json = await client.GetStringAsync(new Uri($"{app.Urls.First()}/openapi/v1.json"), cancel);
            await Console.Out.WriteLineAsync(json);
            await app.StopAsync(cancel);
            return 0;
        });
        return command;
    }
}
