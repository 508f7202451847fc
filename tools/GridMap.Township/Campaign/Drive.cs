using GridMap.Core.Progress;
using GridMap.Township.Chance;
using GridMap.Township.Grouping;

namespace GridMap.Township.Campaign;

/// <summary>The whole campaign: every zone's plan and log, one entry of which was wrong and has been corrected.</summary>
internal sealed class Drive
{
    public const string Name = "人居环境百日攻坚";
    public const string NameEn = "100 days for a better living environment";

    private readonly List<PlannedWeek> plan = [];
    private readonly List<LogEntry> log = [];

    public Drive(Grid town, Standing standing, Func<Grid, double> hectares, Seeded chance)
    {
        foreach (var zone in town.AllOf(3))
        {
            var stream = chance.Fork(zone.Code);
            var own = ZonePlan.Make(zone, hectares(zone), stream.Fork("plan"));
            var entries = new ZoneLog(zone.Code, own, standing.Of(zone), stream.Fork("log")).Make();
            plan.AddRange(own);
            log.AddRange(entries);
            Lights[zone.Code] = ZoneLog.Evaluate(own, entries).Light;
        }

        log = [.. log.OrderBy(entry => entry.Recorded).ThenBy(entry => entry.Zone, StringComparer.Ordinal).ThenBy(entry => entry.Item)];
        Correct();
        for (var i = 0; i < log.Count; i++)
            log[i].Id = $"w{i + 1:00000}";
        // The correction names an entry whose number is only known now.
        var at = log.FindIndex(entry => entry.CorrectionOf.Length > 0);
        log[at] = log[at] with { CorrectionOf = log.First(entry => entry.Note == Mistaken).Id };
        for (var i = 0; i < log.Count; i++)
            log[i] = log[i].Note == Mistaken ? log[i] with { Note = "" } : log[i];
    }

    public IReadOnlyList<PlannedWeek> Plan => plan;

    public IReadOnlyList<LogEntry> Log => log;

    public Dictionary<string, Light> Lights { get; } = [];

    /// <summary>The town's figures on the last day logged.</summary>
    public ProgressFigures Total() => ZoneLog.Evaluate(plan, log);

    private const string Mistaken = "mistaken";

    /// <summary>One load of rubbish was written down twice; two days later it is taken back. The sum stays what it was drawn to be.</summary>
    private void Correct()
    {
        const decimal Twice = 12.5m;
        var at = log.FindIndex(entry => entry.Day >= new DateOnly(2026, 11, 10) && entry is { Item: 0, Quantity: > 3 });
        var wrong = log[at];
        log[at] = wrong with { Quantity = wrong.Quantity + Twice, Note = Mistaken };
        var correction = new LogEntry(wrong.Zone, wrong.Day, 0, -Twice, 0, wrong.Day.AddDays(2).ToDateTime(new TimeOnly(9, 14)))
        {
            CorrectionOf = "?",
            Note = "过磅单重复计入, 按实际数量更正",
        };
        var place = log.FindIndex(entry => entry.Recorded > correction.Recorded);
        log.Insert(place, correction);
    }
}
