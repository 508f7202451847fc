using GridMap.Core.Issues;
using GridMap.Core.Points;

namespace GridMap.Core.Tests.Points;

/// <summary>What a step scores, by hand.</summary>
public sealed class PointsDecisionTests
{
    private const long Reporter = 1;
    private const long Mender = 2;
    private const long Checker = 3;
    private const long Issue = 70;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly PointsRule[] Rules =
    [
        new("accepted", 1, PointsOccasion.Accepted, 5, 10, null, true, Noon.AddDays(-9)), new("fixed", 1, PointsOccasion.Fixed, 3, null, null, true, Noon.AddDays(-9)),
        new("late", 1, PointsOccasion.Late, -1, null, null, true, Noon.AddDays(-9)), new("verified", 1, PointsOccasion.Verified, 1, null, null, true, Noon.AddDays(-9)),
        new("false", 1, PointsOccasion.False, -5, null, null, true, Noon.AddDays(-9)), new("litter", 1, PointsOccasion.Fixed, 2, null, "environment", true, Noon.AddDays(-9)),
    ];

    [Theory]
    [InlineData("file", IssueState.Filed)]
    [InlineData("claim", IssueState.Claimed)]
    [InlineData("assign", IssueState.Claimed)]
    [InlineData("rectify", IssueState.Rectified)]
    [InlineData("reopen", IssueState.Filed)]
    public void A_report_is_accepted_when_it_is_taken_up_for_the_first_time(string transition, IssueState to)
    {
        var step = Step(transition, to) with { Reporter = Reporter, Actor = Mender };
        Assert.Equal([("accepted", PointsHolder.OfPerson(Reporter))], Of(step));
        Assert.Empty(Of(step with { WasTakenUp = true }));
        Assert.Equal([("accepted", PointsHolder.OfReport(Issue))], Of(step with { Reporter = null }));
        Assert.Equal([("accepted", PointsHolder.OfReport(Issue))], Of(step with { Reporter = null, Actor = null }));
    }

    [Fact]
    public void Nobody_scores_by_taking_up_their_own_report() => Assert.Empty(Of(Step("claim", IssueState.Claimed) with { Reporter = Reporter, Actor = Reporter }));

    [Theory]
    [InlineData("escalate", IssueState.Reported)]
    [InlineData("pause", IssueState.Filed)]
    [InlineData("duplicate", IssueState.Duplicate)]
    public void Other_steps_score_nothing(string transition, IssueState to) => Assert.Empty(Of(Step(transition, to) with { Reporter = Reporter, Actor = Mender, WasTakenUp = true }));

    [Fact]
    public void A_rejection_costs_only_who_reported_falsely()
    {
        var step = Step("reject", IssueState.Rejected) with { Reporter = Reporter, Actor = Checker };
        Assert.Empty(Of(step));
        Assert.Equal([("false", PointsHolder.OfPerson(Reporter))], Of(step with { IsFalse = true }));
    }

    [Theory]
    [InlineData(-1, "fixed")]
    [InlineData(0, "fixed")]
    [InlineData(1, "late")]
    public void The_time_of_mending_counts_not_that_of_the_check(int secondsAfterDue, string rule)
    {
        var step = Step("verify", IssueState.WrittenOff) with { Actor = Checker, Mender = Mender, MendedAt = Noon.AddDays(-1), DueAt = Noon.AddDays(-1).AddSeconds(-secondsAfterDue), WasTakenUp = true };
        Assert.Equal([(rule, PointsHolder.OfPerson(Mender)), ("verified", PointsHolder.OfPerson(Checker))], Of(step));
    }

    [Fact]
    public void Who_is_no_person_has_no_points_and_a_check_that_fails_has_none()
    {
        var step = Step("verify", IssueState.WrittenOff) with { MendedAt = Noon, DueAt = Noon, WasTakenUp = true };
        Assert.Empty(Of(step));
        Assert.Empty(Of(step with { Transition = "verify", To = IssueState.Claimed, Actor = Checker, Mender = Mender }));
    }

    [Theory]
    [InlineData("litter", "environment", true)]
    [InlineData("environment", null, true)]
    [InlineData("noise", "order", false)]
    public void A_rule_for_a_category_counts_beside_the_one_for_all(string category, string? parent, bool counts)
    {
        var step = Step("verify", IssueState.WrittenOff) with { Category = category, ParentCategory = parent, Mender = Mender, MendedAt = Noon, DueAt = Noon, WasTakenUp = true };
        Assert.Equal(counts, Of(step).Contains(("litter", PointsHolder.OfPerson(Mender))));
    }

    [Fact]
    public void Rules_hold_from_their_moment_on_and_an_inactive_version_ends_one()
    {
        PointsRule[] versions = [.. Rules, Rules[0] with { Version = 2, Points = 7, From = Noon }, Rules[0] with { Version = 3, IsActive = false, From = Noon.AddHours(1) }];
        Assert.Equal(5, Points(Noon.AddTicks(-1)));
        Assert.Equal(7, Points(Noon));
        Assert.Null(Points(Noon.AddHours(1)));
        Assert.Empty(PointsRule.At(versions, Noon.AddDays(-10)));
        int? Points(DateTimeOffset at) => PointsRule.At(versions, at).SingleOrDefault(rule => rule.Code == "accepted")?.Points;
    }

    private static PointsStep Step(string transition, IssueState to) => new(1, Issue, Noon, transition, to) { Category = "noise" };

    private static List<(string, PointsHolder)> Of(PointsStep step) => [.. PointsDecision.Of(step, Rules).Select(one => (one.Rule.Code, one.Holder))];
}
