using GridMap.Api.Hosting;

namespace GridMap.Api.Imports.Sources;

/// <summary>A GDAL tool as a bounded child process: one driver besides the output's, and no network.</summary>
internal static class GdalProcess
{
    private static readonly Dictionary<string, string> Always = new()
    {
        ["PROJ_NETWORK"] = "OFF",
        ["GDAL_DRIVER_PATH"] = "disable",
        ["GDAL_HTTP_TIMEOUT"] = "1",
        ["GDAL_HTTP_MAX_RETRY"] = "0",
        ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "{noext}",
        ["AWS_NO_SIGN_REQUEST"] = "YES",
        ["OGR_SQLITE_LOAD_EXTENSIONS"] = "",
        ["GDAL_CACHEMAX"] = "64",
    };

    private static readonly Problem Missing = new(
        StatusCodes.Status500InternalServerError, "gdal_missing", "GDAL is not installed: apt-get install gdal-bin util-linux.");

    private static readonly Problem Late = Problem.Bad(
        "file", "source_timeout", "Reading the file took too long and was stopped. Send a smaller extract, or another format such as GeoPackage.");

    /// <summary>Starts a tool.</summary>
    /// <param name="tool">Its name, found on the path.</param>
    /// <param name="arguments">Handed over one by one, never through a shell.</param>
    /// <param name="settings">GDAL configuration options.</param>
    /// <param name="folder">Working and home folder.</param>
    /// <param name="limits">Memory and time.</param>
    /// <param name="cancel">Kills the tool.</param>
    /// <exception cref="ProblemException">GDAL is not installed.</exception>
    public static ToolProcess Start(
        string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string folder, ImportOptions limits,
        CancellationToken cancel) => ToolProcess.Start(tool, arguments, Around(settings, folder), Limits(limits), cancel);

    /// <summary>Runs a tool to its end; its output, at most <paramref name="maxBytes"/> of it.</summary>
    public static Task<ToolOutcome> RunAsync(
        string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, string folder, ImportOptions limits,
        int maxBytes, CancellationToken cancel) => ToolProcess.RunAsync(tool, arguments, Around(settings, folder), Limits(limits), maxBytes, cancel);

    /// <summary>The refusal of a file that GDAL did not finish in time.</summary>
    public static ProblemException TimeIsOver() => new(Late);

    private static ToolLimits Limits(ImportOptions limits) => new(limits.GdalMegabytes, TimeSpan.FromMinutes(limits.GdalMinutes), limits.GdalMaxBytes);

    private static ToolSurroundings Around(IReadOnlyDictionary<string, string> settings, string folder)
    {
        var environment = new Dictionary<string, string>(Always);
        foreach (var (name, value) in settings)
            environment[name] = value;
        return new ToolSurroundings(folder, environment, Missing, Late);
    }
}
