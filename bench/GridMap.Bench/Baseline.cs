using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GridMap.Bench;

/// <summary>The record of earlier runs, newest first: bench/BASELINE.md.</summary>
internal static class Baseline
{
    private const string Marker = "<!-- Newest first; written by make bench. -->";

    /// <summary>Puts the table of a run on top of the record, under the day, the commit and the machine.</summary>
    /// <param name="file">The record, with its marker.</param>
    /// <param name="table">What was measured.</param>
    public static void Record(string file, BenchTable table)
    {
        var text = File.ReadAllText(file);
        if (!text.Contains(Marker, StringComparison.Ordinal))
            throw new InvalidOperationException($"{file} has lost its line: {Marker}");
        var section = $"{Marker}\n\n## {DateTime.UtcNow:yyyy-MM-dd}, {Commit()}\n\n{Machine()}\n\n{table.ToMarkdown()}";
        File.WriteAllText(file, text.Replace(Marker, section, StringComparison.Ordinal));
    }

    /// <summary>Processors, their kind, and the load before anything began: the ratios hold elsewhere, the times do not.</summary>
    public static string Machine()
    {
        const string processors = "/proc/cpuinfo", load = "/proc/loadavg";
        var model = File.Exists(processors)
            ? File.ReadLines(processors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : null;
        var busy = File.Exists(load) ? $", load {File.ReadAllText(load).Split(' ')[0]}" : "";
        return $"{Environment.ProcessorCount} processors ({model ?? "unknown"}){busy}, {RuntimeInformation.FrameworkDescription}.";
    }

    private static string Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", "describe --always --dirty") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return commit.Length > 0 ? commit : "no commit";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "no commit";
        }
    }
}
