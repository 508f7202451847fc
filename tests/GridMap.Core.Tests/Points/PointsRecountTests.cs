using GridMap.Core.Issues;
using GridMap.Core.Points;

namespace GridMap.Core.Tests.Points;

/// <summary>A recount finds nothing in a ledger that was kept by the rules, and everything that was done to it.</summary>
public sealed class PointsRecountTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly PointsRule[] Rules =
    [
        new("accepted", 1, PointsOccasion.Accepted, 5, 2, null, true, Start.AddDays(-1)), new("accepted", 2, PointsOccasion.Accepted, 4, 3, null, true, Start.AddHours(30)),
        new("fixed", 1, PointsOccasion.Fixed, 3, null, null, true, Start.AddDays(-1)), new("late", 1, PointsOccasion.Late, -1, null, null, true, Start.AddDays(-1)),
        new("verified", 1, PointsOccasion.Verified, 1, 5, null, true, Start.AddDays(-1)), new("false", 1, PointsOccasion.False, -5, null, null, true, Start.AddDays(-1)),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_ledger_that_was_kept_by_the_rules_has_no_differences_and_one_that_was_touched_has(int seed)
    {
        var random = new Random(seed);
        var (steps, entries) = Course(random);
        Assert.True(entries.Count > 100);
        Assert.Contains(entries, entry => entry.IsLimited);
        Assert.Contains(entries, entry => entry is { Corrects: not null, Step: not null });
        Assert.Empty(Compare(steps, entries));
        for (var i = 0; i < 40; i++)
        {
            var (touched, kind) = Touch(random, entries, i % 5);
            var differences = Compare(steps, touched);
            Assert.True(differences.Count > 0, $"{kind} was not found");
            Assert.Contains(differences, one => one.Kind == kind);
        }
    }

    [Fact]
    public void What_was_done_by_hand_stands_and_is_not_given_back_twice()
    {
        var mender = PointsHolder.OfPerson(2);
        PointsStep[] steps = [Verify(10, Start.AddHours(1)), new PointsStep(11, 1, Start.AddHours(2), "reopen", IssueState.Claimed) { Category = "c", WasTakenUp = true, Closing = 10 }];
        PointsEntry[] entries =
        [
            new(1, 10, "fixed", 1, mender, 3, false, null), new(2, 10, "verified", 1, PointsHolder.OfPerson(3), 1, false, null), new(3, null, "fixed", 1, mender, -2, false, 1),
            new(4, 11, "fixed", 1, mender, -1, false, 1), new(5, 11, "verified", 1, PointsHolder.OfPerson(3), -1, false, 2), new(6, null, null, null, mender, -1, false, null),
        ];
        Assert.Empty(Compare(steps, entries));
        entries[3] = entries[3] with { Points = -3 };
        var one = Assert.Single(Compare(steps, entries));
        Assert.Equal(("notTakenBack", 4, -1, -3), (one.Kind, one.Entry, one.Expected, one.Found));
    }

    private static IReadOnlyList<PointsDifference> Compare(IReadOnlyList<PointsStep> steps, IReadOnlyList<PointsEntry> entries) =>
        new PointsRecount(Rules, at => DateOnly.FromDateTime(at.DateTime)).Compare(steps, entries);

    private static PointsStep Verify(long id, DateTimeOffset at) =>
        new(id, 1, at, "verify", IssueState.WrittenOff) { Category = "c", WasTakenUp = true, Actor = 3, Mender = 2, MendedAt = at.AddMinutes(-1), DueAt = at };

    // Sixty issues on two days; the ledger is kept here by counting, not by what is tested.
    private static (List<PointsStep> Steps, List<PointsEntry> Entries) Course(Random random)
    {
        var (steps, entries, counted) = (new List<PointsStep>(), new List<PointsEntry>(), new Dictionary<(string, PointsHolder, DateOnly), int>());
        for (var issue = 1; issue <= 60; issue++)
        {
            var at = Start.AddMinutes(issue * 40);
            var reporter = random.Next(3) == 0 ? PointsHolder.OfReport(issue) : PointsHolder.OfPerson(random.Next(1, 4));
            var late = random.Next(3) == 0;
            Add(new PointsStep(0, issue, at, "claim", IssueState.Claimed) { Category = "c", Actor = 9, Reporter = reporter.Person }, ("accepted", reporter));
            var mender = random.Next(4, 7);
            var closing = Add(
                Verify(0, at.AddMinutes(5)) with { Issue = issue, Mender = mender, Actor = 8, Reporter = reporter.Person, DueAt = at.AddMinutes(late ? 3 : 5) },
                (late ? "late" : "fixed", PointsHolder.OfPerson(mender)), ("verified", PointsHolder.OfPerson(8)));
            if (random.Next(2) == 0)
                continue;
            var reopened = Add(new PointsStep(0, issue, at.AddMinutes(9), "reopen", IssueState.Claimed) { Category = "c", WasTakenUp = true, Closing = closing });
            foreach (var entry in entries.Where(entry => entry.Step == closing && entry.Rule != "late" && entry.Points != 0).ToList())
                entries.Add(entry with { Id = entries.Count + 1, Step = reopened, Points = -entry.Points, Corrects = entry.Id });
        }

        return (steps, entries);

        long Add(PointsStep step, params (string Code, PointsHolder Holder)[] scores)
        {
            steps.Add(step with { Id = steps.Count + 1 });
            foreach (var (code, holder) in scores)
            {
                var rule = Rules.Last(rule => rule.Code == code && rule.From <= step.At);
                var day = (code, holder, DateOnly.FromDateTime(step.At.DateTime));
                var limited = rule.DailyMost is { } most && counted.GetValueOrDefault(day) >= most;
                counted[day] = counted.GetValueOrDefault(day) + (limited ? 0 : 1);
                entries.Add(new PointsEntry(entries.Count + 1, steps.Count, code, rule.Version, holder, limited ? 0 : rule.Points, limited, null));
            }

            return steps.Count;
        }
    }

    private static (List<PointsEntry> Entries, string Kind) Touch(Random random, List<PointsEntry> entries, int how)
    {
        var touched = new List<PointsEntry>(entries);
        var scores = entries.Where(entry => entry is { Corrects: null, IsLimited: false }).ToList();
        var one = scores[random.Next(scores.Count)];
        switch (how)
        {
            case 0:
                // Its correction, if it has one, goes with it: what is missing is the score.
                touched.RemoveAll(entry => entry.Id == one.Id || entry.Corrects == one.Id);
                return (touched, "missing");
            case 1:
                touched[touched.IndexOf(one)] = one with { Points = one.Points + 1 };
                return (touched, "wrong");
            case 2:
                touched.Add(one with { Id = touched.Count + 1, Holder = PointsHolder.OfPerson(77) });
                return (touched, "unfounded");
            case 3:
                var limited = entries.Where(entry => entry.IsLimited).ToList()[0];
                touched[touched.IndexOf(limited)] = limited with { IsLimited = false, Points = 5 };
                return (touched, "overLimit");
            default:
                touched.Remove(touched.First(entry => entry is { Corrects: not null }));
                return (touched, "notTakenBack");
        }
    }
}
