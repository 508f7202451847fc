using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace GridMap.Api.Grids.Searching;

/// <summary>
/// ICU's Han-Latin transliterator (CLDR), as the child process <c>uconv</c> of Debian's icu-devtools. It is fed single characters: of a whole name it
/// gives words (<c>héchéng shèqū</c>), in which syllables, and so initials, can no longer be told apart.
/// </summary>
internal sealed class Transliterator(string program)
{
    /// <summary>The tool, found on the path.</summary>
    public const string Program = "uconv";

    // 20,000 characters take 0.2 s.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What each character sounds like, with its tone.</summary>
    /// <exception cref="TransliteratorException">The tool is missing, fails or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IReadOnlyDictionary<Rune, string>> ReadAsync(IReadOnlyList<Rune> characters, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        using var process = Start();
        try
        {
            var writing = WriteAsync(process, characters, limit.Token);
            var complaint = process.StandardError.ReadToEndAsync(limit.Token);
            var text = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await writing;
            await process.WaitForExitAsync(limit.Token);
            var lines = text.Split('\n', StringSplitOptions.TrimEntries);
            if (process.ExitCode != 0 || lines.Length != characters.Count + 1)
                throw new TransliteratorException($"uconv ended with {process.ExitCode} after {lines.Length - 1} of {characters.Count} lines: {await complaint}");
            return characters.Zip(lines).ToDictionary(pair => pair.First, pair => pair.Second);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TransliteratorException($"uconv was not done after {Limit.TotalSeconds} s.");
        }
        catch (IOException e)
        {
            throw new TransliteratorException($"uconv took no more: {e.Message}");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(program, ["-f", "UTF-8", "-t", "UTF-8", "-x", "Han-Latin; Lower"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };

        // It needs nothing of ours, and gets no password of the database.
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new TransliteratorException("uconv is not installed: apt-get install icu-devtools.");
        }
    }

    private static async Task WriteAsync(Process process, IReadOnlyList<Rune> characters, CancellationToken cancel)
    {
        await process.StandardInput.WriteAsync(string.Concat(characters.Select(character => $"{character}\n")).AsMemory(), cancel);
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
}

/// <summary>There is no transliteration; the message says why and what to do.</summary>
internal sealed class TransliteratorException(string message) : Exception(message);
