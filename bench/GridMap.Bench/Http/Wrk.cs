using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GridMap.Bench.Territories;

namespace GridMap.Bench.Http;

/// <summary>The load tool wrk (Debian's), as a child process.</summary>
internal static partial class Wrk
{
    // More wait in line than the server has processors, so that it is never idle.
    private const int Connections = 32;

    /// <summary>Asks about random points of a territory for some seconds.</summary>
    /// <param name="plan">Where the points lie.</param>
    /// <param name="server">Whom.</param>
    /// <param name="path">A format with two numbers, lon and lat, or with none.</param>
    /// <param name="seconds">How long.</param>
    /// <returns>Requests a second.</returns>
    /// <exception cref="InvalidOperationException">wrk is not there, or an answer was no 200.</exception>
    public static async Task<double> RunAsync(TerritoryPlan plan, Uri server, string path, int seconds)
    {
        string[] arguments =
        [
            "-t1", $"-c{Connections}", $"-d{seconds}s", "-s", Path.Combine(AppContext.BaseDirectory, "Http", "points.lua"), server.AbsoluteUri, "--",
            path, Text(plan.Lon), Text(plan.Lat), Text(plan.Degrees),
        ];
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return Rate().Match(output) is { Success: true } rate && !output.Contains("Non-2xx", StringComparison.Ordinal)
                ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"{server}{path} did not answer as it should: {output}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("wrk is not installed: scripts/packages.sh bench", e);
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();
}
