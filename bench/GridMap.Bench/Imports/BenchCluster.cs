using System.Diagnostics;

namespace GridMap.Bench.Imports;

/// <summary>A private PostGIS cluster in a folder of its own, as <c>make run</c> starts one; stopped and deleted when disposed.</summary>
internal sealed class BenchCluster : IDisposable
{
    private readonly string script = Path.Combine(Root, "scripts", "cluster.sh");

    public BenchCluster()
    {
        Data = Directory.CreateTempSubdirectory("gridmap-bench-").FullName;
        // The database's user passes through.
        Run("chmod", ["711", Data]);
        Run(script, ["start", Data]);
        var settings = Run(script, ["env", Data]).Split('\n').Where(line => line.Contains('=')).Select(line => line.Split('=', 2));
        Settings = settings.ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
        Socket = Settings["GRIDMAP_DATABASE"].Split(';').First(part => part.StartsWith("Host=", StringComparison.Ordinal))["Host=".Length..];
        Password = Settings["GRIDMAP_DATABASE_OWNER"].Split(';').First(part => part.StartsWith("Password=", StringComparison.Ordinal))["Password=".Length..];
    }

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    public string Data { get; }

    /// <summary>The program's two connections, by environment variable.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public string Socket { get; }

    /// <summary>Of gridmap_owner.</summary>
    public string Password { get; }

    /// <summary>Runs statements as the superuser, outside a transaction.</summary>
    public void Execute(string database, params string[] statements) => Run(
        script, ["psql", Data, "-d", database, .. statements.SelectMany(statement => (string[])["-c", statement])]);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    public static string Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.Result}{output}");
    }

    public void Dispose()
    {
        Run(script, ["stop", Data]);
        Directory.Delete(Data, recursive: true);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridMap.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The bench runs inside its repository.");
        return folder.FullName;
    }
}
