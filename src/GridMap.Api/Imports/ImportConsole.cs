using System.Globalization;
using Spectre.Console;

namespace GridMap.Api.Imports;

/// <summary>An import on the console: moving progress on a terminal, a line a stage elsewhere, then a short table.</summary>
internal static class ImportConsole
{
    private static readonly Dictionary<string, string> Stages = new()
    {
        ["read"] = "Reading the files",
        ["repair"] = "Repairing single polygons",
        ["node"] = "Cutting borders where they meet",
        ["faces"] = "Tracing faces, closing gaps and overlaps",
        ["store"] = "Storing the plan",
    };

    /// <summary>Runs an import, showing how far it is.</summary>
    public static Task<ImportOutcome> FollowAsync(Func<IProgress<ImportProgress>, Task<ImportOutcome>> run) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? AnsiConsole.Progress().AutoClear(false).HideCompleted(false).StartAsync(context => run(new Bars(context)))
            : run(new Lines());

    /// <summary>What came of it.</summary>
    public static void Show(ImportOutcome outcome)
    {
        var report = outcome.Report;
        foreach (var source in report.Sources)
        {
            var accuracy = source.CrsAccuracyMetres is null ? ", accuracy unknown: no parameters from it to CGCS2000 are known here" : "";
            Console.Out.WriteLine($"{source.Name}: {source.Format}, {source.Features} features, {source.Crs}{accuracy}{(source.Encoding is { } e ? $", {e}" : "")}");
        }

        foreach (var fields in report.Fields)
            Console.Out.WriteLine($"Level {fields.Level}: {Describe(fields)}");
        if (report.SkippedCount > 0)
            Console.Out.WriteLine($"Left out: {report.SkippedCount} features without polygons.");
        AnsiConsole.Write(LevelTable(report));
        foreach (var repairs in report.Repairs)
            Console.Out.WriteLine($"Put right: {repairs.Kind} {repairs.Count} ({Number(repairs.SquareMetres)} m², widest {Number(repairs.WidestMetres)} m)");
        foreach (var defects in report.Defects)
            Console.Out.WriteLine($"Left wrong: {defects.Kind} {defects.Count}{(defects.Blocking > 0 ? ", blocks publishing" : "")}{(defects.SquareMetres is { } area ? $" ({Number(area)} m²)" : "")}");
        Console.Out.WriteLine(
            $"Largest displacement {Number(report.LargestDisplacementMetres * 1000)} mm; {string.Join(", ", report.Seconds.Select(s => $"{s.Key} {Number(s.Value)} s"))}; " +
            $"peak memory {report.PeakMemoryBytes >> 20} MiB.");
        Console.Out.WriteLine(
            outcome.PlanId is { } plan ? $"Plan {plan} has it: {report.BlockingDefects} defects block publishing." : $"Nothing was stored: {report.BlockingDefects} defects would block publishing.");
    }

    private static Table LevelTable(ImportReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Level", "Imported", "New", "Changed", "Removed", "Total", "km²");
        foreach (var level in report.Levels)
        {
            table.AddRow(
                Text(level.Level), Text(level.Imported), Text(level.New), Text(level.Changed), Text(level.Removed), Text(level.Total),
                (level.SquareMetres / 1e6).ToString("F3", CultureInfo.InvariantCulture));
        }

        return table;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Describe(ReportedFields fields)
    {
        var parts = new (string What, string? Field)[]
        {
            ("code", fields.Code), ("name", fields.Name), ("parent", fields.Parent), ("kind", fields.Kind), ("households", fields.Households),
        };
        return string.Join(", ", parts.Where(part => part.Field is not null)
            .Select(part => $"{part.What} from {part.Field}{(fields.Guessed.Contains(part.What) ? " (guessed)" : "")}"));
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Line(ImportProgress value)
    {
        var name = Stages.GetValueOrDefault(value.Stage, value.Stage);
        return value is { Total: 0, Done: > 0 } ? $"{name}: {value.Done.ToString(CultureInfo.InvariantCulture)} features" : name;
    }

    private sealed class Lines : IProgress<ImportProgress>
    {
        private string stage = "";

        public void Report(ImportProgress value)
        {
            if (stage == value.Stage)
                return;
            stage = value.Stage;
            Console.Out.WriteLine(Stages.GetValueOrDefault(stage, stage));
        }
    }

    private sealed class Bars(ProgressContext context) : IProgress<ImportProgress>
    {
        private ProgressTask? bar;
        private string stage = "";

        public void Report(ImportProgress value)
        {
            if (stage != value.Stage)
            {
                stage = value.Stage;
                Finish();
                bar = context.AddTask(Markup.Escape(Line(value)));
            }

            bar!.Description = Markup.Escape(Line(value));
            bar.IsIndeterminate = value.Total == 0;
            bar.MaxValue = Math.Max(1, value.Total);
            bar.Value = value.Done;
        }

        private void Finish()
        {
            if (bar is not null)
                (bar.IsIndeterminate, bar.Value) = (false, bar.MaxValue);
        }
    }
}
