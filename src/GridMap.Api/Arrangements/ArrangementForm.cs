using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;

namespace GridMap.Api.Arrangements;

/// <summary>An arrangement that was understood; whether its person holds a duty is still to be looked up.</summary>
internal sealed record ArrangementForm(CampaignGrid Grid, DateOnly Day, string Words, long? Person, int Version)
{
    public const int MaxWords = 500;
    private const int MaxEntries = 10_000;

    /// <summary>Reads what was sent.</summary>
    /// <exception cref="ProblemException">400: which entry and field, and what it should be.</exception>
    public static List<ArrangementForm> Read(CampaignAnswer campaign, CampaignGrids grids, IReadOnlyList<ArrangementEntry?> entries)
    {
        if (entries.Count > MaxEntries)
            throw Bad("", "too_many", $"At most {MaxEntries} arrangements at once; send the rest in a second request.");
        var seen = new HashSet<(long, DateOnly)>();
        var forms = new List<ArrangementForm>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var form = Read(campaign, grids, entries[i] ?? throw Bad($"[{i}]", "bad_entry", "An arrangement has grid, day, words and version."), i);
            if (!seen.Add((form.Grid.Id, form.Day)))
                throw Bad($"[{i}]", "duplicate_entry", $"{form.Grid.Code}, {form.Day:yyyy-MM-dd} stands twice.");
            forms.Add(form);
        }

        return forms;
    }

    private static ArrangementForm Read(CampaignAnswer campaign, CampaignGrids grids, ArrangementEntry entry, int i)
    {
        var grid = grids.Named(entry.Grid, $"[{i}].grid");
        if (entry.Day is not { } day || day < campaign.From || day > campaign.To)
            throw Bad($"[{i}].day", "bad_day", $"day is a day of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}.");
        return entry.Version < 0
            ? throw Bad($"[{i}].version", "bad_version", "version is the one that the arrangement was read at, 0 where there was none.")
            : new ArrangementForm(grid, day, InputText.Clean(entry.Words, $"[{i}].words", MaxWords), entry.Person, entry.Version);
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
