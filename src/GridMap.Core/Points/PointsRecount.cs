using Key = (string Rule, long Step, GridMap.Core.Points.PointsHolder Holder);

namespace GridMap.Core.Points;

/// <summary>
/// Scores everything anew from the steps of issues and the versions of rules, and says where the ledger differs. What was done by hand
/// (corrections, rewards) is taken as it is. For one recount, on one thread.
/// </summary>
/// <param name="versions">Every version of every rule.</param>
/// <param name="dayOf">The day of a moment, for limits.</param>
public sealed class PointsRecount(IReadOnlyList<PointsRule> versions, Func<DateTimeOffset, DateOnly> dayOf)
{
    private readonly Dictionary<(string, int), PointsRule> rules = versions.ToDictionary(rule => (rule.Code, rule.Version));
    private readonly List<PointsDifference> differences = [];

    /// <summary>Recounts.</summary>
    /// <param name="steps">Every step that can score.</param>
    /// <param name="entries">The whole ledger.</param>
    public IReadOnlyList<PointsDifference> Compare(IReadOnlyList<PointsStep> steps, IReadOnlyList<PointsEntry> entries)
    {
        differences.Clear();
        var byStep = steps.ToDictionary(step => step.Id);
        var scores = entries.Where(entry => entry is { Step: not null, Corrects: null }).OrderBy(entry => entry.Id).ToList();
        CompareScores(steps, scores);
        CompareLimits(byStep, scores);
        CompareReturns(steps, scores, entries);
        return [.. differences];
    }

    private void CompareScores(IReadOnlyList<PointsStep> steps, List<PointsEntry> scores)
    {
        var expected = new Dictionary<Key, PointsRule>();
        foreach (var step in steps)
        {
            foreach (var (rule, holder) in PointsDecision.Of(step, PointsRule.At(versions, step.At)))
                expected[(rule.Code, step.Id, holder)] = rule;
        }

        foreach (var entry in scores)
        {
            if (!expected.Remove(KeyOf(entry), out var rule))
                differences.Add(new("unfounded", entry.Id, entry.Step, entry.Holder, entry.Rule, null, entry.Points));
            else if (rule.Version != entry.Version || entry.Points != (entry.IsLimited ? 0 : rule.Points))
                differences.Add(new("wrong", entry.Id, entry.Step, entry.Holder, entry.Rule, entry.IsLimited ? 0 : rule.Points, entry.Points));
        }

        differences.AddRange(expected.Select(left => new PointsDifference("missing", null, left.Key.Step, left.Key.Holder, left.Key.Rule, left.Value.Points, null)));
    }

    // In the order of the ledger, which for one holder is the order in which they were counted.
    private void CompareLimits(Dictionary<long, PointsStep> steps, List<PointsEntry> scores)
    {
        var counted = new Dictionary<(string, PointsHolder, DateOnly), int>();
        var known = scores.Where(entry => steps.ContainsKey(entry.Step!.Value) && rules.ContainsKey((entry.Rule!, entry.Version!.Value))).ToList();

        // An erased report counted for somebody whom nobody can name any more.
        var erased = known.Where(entry => entry.IsErased).Select(entry => (entry.Rule!, dayOf(steps[entry.Step!.Value].At))).ToHashSet();
        foreach (var entry in known)
        {
            var day = dayOf(steps[entry.Step!.Value].At);
            var (rule, before) = (rules[(entry.Rule!, entry.Version!.Value)], counted.GetValueOrDefault((entry.Rule!, entry.Holder, day)));
            if (!entry.IsLimited)
                counted[(entry.Rule!, entry.Holder, day)] = before + 1;
            if (entry.IsLimited == rule.IsLimitedAfter(before) || (entry.IsLimited && erased.Contains((entry.Rule!, day))))
                continue;
            differences.Add(entry.IsLimited
                ? new("wronglyLimited", entry.Id, entry.Step, entry.Holder, entry.Rule, rule.Points, entry.Points)
                : new("overLimit", entry.Id, entry.Step, entry.Holder, entry.Rule, 0, entry.Points));
        }
    }

    private void CompareReturns(IReadOnlyList<PointsStep> steps, List<PointsEntry> scores, IReadOnlyList<PointsEntry> entries)
    {
        var byStep = scores.ToLookup(entry => entry.Step!.Value);
        var corrections = entries.Where(entry => entry.Corrects is not null).ToLookup(entry => entry.Corrects!.Value);
        var unseen = entries.Where(entry => entry is { Step: not null, Corrects: not null }).ToDictionary(entry => entry.Id);
        foreach (var step in steps.Where(step => step.Closing is not null))
        {
            foreach (var entry in byStep[step.Closing!.Value].Where(entry => rules.TryGetValue((entry.Rule!, entry.Version!.Value), out var rule) && PointsOccasion.IsTakenBack(rule.Occasion)))
            {
                var found = corrections[entry.Id].FirstOrDefault(correction => correction.Step == step.Id);
                if (found is not null)
                    unseen.Remove(found.Id);
                var stood = entry.Points + corrections[entry.Id].Where(correction => found is null || correction.Id < found.Id).Sum(correction => correction.Points);
                if (stood != -(found?.Points ?? 0) || (found is not null && found.Holder != entry.Holder))
                    differences.Add(new("notTakenBack", found?.Id, step.Id, entry.Holder, entry.Rule, stood == 0 ? null : -stood, found?.Points));
            }
        }

        differences.AddRange(unseen.Values.Select(entry => new PointsDifference("unfounded", entry.Id, entry.Step, entry.Holder, entry.Rule, null, entry.Points)));
    }

    private static Key KeyOf(PointsEntry entry) => (entry.Rule!, entry.Step!.Value, entry.Holder);
}
