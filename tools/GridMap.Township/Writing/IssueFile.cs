using System.Globalization;
using GridMap.Township.Issues;

namespace GridMap.Township.Writing;

/// <summary>issues.csv; times are days after the campaign's first and local time, so that the township can be shown at any date.</summary>
internal static class IssueFile
{
    public static void Write(string path, IEnumerable<Issue> issues)
    {
        var file = new Csv(
            "reported", "lon", "lat", "category", "description", "source", "state", "filed", "claimed", "rectified", "writtenOff",
            "claimedBy", "rectifiedBy", "verifiedBy");
        foreach (var issue in issues)
        {
            file.Add(
                Time(issue.Reported), Degrees(issue.Place.X), Degrees(issue.Place.Y), issue.Category.Code, issue.Description, issue.Source,
                issue.State, Time(issue.Filed), Time(issue.Claimed), Time(issue.Rectified), Time(issue.WrittenOff),
                issue.ClaimedBy, issue.RectifiedBy, issue.VerifiedBy);
        }

        file.Save(path);
    }

    private static string Degrees(double degrees) => degrees.ToString("F9", CultureInfo.InvariantCulture);

    private static string Time(int? minutes) =>
        minutes is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at / 1440} {at % 1440 / 60:00}:{at % 60:00}") : "";
}
