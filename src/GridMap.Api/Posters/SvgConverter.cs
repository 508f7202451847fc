using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using GridMap.Api.Hosting;

namespace GridMap.Api.Posters;

/// <summary>
/// Turns a picture of ours into PDF by the child process <c>rsvg-convert</c> of Debian's librsvg2-bin, with bounded memory and time and nothing of this
/// process's environment. Two at a time; who would wait long is told to come again. Thread safe.
/// </summary>
internal sealed partial class SvgConverter(ILogger<SvgConverter> log) : IDisposable
{
    private const string Memory = "--as=2147483648";
    private const string Seconds = "--cpu=20";
    private const int MaxComplaint = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim gate = new(2, 2);

    /// <summary>The picture as PDF, texts as texts with their fonts in it.</summary>
    /// <exception cref="ProblemException">503: too many are at it; 500: the tool is missing or failed.</exception>
    public async Task<byte[]> ToPdfAsync(string svg, CancellationToken cancel)
    {
        if (!await gate.WaitAsync(Patience, cancel))
            throw Busy();
        try
        {
            return await RunAsync(svg, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<byte[]> RunAsync(string svg, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        using var process = Start();
        try
        {
            var complaint = process.StandardError.ReadToEndAsync(limit.Token);
            var writing = WriteAsync(process, svg, limit.Token);
            using var pdf = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(pdf, limit.Token);
            await writing;
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0 && pdf.Length > 0)
                return pdf.ToArray();
            var words = await complaint;
            Failed(log, process.ExitCode, words[..Math.Min(words.Length, MaxComplaint)]);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Busy();
        }
        catch (IOException e) when (e is not FileNotFoundException)
        {
            Failed(log, -1, e.Message);
        }
        finally
        {
            Kill(process);
        }

        throw new ProblemException(new Problem(
            StatusCodes.Status500InternalServerError, "pdf_failed", "The picture could not be made into PDF. Ask for the .svg, and tell the administrator: the log says why."));
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("prlimit", [Memory, Seconds, "--core=0", "--nofile=128", "rsvg-convert", "--format=pdf"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = "C.UTF-8";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status500InternalServerError, "rsvg_missing", "rsvg-convert is not installed: apt-get install librsvg2-bin util-linux."));
        }
    }

    private static async Task WriteAsync(Process process, string svg, CancellationToken cancel)
    {
        await process.StandardInput.WriteAsync(svg.AsMemory(), cancel);
        process.StandardInput.Close();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, as it should.
        }
    }

    private static ProblemException Busy() => new(new Problem(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many pictures are being made at once. Ask again in a moment, or for the .svg.")
    { RetryAfterSeconds = 10 });

    [LoggerMessage(4201, LogLevel.Error, "rsvg-convert made no PDF (exit code {ExitCode}): {Complaint}")]
    private static partial void Failed(ILogger log, int exitCode, string complaint);
}
