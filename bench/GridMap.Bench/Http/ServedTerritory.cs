using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GridMap.Core.Grids;

namespace GridMap.Bench.Http;

/// <summary>The program itself, in a process of its own, on a private PostGIS cluster that holds a territory. Gone when disposed of.</summary>
internal sealed class ServedTerritory : IAsyncDisposable
{
    private const string Service = "GRIDMAP_DATABASE";
    private const string Owner = "GRIDMAP_DATABASE_OWNER";

    private static readonly string Cluster = Path.Combine(Root(), "scripts", "cluster.sh");

    private readonly string folder;
    private readonly Dictionary<string, string> environment;
    private Process? program;

    private ServedTerritory(string folder, Dictionary<string, string> environment) => (this.folder, this.environment) = (folder, environment);

    /// <summary>Where the program answers.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The service's own way to the database.</summary>
    public string ServiceConnection => environment[Service];

    public static async Task<ServedTerritory> StartAsync(IReadOnlyList<GridShape> grids)
    {
        var data = Directory.CreateTempSubdirectory("gridmap-http-").FullName;
        File.SetUnixFileMode(data, (UnixFileMode)0b111_001_001);
        var served = new ServedTerritory(data, new() { ["GRIDMAP_DATA"] = data, ["DEMO"] = "0" });
        try
        {
            await served.StartDatabaseAsync();
            await served.RunAsync("dotnet", Program, "migrate");
            await StoredTerritory.WriteAsync(served.environment[Owner], grids);
            await served.ServeAsync();
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null)
        {
            program.Kill();
            await program.WaitForExitAsync();
            program.Dispose();
        }
        if (Directory.Exists(folder))
        {
            await RunAsync(Cluster, "stop", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "gridmap.dll");

    private async Task StartDatabaseAsync()
    {
        // Nothing is written while it is measured.
        await RunAsync(Cluster, "start", folder, "fsync=off", "full_page_writes=off");
        foreach (var line in (await RunAsync(Cluster, "env", folder)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('=', 2);
            environment[parts[0]] = parts[1].Trim('\'');
        }
    }

    private async Task ServeAsync()
    {
        program = Start("dotnet", [Program, "serve", "--urls", Address.AbsoluteUri]);
        program.OutputDataReceived += static (_, _) => { };
        program.ErrorDataReceived += static (_, _) => { };
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = Address };
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                if (await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)) == "ready")
                    return;
            }
            catch (HttpRequestException) when (!program.HasExited && waited.Elapsed < TimeSpan.FromMinutes(5))
            {
                await Task.Delay(200);
            }
        }
    }

    private async Task<string> RunAsync(string file, params string[] arguments)
    {
        using var process = Start(file, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} failed: {await error}");
    }

    private Process Start(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "GridMap.sln")))
                return place.FullName;
        }
        throw new InvalidOperationException("The benchmark runs inside the repository, whose scripts it needs.");
    }
}
