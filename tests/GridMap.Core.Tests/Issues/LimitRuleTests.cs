using GridMap.Core.Calendars;
using GridMap.Core.Issues;

namespace GridMap.Core.Tests.Issues;

/// <summary>Limits by condition, held to a slow reading of the same words.</summary>
public sealed class LimitRuleTests
{
    private static readonly TimeLimit Own = new(3, LimitUnit.Workdays);

    [Theory]
    [InlineData("22:00", true)]
    [InlineData("05:59", true)]
    [InlineData("06:00", false)]
    [InlineData("21:59", false)]
    [InlineData("00:00", true)]
    public void Hours_may_run_over_midnight(string at, bool holds)
    {
        var rule = new LimitRule("", null, (new TimeOnly(22, 0), new TimeOnly(6, 0)), new TimeLimit(1, LimitUnit.Workdays));
        Assert.Equal(holds, rule.Holds(new IssueCircumstances([], IssueSeverity.Normal, TimeOnly.Parse(at))));
    }

    [Fact]
    public void The_first_rule_whose_conditions_all_hold_is_the_limit()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var rules = Enumerable.Range(1, random.Next(5)).Select(value => Rule(random, value)).ToList();
            var issue = new IssueCircumstances(
                random.Next(2) == 0 ? ["A", "village"] : ["village"], (IssueSeverity)random.Next(3), new TimeOnly(random.Next(24), random.Next(60)));
            var expected = Own;
            for (var i = rules.Count - 1; i >= 0; i--)
            {
                if (Holds(rules[i], issue))
                    expected = rules[i].Limit;
            }

            Assert.Equal(expected, LimitRule.Pick(Own, rules, issue));
        }
    }

    private static LimitRule Rule(Random random, int value) => new(
        random.Next(3) switch { 0 => "A", 1 => "village", _ => "" }, random.Next(2) == 0 ? null : (IssueSeverity)random.Next(3),
        random.Next(2) == 0 ? null : (new TimeOnly(random.Next(12), 0), new TimeOnly(12 + random.Next(12), 30)), new TimeLimit(value, LimitUnit.Hours));

    // Minute by minute instead of by comparison.
    private static bool Holds(LimitRule rule, IssueCircumstances issue)
    {
        if (rule.Place != "" && !issue.Places.Any(place => place == rule.Place))
            return false;
        if (rule.Severity is { } severity && issue.Severity != severity)
            return false;
        if (rule.Hours is not { } hours)
            return true;
        for (var minute = hours.From; minute != hours.To; minute = minute.AddMinutes(1))
        {
            if (minute == issue.At)
                return true;
        }

        return false;
    }
}
