namespace GridMap.Api.Campaigns;

/// <summary>Weeks begin on Monday and are named by it.</summary>
internal static class Weeks
{
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
