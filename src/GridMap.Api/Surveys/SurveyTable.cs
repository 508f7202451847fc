using GridMap.Api.Grids;
using GridMap.Api.Snapshots;
using GridMap.Core.Surveys;

namespace GridMap.Api.Surveys;

/// <summary>Sums counts up through the grids, and leaves out what is too few. For one thread.</summary>
internal sealed class SurveyTable
{
    private readonly Snapshot snapshot;
    private readonly IReadOnlyList<SurveyItem> items;
    private readonly int least;

    // The first node is the whole, with what lies in no grid; parents come before their children.
    private readonly List<GridFacts?> grids = [null];
    private readonly List<int> parents = [0];
    private readonly Dictionary<long, int> nodes = [];
    private readonly Dictionary<(int Node, int Item), int> counts = [];
    private readonly Dictionary<(int Node, int Item, int Value), int> values = [];

    /// <param name="snapshot">The grids of the present.</param>
    /// <param name="items">The questions that are told.</param>
    /// <param name="least">How many answers are enough.</param>
    public SurveyTable(Snapshot snapshot, IReadOnlyList<SurveyItem> items, int least) => (this.snapshot, this.items, this.least) = (snapshot, items, least);

    public void AddAnswers(IEnumerable<CountRow> rows)
    {
        foreach (var row in rows)
            Add(counts, (NodeOf(row.GridId), 0), row.Count);
    }

    public void AddReplies(IEnumerable<CountRow> rows)
    {
        foreach (var row in rows)
            Add(counts, (NodeOf(row.GridId), row.Ordinal), row.Count);
    }

    public void AddValues(IEnumerable<CountRow> rows)
    {
        foreach (var row in rows)
            Add(values, (NodeOf(row.GridId), row.Ordinal, row.Value), row.Count);
    }

    /// <summary>The lines of a level, the one without a grid last, and the total.</summary>
    public (IReadOnlyList<SurveyLine> Lines, SurveyLine Total) Lines(int level)
    {
        var levels = grids.Select(grid => grid?.Level ?? 0).ToList();
        var cells = items.Select(item => item.Ordinal).Prepend(0).ToDictionary(
            item => item, item => new SmallCells(parents, [.. Enumerable.Range(0, grids.Count).Select(node => counts.GetValueOrDefault((node, item)))], least));
        var inside = Enumerable.Range(1, grids.Count - 1).ToLookup(node => parents[node]);
        var lines = Enumerable.Range(1, grids.Count - 1).Where(node => levels[node] == level).OrderBy(node => grids[node]!.Code, StringComparer.Ordinal)
            .Select(node => Line(grids[node], Family(inside, node), item => cells[item].IsHidden(node))).ToList();
        var rest = Line(null, [.. Enumerable.Range(0, grids.Count).Where(node => levels[node] < level)], item => cells[item].IsRestHidden(levels, level));
        if (rest.Answers > 0)
            lines.Add(rest);
        return (lines, Line(null, [.. Enumerable.Range(0, grids.Count)], item => cells[item].IsHidden(0)));
    }

    private SurveyLine Line(GridFacts? grid, IReadOnlyList<int> from, Func<int, bool> isHidden)
    {
        var figures = items.Select(item => Figure(item, from, isHidden(item.Ordinal))).ToList();

        // Of what had to be answered there are as many answers as there are in all: they are told or left out together.
        var scored = items.Where(item => item is { Kind: SurveyForm.Score, Required: true }).ToList();
        var (sum, count) = (0.0, 0);
        foreach (var item in scored)
        {
            for (var value = 1; value <= item.Scale; value++)
            {
                var given = from.Sum(node => values.GetValueOrDefault((node, item.Ordinal, value)));
                sum += given * Share(item, value);
                count += given;
            }
        }

        return new SurveyLine(
            grid is null ? null : GridReference.To(grid), from.Sum(node => counts.GetValueOrDefault((node, 0))), isHidden(0), isHidden(0) || count == 0 ? null : Math.Round(100 * sum / count, 2), figures);
    }

    private SurveyFigure Figure(SurveyItem item, IReadOnlyList<int> from, bool isHidden)
    {
        var count = from.Sum(node => counts.GetValueOrDefault((node, item.Ordinal)));
        var steps = item.Scale ?? item.Options?.Count ?? 0;
        if (isHidden || count == 0 || steps == 0)
            return new SurveyFigure(item.Ordinal, count, isHidden && count > 0, null, null, null);
        var distribution = Enumerable.Range(1, steps).Select(value => from.Sum(node => values.GetValueOrDefault((node, item.Ordinal, value)))).ToList();
        if (item.Kind != SurveyForm.Score)
            return new SurveyFigure(item.Ordinal, count, TooFew: false, null, null, distribution);
        var mean = distribution.Select((given, i) => (double)given * (i + 1)).Sum() / count;
        return new SurveyFigure(item.Ordinal, count, TooFew: false, Math.Round(mean, 4), Math.Round(100 * Share(item, mean), 2), distribution);
    }

    private static double Share(SurveyItem item, double value) => (value - 1) / (item.Scale!.Value - 1);

    private static List<int> Family(ILookup<int, int> inside, int node)
    {
        var family = new List<int> { node };
        for (var i = 0; i < family.Count; i++)
            family.AddRange(inside[family[i]]);
        return family;
    }

    // What was answered in a grid that is gone counts where its last parent is.
    private int NodeOf(long? grid) => grid is { } id && snapshot.Home(id) is { } home ? NodeOf(home) : 0;

    private int NodeOf(GridFacts grid)
    {
        if (nodes.TryGetValue(grid.Id, out var known))
            return known;
        var parent = snapshot.Parent(grid) is { } outer ? NodeOf(outer) : 0;
        grids.Add(grid);
        parents.Add(parent);
        return nodes[grid.Id] = grids.Count - 1;
    }

    private static void Add<TKey>(Dictionary<TKey, int> into, TKey key, int count)
        where TKey : notnull => into[key] = into.GetValueOrDefault(key) + count;
}
