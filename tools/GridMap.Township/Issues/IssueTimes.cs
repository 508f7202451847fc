using GridMap.Township.Campaign;
using GridMap.Township.Chance;

namespace GridMap.Township.Issues;

/// <summary>When an issue is filed, claimed, rectified and written off. Minutes since the campaign's first midnight.</summary>
internal static class IssueTimes
{
    private const int Day = 24 * 60;

    /// <summary>The evening of the last logged day.</summary>
    public static int Now { get; } = CampaignTime.Days.IndexOf(CampaignTime.Today) * Day + 18 * 60;

    /// <summary>A course in which everything happens within the limit, or some time after it when late.</summary>
    public static void Run(Issue issue, bool late, Seeded chance)
    {
        issue.Filed = Awake(issue.Reported + chance.Between(4, 55), chance);
        issue.Claimed = Awake(issue.Filed.Value + chance.Between(6, issue.Category.LimitUnit == "workdays" ? 300 : 40), chance);
        issue.Rectified = Math.Max(Awake(End(issue, late, chance), chance), issue.Claimed.Value + chance.Between(12, 40));
        issue.WrittenOff = Awake(issue.Rectified.Value + chance.Between(50, 2000), chance);
    }

    /// <summary>Takes back what would happen after now.</summary>
    public static void Cut(Issue issue)
    {
        if (issue.WrittenOff > Now)
            issue.WrittenOff = null;
        if (issue.Rectified > Now)
            issue.Rectified = null;
        if (issue.Claimed > Now)
            issue.Claimed = null;
        if (issue.Filed > Now)
            issue.Filed = null;
    }

    /// <summary>True for an issue that is open now and surely past its limit, whatever hours a workday has.</summary>
    public static bool IsOverdue(Issue issue) => issue.Rectified is null && issue.Category.LimitUnit switch
    {
        "workdays" => WorkdaysSince(issue.Reported) >= issue.Category.Limit,
        _ => Now - issue.Reported > issue.Category.Limit * 60 + 20,
    };

    private static int WorkdaysSince(int minute) =>
        CampaignTime.Calendar.CountWorkdays(CampaignTime.Days.At(minute / Day + 1), CampaignTime.Today);

    private static int End(Issue issue, bool late, Seeded chance)
    {
        var part = late ? chance.Range(1.3, 3.2) : chance.Range(0.25, 0.85);
        if (issue.Category.LimitUnit != "workdays")
            return issue.Claimed!.Value + (int)(part * issue.Category.Limit * 60 * 0.7);
        var left = Math.Max(0, (int)(part * issue.Category.Limit));
        var day = issue.Reported / Day;
        while (left > 0)
        {
            day++;
            left -= CampaignTime.Calendar.IsWorkday(CampaignTime.Days.At(day)) ? 1 : 0;
        }

        var soonest = issue.Claimed!.Value + chance.Between(30, 260);
        return Math.Max(soonest, day * Day + chance.Between(8 * 60 + 20, 18 * 60));
    }

    /// <summary>Moves a time of the night to the next morning.</summary>
    private static int Awake(int minute, Seeded chance)
    {
        var (day, time) = (minute / Day, minute % Day);
        if (time > 20 * 60 + 30)
            return (day + 1) * Day + 7 * 60 + 40 + chance.Below(70);
        return time < 7 * 60 ? day * Day + 7 * 60 + 40 + chance.Below(70) : minute;
    }
}
