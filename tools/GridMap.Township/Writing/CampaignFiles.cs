using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridMap.Township.Campaign;

namespace GridMap.Township.Writing;

/// <summary>campaign.json, schedule.csv and worklog.csv. Quantities are decimals and written as such.</summary>
internal static class CampaignFiles
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string folder, Drive drive)
    {
        var campaign = new
        {
            name = Drive.Name,
            nameEn = Drive.NameEn,
            from = Day(CampaignTime.Days.From),
            to = Day(CampaignTime.Days.To),
            level = 3,
            asOf = Day(CampaignTime.Today),
            items = CampaignItem.All.Select(item => new { code = item.Code, name = item.Name, nameEn = item.NameEn, unit = item.Unit, weight = item.Weight }),
        };
        File.WriteAllText(Path.Combine(folder, "campaign.json"), JsonSerializer.Serialize(campaign, Readable) + "\n");

        var schedule = new Csv("zone", "item", "week", "planned", "goal");
        foreach (var line in drive.Plan)
            schedule.Add(line.Zone, CampaignItem.All[line.Item].Code, Day(line.Week), Quantity(line.Quantity), line.Goal);
        schedule.Save(Path.Combine(folder, "schedule.csv"));

        var worklog = new Csv("id", "zone", "day", "item", "quantity", "headCount", "recorded", "correctionOf", "note");
        foreach (var entry in drive.Log)
        {
            worklog.Add(
                entry.Id, entry.Zone, Day(entry.Day), CampaignItem.All[entry.Item].Code, Quantity(entry.Quantity), $"{entry.HeadCount}",
                entry.Recorded.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), entry.CorrectionOf, entry.Note);
        }

        worklog.Save(Path.Combine(folder, "worklog.csv"));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quantity(decimal quantity) => quantity.ToString("0.###", CultureInfo.InvariantCulture);
}
