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
            await Console.Out.WriteLineAsync(await WriteAsync(cancel));
            return 0;
        });
        return command;
    }

    /// <summary>The document as it is served. It needs the routes, not the database: nothing connects, and nothing is left on disk.</summary>
    internal static async Task<string> WriteAsync(CancellationToken cancel)
    {
        var data = Directory.CreateTempSubdirectory("gridmap-openapi-");
        try
        {
            await using var app = Service.Build(["--urls", "http://127.0.0.1:0"], builder => Configure(builder, data.FullName), background: false);
            await app.StartAsync(cancel);
            using var client = new HttpClient();
            return await client.GetStringAsync(new Uri($"{app.Urls.First()}/openapi/v1.json"), cancel);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static void Configure(WebApplicationBuilder builder, string data)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [DatabaseOptions.ServiceVariable] = "Host=none;Username=none",
            [DataFolder.Variable] = data,
        });

        // Standard output is the document's.
        builder.Logging.ClearProviders();
    }
}
