using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GridMap.Api.Hosting;

namespace GridMap.Api.Imports.Sources;

/// <summary>
/// A GDAL tool as a child process that hostile files cannot get far in: one driver besides the output's, no network, no
/// inherited environment (so no credentials), bounded memory, file size and time, killed when the caller gives up.
/// </summary>
internal sealed class GdalProcess : IAsyncDisposable
{
    private const int KeptErrorBytes = 64 << 10;

    private readonly Process process;
    private readonly Task<string> errors;
    private readonly CancellationTokenSource lifetime;
    private readonly CancellationToken caller;

    private GdalProcess(Process process, TimeSpan limit, CancellationToken cancel)
    {
        this.process = process;
        caller = cancel;
        errors = ReadBoundedAsync(process.StandardError.BaseStream);
        lifetime = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        lifetime.CancelAfter(limit);
        lifetime.Token.Register(Kill);
    }

    /// <summary>What the tool writes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Cancelled when the caller gives up or the time is over; either kills the tool.</summary>
    public CancellationToken Cancellation => lifetime.Token;

    /// <summary>Starts a tool.</summary>
    /// <param name="tool">Its name, found on the path.</param>
    /// <param name="arguments">Handed over one by one, never through a shell.</param>
    /// <param name="settings">GDAL configuration options.</param>
    /// <param name="folder">Working and home folder.</param>
    /// <param name="limits">Memory and time.</param>
    /// <param name="cancel">Kills the tool.</param>
    /// <exception cref="ProblemException">GDAL is not installed.</exception>
    public static GdalProcess Start(
        string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string folder, ImportOptions limits,
        CancellationToken cancel)
    {
        var start = new ProcessStartInfo("prlimit")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        var bytes = (limits.GdalMegabytes * (1L << 20)).ToString(CultureInfo.InvariantCulture);
        string[] bounds =
        [
            $"--as={bytes}", $"--fsize={limits.GdalMaxBytes.ToString(CultureInfo.InvariantCulture)}", "--core=0", "--nofile=256",
            $"--cpu={(limits.GdalMinutes * 60).ToString(CultureInfo.InvariantCulture)}", tool,
        ];
        foreach (var argument in bounds.Concat(arguments))
            start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment, folder, settings);
        try
        {
            var child = Process.Start(start)!;
            child.StandardInput.Close();
            return new GdalProcess(child, TimeSpan.FromMinutes(limits.GdalMinutes), cancel);
        }
        catch (Win32Exception)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status500InternalServerError, "gdal_missing", "GDAL is not installed: apt-get install gdal-bin util-linux."));
        }
    }

    /// <summary>Runs a tool to its end; its output, at most <paramref name="maxBytes"/> of it.</summary>
    public static async Task<GdalOutcome> RunAsync(
        string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string folder, ImportOptions limits,
        int maxBytes, CancellationToken cancel)
    {
        await using var child = Start(tool, arguments, settings, folder, limits, cancel);
        var output = await ReadBoundedAsync(child.Output, maxBytes);
        var (exitCode, complaints) = await child.EndAsync();
        return new GdalOutcome(exitCode, output, complaints);
    }

    /// <summary>Waits for the tool's end.</summary>
    /// <exception cref="ProblemException">The time was over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        caller.ThrowIfCancellationRequested();
        if (lifetime.IsCancellationRequested)
            throw TimeIsOver();
        return (process.ExitCode, await errors);
    }

    /// <summary>The refusal of a file that GDAL did not finish in time.</summary>
    public static ProblemException TimeIsOver() => new(Problem.Bad(
        "file", "source_timeout", "Reading the file took too long and was stopped. Send a smaller extract, or another format such as GeoPackage."));

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        await errors;
        lifetime.Dispose();
        process.Dispose();
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, string folder, IReadOnlyDictionary<string, string> settings)
    {
        var path = environment.TryGetValue("PATH", out var found) ? found : "/usr/local/bin:/usr/bin:/bin";
        environment.Clear();
        environment["PATH"] = path;
        environment["HOME"] = folder;
        environment["TMPDIR"] = folder;
        environment["LANG"] = "C.UTF-8";
        environment["PROJ_NETWORK"] = "OFF";
        environment["GDAL_DRIVER_PATH"] = "disable";
        environment["GDAL_HTTP_TIMEOUT"] = "1";
        environment["GDAL_HTTP_MAX_RETRY"] = "0";
        environment["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "{noext}";
        environment["AWS_NO_SIGN_REQUEST"] = "YES";
        environment["OGR_SQLITE_LOAD_EXTENSIONS"] = "";
        environment["GDAL_CACHEMAX"] = "64";
        foreach (var (name, value) in settings)
            environment[name] = value;
    }

    private void Kill()
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the answer.
        }
    }

    // Reads to the end, so that the tool never blocks on a full pipe, and keeps the start.
    private static async Task<string> ReadBoundedAsync(Stream stream, int kept = KeptErrorBytes)
    {
        var text = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
            text.Write(buffer, 0, (int)Math.Min(read, kept - text.Length));
        return Encoding.UTF8.GetString(text.ToArray());
    }
}

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">0: well.</param>
/// <param name="Output">The start of what it wrote.</param>
/// <param name="Errors">The start of what it complained of: for the log, never for a client.</param>
internal sealed record GdalOutcome(int ExitCode, string Output, string Errors);
