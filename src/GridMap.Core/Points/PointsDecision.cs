using GridMap.Core.Issues;

namespace GridMap.Core.Points;

/// <summary>What a step of an issue scores: the one place that decides it, for the step itself and for every recount. Stateless.</summary>
public static class PointsDecision
{
    /// <summary>What the rules give or take for a step, limits aside.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rules">As they hold at its time; see <see cref="PointsRule.At"/>.</param>
    public static IEnumerable<(PointsRule Rule, PointsHolder Holder)> Of(PointsStep step, IReadOnlyList<PointsRule> rules) =>
        from occasion in Occasions(step)
        from rule in rules
        where rule.Occasion == occasion.Word && (rule.Category is null || rule.Category == step.Category || rule.Category == step.ParentCategory)
        select (rule, occasion.Holder);

    /// <summary>Whether a step of this name can score, give back or take back anything.</summary>
    public static bool CanScore(string transition) => transition is "file" or "claim" or "assign" or "rectify" or "verify" or "reject" or "reopen";

    private static IEnumerable<(string Word, PointsHolder Holder)> Occasions(PointsStep step)
    {
        var reporter = step.Reporter is { } known ? PointsHolder.OfPerson(known) : PointsHolder.OfReport(step.Issue);

        // Nobody takes up their own report for points.
        if (step.To is IssueState.Filed or IssueState.Claimed or IssueState.Rectified && !step.WasTakenUp && (step.Reporter is null || step.Reporter != step.Actor))
            yield return (PointsOccasion.Accepted, reporter);
        if (step.Transition == "reject" && step.IsFalse)
            yield return (PointsOccasion.False, reporter);
        if (step.Transition != "verify" || step.To != IssueState.WrittenOff)
            yield break;
        if (step is { Mender: { } mender, MendedAt: { } mended, DueAt: { } due })
            yield return (mended <= due ? PointsOccasion.Fixed : PointsOccasion.Late, PointsHolder.OfPerson(mender));
        if (step.Actor is { } checker)
            yield return (PointsOccasion.Verified, PointsHolder.OfPerson(checker));
    }
}
