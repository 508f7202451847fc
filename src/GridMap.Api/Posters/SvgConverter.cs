using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GridMap.Api.Hosting;

namespace GridMap.Api.Posters;

/// <summary>
/// Turns a picture of ours into PDF or PNG by the child process <c>rsvg-convert</c> of Debian's librsvg2-bin, with bounded memory and time and nothing of this
/// process's environment. Thread safe.
/// </summary>
internal sealed partial class SvgConverter(PictureTurns turns, ILogger<SvgConverter> log)
{
    private const string Memory = "--as=2147483648";
    private const string Seconds = "--cpu=20";
    private const int MaxComplaint = 2000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The picture as PDF, texts as texts with their fonts in it.</summary>
    /// <exception cref="ProblemException">503: too many are at it; 500: the tool is missing or failed.</exception>
    public Task<byte[]> ToPdfAsync(string svg, CancellationToken cancel) => ConvertAsync(svg, ["--format=pdf"], cancel);

    /// <summary>The picture as PNG, so many pixels wide.</summary>
    /// <exception cref="ProblemException">As <see cref="ToPdfAsync"/>.</exception>
    public Task<byte[]> ToPngAsync(string svg, int width, CancellationToken cancel) =>
        ConvertAsync(svg, ["--format=png", "--keep-aspect-ratio", string.Create(CultureInfo.InvariantCulture, $"--width={width}")], cancel);

    private Task<byte[]> ConvertAsync(string svg, string[] form, CancellationToken cancel) => turns.WorkAsync(() => RunAsync(svg, form, cancel), cancel);

    private async Task<byte[]> RunAsync(string svg, string[] form, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        using var process = Start(form);
        try
        {
            var complaint = process.StandardError.ReadToEndAsync(limit.Token);
            var writing = WriteAsync(process, svg, limit.Token);
            using var made = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(made, limit.Token);
            await writing;
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0 && made.Length > 0)
                return made.ToArray();
            var words = await complaint;
            Failed(log, process.ExitCode, words[..Math.Min(words.Length, MaxComplaint)]);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw PictureTurns.Busy();
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
            StatusCodes.Status500InternalServerError, "picture_failed", "The picture could not be made. Ask for the .svg, and tell the administrator: the log says why."));
    }

    private static Process Start(string[] form)
    {
        var start = new ProcessStartInfo("prlimit", [Memory, Seconds, "--core=0", "--nofile=128", "rsvg-convert", .. form])
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

    [LoggerMessage(4201, LogLevel.Error, "rsvg-convert made no picture (exit code {ExitCode}): {Complaint}")]
    private static partial void Failed(ILogger log, int exitCode, string complaint);
}
