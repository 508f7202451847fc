using System.Diagnostics;
using GridMap.Core.Coverages;

namespace GridMap.Api.Imports;

/// <summary>How far an import has got.</summary>
/// <param name="Stage">read, repair, node, faces, store, done.</param>
/// <param name="Done">Features read, or done of <paramref name="Total"/>.</param>
/// <param name="Total">0 while that is not known.</param>
public readonly record struct ImportProgress(string Stage, int Done, int Total);

/// <summary>Tells a listener of stages and keeps the time of each. One import at a time; called from one thread at a time.</summary>
internal sealed class ImportClock(IProgress<ImportProgress>? listener) : IProgress<CoverageProgress>
{
    private readonly Dictionary<string, double> seconds = [];
    private readonly Stopwatch watch = new();
    private string stage = "";

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => new Dictionary<string, double>(seconds);

    /// <summary>Enters a stage, or goes on in it.</summary>
    public void Report(string name, int done, int total)
    {
        if (stage != name)
        {
            Stop();
            stage = name;
            watch.Restart();
        }

        listener?.Report(new ImportProgress(name, done, total));
    }

    /// <summary>Ends the stage.</summary>
    public void Stop()
    {
        if (stage.Length > 0)
            seconds[stage] = Math.Round(seconds.GetValueOrDefault(stage) + watch.Elapsed.TotalSeconds, 3);
        stage = "";
    }

    void IProgress<CoverageProgress>.Report(CoverageProgress value)
    {
        var name = value.Stage switch
        {
            CoverageStage.Entering => "repair",
            CoverageStage.Noding => "node",
            _ => "faces",
        };
        Report(name, (int)(value.Share * 100), 100);
    }
}
