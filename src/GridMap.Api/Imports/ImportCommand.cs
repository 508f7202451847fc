using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridMap.Api.Callers;
using GridMap.Api.Generations;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Imports;

/// <summary><c>gridmap import FILE…</c>: the same import as over HTTP, with its progress on the console. Exit code 0: a plan was made; 1: refused.</summary>
internal static partial class ImportCommand
{
    private static readonly string[] ShapefileParts = [".dbf", ".shx", ".prj", ".cpg"];

    // Command-line names of the form's values.
    private static readonly (string Option, string Value, string Help)[] Options =
    [
        ("--level", "level", "The files' level, 1 (outermost) to N; the innermost by default."),
        ("--code-field", "codeField", "The field that holds codes; N=FIELD for level N alone. So with the other fields."),
        ("--name-field", "nameField", "The field that holds names."),
        ("--parent-field", "parentField", "The field that holds the parent's code; found by place when there is none."),
        ("--kind-field", "kindField", "The field that holds the kind."),
        ("--households-field", "householdsField", "The field that holds the number of households."),
        ("--dissolve", "dissolve", "Fields whose values make the levels outside, outermost first: FIELD[:NAMEFIELD],…"),
        ("--crs", "crs", "wgs84, cgcs2000, gcj02, bd09 or an EPSG code; the file's own by default."),
        ("--encoding", "encoding", "The encoding of texts, such as GBK; found by the bytes by default."),
        ("--tolerance", "tolerance", "Metres: narrower gaps and overlaps are closed; 0 by default."),
        ("--mode", "mode", "add, replace or match; needed when there are grids already."),
        ("--layer", "layer", "The layer's name, * for all."),
        ("--parent", "parent", "The code of the grid that the import lies in."),
        ("--plan", "plan", "The number of a draft, of which the import becomes one edit more."),
        ("--plan-name", "name", "The plan's name."),
        ("--generate-codes", "generateCodes", "A prefix of 12 or 15 digits, or the word parent: codes are made."),
        ("--merge", "merge", "true: several features of one code are one grid."),
        ("--kind", "kind", "The kind of new grids without one; village by default."),
    ];

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Shapefile (zip or .shp), GeoPackage, GeoJSON, TopoJSON, KML, KMZ, DXF. FILE@N is of level N; files of one level belong together.",
            Arity = ArgumentArity.OneOrMore,
        };
        var publish = new Option<bool>("--publish") { Description = "Publish the plan at once." };
        var report = new Option<string?>("--report") { Description = "Write the whole report to this file, as JSON." };
        var command = new Command("import", "Import grids from files into a plan.") { files, publish, report };
        var options = Options.Select(entry => (entry.Value, Option: new Option<string[]>(entry.Option) { Description = entry.Help, Arity = ArgumentArity.OneOrMore })).ToList();
        foreach (var (_, option) in options)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                var form = new ImportForm();
                foreach (var (value, option) in options)
                    Set(form, value, parsed.GetValue(option) ?? []);
                foreach (var file in parsed.GetValue(files)!)
                    Add(form, file);
                await RunAsync(form, parsed.GetValue(publish), parsed.GetValue(report), cancel);
                return 0;
            }
            catch (ProblemException e)
            {
                await Console.Error.WriteLineAsync($"{e.Problem.Code}: {e.Problem.Detail}");
                return 1;
            }
            catch (NpgsqlException e) when (e is not PostgresException)
            {
                await Console.Error.WriteLineAsync($"database_unavailable: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    private static async Task RunAsync(ImportForm form, bool publish, string? reportPath, CancellationToken cancel)
    {
        await using var app = Service.Build([], builder => builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error), background: false);
        var request = form.ToRequest(app.Services.GetRequiredService<IOptions<GridMapOptions>>().Value.LevelCount);
        var runner = app.Services.GetRequiredService<ImportRunner>();
        var outcome = await ImportConsole.FollowAsync(progress =>
            runner.RunAsync(request, ImportEndpoints.ToParameters(form), Caller.Program with { Name = Environment.UserName }, progress, alongside: null, cancel));
        ImportConsole.Show(outcome);
        if (reportPath is not null)
            await File.WriteAllTextAsync(reportPath, JsonSerializer.Serialize(outcome.Report, ImportRunner.Json), cancel);
        if (!publish)
            return;
        var generation = await app.Services.GetRequiredService<Publication>().PublishAsync(
            outcome.PlanId!.Value, expectedVersion: null, Caller.Program with { Name = Environment.UserName }, request.PlanName ?? "", isVacant: false, cancel);
        Console.Out.WriteLine($"Published as generation {generation}.");
    }

    private static void Set(ImportForm form, string name, string[] values)
    {
        foreach (var value in values)
        {
            var match = OfLevel().Match(value);
            if (match.Success && name.EndsWith("Field", StringComparison.Ordinal))
                form.Set($"{name}.{match.Groups["level"].Value}", match.Groups["value"].Value);
            else
                form.Set(name, value);
        }
    }

    private static void Add(ImportForm form, string argument)
    {
        var match = AtLevel().Match(argument);
        var isOfLevel = match.Success && !File.Exists(argument);
        var path = isOfLevel ? match.Groups["value"].Value : argument;
        var name = isOfLevel ? $"file.{match.Groups["level"].Value}" : "file";
        if (!File.Exists(path))
            throw new ProblemException(Problem.Bad("file", "file_missing", $"There is no file {path}."));
        form.Add(name, new ImportFile(Path.GetFileName(path), path, IsOurs: false));
        if (!Path.GetExtension(path).Equals(".shp", StringComparison.OrdinalIgnoreCase))
            return;
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!))
        {
            if (ShapefileParts.Contains(Path.GetExtension(part).ToLowerInvariant())
                && Path.GetFileNameWithoutExtension(part).Equals(Path.GetFileNameWithoutExtension(path), StringComparison.OrdinalIgnoreCase))
            {
                form.Add(name, new ImportFile(Path.GetFileName(part), part, IsOurs: false));
            }
        }
    }

    [GeneratedRegex(@"\A(?<level>[1-9])=(?<value>.+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex OfLevel();

    [GeneratedRegex(@"\A(?<value>.+)@(?<level>[1-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex AtLevel();
}
