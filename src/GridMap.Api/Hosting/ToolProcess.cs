using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GridMap.Api.Hosting;

/// <summary>How far a tool may go.</summary>
/// <param name="Megabytes">Address space.</param>
/// <param name="Time">Of the processor, and on the clock; then it is killed.</param>
/// <param name="MaxBytes">The largest file that it may write.</param>
internal sealed record ToolLimits(int Megabytes, TimeSpan Time, long MaxBytes);

/// <summary>What a tool is told beside its arguments, and what a sender is told when it cannot be used.</summary>
/// <param name="Folder">Working and home folder.</param>
/// <param name="Environment">All of its environment but for path, home and language.</param>
/// <param name="Missing">The refusal when it is not installed.</param>
/// <param name="Late">The refusal when its time was over.</param>
internal sealed record ToolSurroundings(string Folder, IReadOnlyDictionary<string, string> Environment, Problem Missing, Problem Late);

/// <summary>
/// A tool as a child process that hostile files cannot get far in: no inherited environment (so no credentials), bounded memory, file size and
/// time, killed when the caller gives up.
/// </summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private const int KeptErrorBytes = 64 << 10;

    private readonly Process process;
    private readonly Task<string> errors;
    private readonly CancellationTokenSource lifetime;
    private readonly CancellationToken caller;

    private readonly Problem late;

    private ToolProcess(Process process, TimeSpan limit, Problem late, CancellationToken cancel)
    {
        this.process = process;
        this.late = late;
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
    /// <param name="around">Folder, environment, refusals.</param>
    /// <param name="limits">Memory, time and size.</param>
    /// <param name="cancel">Kills the tool.</param>
    /// <exception cref="ProblemException">It is not installed.</exception>
    public static ToolProcess Start(string tool, IEnumerable<string> arguments, ToolSurroundings around, ToolLimits limits, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("prlimit")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = around.Folder,
        };
        string[] bounds =
        [
            $"--as={Text(limits.Megabytes * (1L << 20))}", $"--fsize={Text(limits.MaxBytes)}", "--core=0", "--nofile=256",
            $"--cpu={Text((long)limits.Time.TotalSeconds)}", tool,
        ];
        foreach (var argument in bounds.Concat(arguments))
            start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment, around);
        try
        {
            var child = Process.Start(start)!;
            child.StandardInput.Close();
            return new ToolProcess(child, limits.Time, around.Late, cancel);
        }
        catch (Win32Exception)
        {
            throw new ProblemException(around.Missing);
        }
    }

    /// <summary>Runs a tool to its end; its output, at most <paramref name="maxBytes"/> of it.</summary>
    public static async Task<ToolOutcome> RunAsync(
        string tool, IEnumerable<string> arguments, ToolSurroundings around, ToolLimits limits, int maxBytes, CancellationToken cancel)
    {
        await using var child = Start(tool, arguments, around, limits, cancel);
        var output = await ReadBoundedAsync(child.Output, maxBytes);
        var (exitCode, complaints) = await child.EndAsync();
        return new ToolOutcome(exitCode, output, complaints);
    }

    /// <summary>Waits for the tool's end.</summary>
    /// <exception cref="ProblemException">The time was over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        caller.ThrowIfCancellationRequested();
        if (lifetime.IsCancellationRequested)
            throw new ProblemException(late);
        return (process.ExitCode, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        await errors;
        lifetime.Dispose();
        process.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void SetEnvironment(IDictionary<string, string?> environment, ToolSurroundings around)
    {
        var path = environment.TryGetValue("PATH", out var found) ? found : "/usr/local/bin:/usr/bin:/bin";
        environment.Clear();
        environment["PATH"] = path;
        environment["HOME"] = around.Folder;
        environment["TMPDIR"] = around.Folder;
        environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in around.Environment)
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
internal sealed record ToolOutcome(int ExitCode, string Output, string Errors);
