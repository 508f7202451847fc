using System.Text.Json;
using System.Text.Json.Serialization;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Drafting;
using GridMap.Api.Imports.Placing;
using GridMap.Api.Imports.Sources;
using GridMap.Api.Plans;
using GridMap.Api.Plans.Edits;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using GridMap.Core.Coverages;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Imports;

/// <summary>What an import made.</summary>
/// <param name="PlanId">The plan; null when it was only tried out.</param>
/// <param name="Report">What was read, put right and left wrong.</param>
public sealed record ImportOutcome(long? PlanId, ImportReport Report);

/// <summary>
/// The one way in for grids of others: files to features, features to drafts, drafts and the base to one coverage, the
/// coverage to a plan with one edit, or to one edit more of a plan that is there. Whole or not at all; nothing is published here. Thread safe.
/// </summary>
internal sealed class ImportRunner(
    Database database, PlanStore plans, PlanImporting importing, CodeMaking codes, SourceReader reader, DataFolder data, ImportOptions limits,
    IOptions<DefectOptions> defectOptions, IOptions<GridMapOptions> settings)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Imports files.</summary>
    /// <param name="request">What to import and how.</param>
    /// <param name="parameters">The same as it was written, a JSON object, for the plan's record.</param>
    /// <param name="caller">Who imports.</param>
    /// <param name="listener">Told of progress; may be null.</param>
    /// <param name="alongside">Runs in the transaction that stores the plan; may be null.</param>
    /// <param name="cancel">Gives up, leaving nothing.</param>
    /// <exception cref="ProblemException">The import is refused; nothing was stored.</exception>
    public async Task<ImportOutcome> RunAsync(
        ImportRequest request, string parameters, Caller caller, IProgress<ImportProgress>? listener,
        Func<NpgsqlTransaction, ImportOutcome, Task>? alongside, CancellationToken cancel)
    {
        var clock = new ImportClock(listener);
        var (drafted, report, sources) = await DraftAsync(request, clock, cancel);
        var name = request.PlanName ?? string.Join(", ", sources.Distinct().Take(3));
        return await BuildAsync(drafted.Drafts, drafted.SquareMetres, request, name, parameters, caller, report, clock, alongside, cancel);
    }

    /// <summary>Files to features, features to drafts; of the features nothing stays in memory but their polygons.</summary>
    private async Task<(DraftedGrids Drafted, ImportReport Report, IReadOnlyList<string> Sources)> DraftAsync(
        ImportRequest request, ImportClock clock, CancellationToken cancel)
    {
        clock.Report("read", 0, 0);
        using var folder = new SourceFolder(data.Sub("imports"), limits);
        var reading = new LevelReading(request, folder, reader);
        var sources = await reading.ReadAsync(count => Told(clock, count), cancel);
        var drafted = await Task.Run(() => new Drafter(request).Draft(reading.Features), cancel);
        var report = new ImportReport
        {
            Sources = [.. sources.Select(ReportedSource.Of)],
            Fields = [.. drafted.Fields.Select(ReportedFields.Of)],
            Features = reading.Features.Values.Sum(list => list.Count),
            SkippedCount = drafted.Skipped.Count,
            Skipped = [.. drafted.Skipped.Take(limits.ReportedRepairs)],
        };
        return (drafted, report, [.. sources.Select(source => source.Name)]);
    }

    private async Task<ImportOutcome> BuildAsync(
        IReadOnlyList<GridDraft> drafts, IReadOnlyDictionary<int, double> squareMetresRead, ImportRequest request, string name, string parameters, Caller caller,
        ImportReport report, ImportClock clock, Func<NpgsqlTransaction, ImportOutcome, Task>? alongside, CancellationToken cancel)
    {
        var rules = request.Rules;
        var defectRules = defectOptions.Value.ToRules();
        var before = request.Plan is { } into ? await importing.LoadAsync(caller, into, cancel) : null;
        var state = before?.Base ?? await BaseState.LoadAsync(database, plans, cancel);
        var scope = ImportScope.Of(state, drafts, rules);
        var placed = await new Placement(state, drafts, rules, scope).PlaceAsync(plans, codes, cancel);
        drafts = []; // A city's polygons are not to be held twice while the coverage is built.
        var build = await Task.Run(
            () => CoverageBuilder.Build(
                [.. placed.Select(grid => new CoverageInput(grid.Id, grid.Code, grid.Level, grid.ParentId, grid.Geometry))],
                new CoverageOptions(rules.ToleranceMetres, defectRules), clock, cancel),
            cancel);
        placed = placed.ConvertAll(grid => grid with { Geometry = null }); // Nor beside those of the coverage.
        var result = ToGrids(build.Coverage, placed);
        var difference = PlanDifference.Between(state.Grids, result);
        var defects = build.Defects.Concat(ResponsibilityDefects.Find(
            result, settings.Value.LevelCount, state.Answered.Contains, defectOptions.Value)).ToList();

        clock.Report("store", 0, difference.Count);
        report = report with
        {
            Mode = JsonNamingPolicy.CamelCase.ConvertName(scope.Mode.ToString()),
            ToleranceMetres = rules.ToleranceMetres,
            Levels = ImportReporting.Levels(placed, result, state, difference, squareMetresRead),
            Repairs = ImportReporting.Repairs(build.Repairs, limits.ReportedRepairs),
            RepairedSquareMetres = Math.Round(build.TotalChangedSquareMetres, 4),
            Defects = ImportReporting.Defects(defects),
            BlockingDefects = defects.Count(defect => defect.Blocks),
            LargestDisplacementMetres = build.MaxDisplacementMetres,
            Counts = ImportReporting.Counts(build.Counts),
            Seconds = clock.Seconds,
            PeakMemoryBytes = ImportReporting.PeakMemory(),
        };
        var changes = before is null ? null : PlanImporting.ChangesOf(before, difference);
        long? plan = null;
        if (request.IsDryRun)
            await TellAsync(alongside, new ImportOutcome(null, report), cancel);
        else if (before is not null)
            await importing.StoreAsync(caller, before, changes!, parameters, ReportText(), transaction => alongside?.Invoke(transaction, new ImportOutcome(before.Plan, report)) ?? Task.CompletedTask, cancel);
        else
            plan = await plans.CreateAsync(caller, new PlanDraft(name, state.Generation, "import", parameters, ReportText(), difference, defects.ConvertAll(PlanDefect.Of))
            {
                ValidatedBy = build.Defects.Any(defect => defect.Blocks) ? null : defectRules,
            }, cancel, alongside is null ? null : (transaction, id) => alongside(transaction, new ImportOutcome(id, report)));
        clock.Stop();
        return new ImportOutcome(request.IsDryRun ? null : before?.Plan ?? plan, report with { Seconds = clock.Seconds });

        string ReportText() => JsonSerializer.Serialize(report, Json);
    }

    private async Task TellAsync(Func<NpgsqlTransaction, ImportOutcome, Task>? alongside, ImportOutcome outcome, CancellationToken cancel)
    {
        if (alongside is null)
            return;
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await alongside(transaction, outcome);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static List<PlanGrid> ToGrids(Coverage coverage, List<PlacedGrid> placed) =>
        [.. coverage.ToShapes().Select((shape, i) => new PlanGrid(
            shape.Id, Removed: false, shape.Code, placed[i].Name, shape.Level, placed[i].Kind, shape.ParentId, shape.Polygon,
            coverage.SquareMetres(i), placed[i].Attributes))];

    // A callback for every feature of a million would cost more than reading them.
    private static void Told(ImportClock clock, int count)
    {
        const int Every = 500;
        if (count % Every == 0)
            clock.Report("read", count, 0);
    }
}
