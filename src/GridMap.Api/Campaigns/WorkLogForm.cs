using GridMap.Api.Callers;
using GridMap.Api.Hosting;

namespace GridMap.Api.Campaigns;

/// <summary>What a zone did on a day.</summary>
/// <param name="Grid">Code of a zone, or of a grid round zones.</param>
/// <param name="Day">The day that it was done on.</param>
/// <param name="Entries">By item; may be left out where a correction is about people alone.</param>
/// <param name="HeadCount">People out (人次); may be left out. In a correction the difference.</param>
/// <param name="By">Who says so; who is signed in as a person need not say so, and cannot say another.</param>
/// <param name="Note">Never public.</param>
/// <param name="Corrects">The entry that this one corrects; only then quantities and people may be negative.</param>
public sealed record NewWorkLog(
    string? Grid, DateOnly? Day, IReadOnlyList<NewWorkLogEntry?>? Entries, int? HeadCount, string? By, string? Note, long? Corrects);

/// <summary>One item's quantity, at most three decimals; negative only in a correction.</summary>
public sealed record NewWorkLogEntry(string? Item, decimal? Quantity);

/// <summary>A new log that was understood; what it corrects is still to be looked up.</summary>
internal sealed record WorkLogForm(
    CampaignGrid Grid, DateOnly Day, IReadOnlyList<(string Item, decimal Quantity)> Entries, int? HeadCount, string By, string Note, long? Corrects)
{
    private const int MaxEntries = 200;
    private const int MaxName = 100;
    private const int MaxNote = 2000;
    private const int MaxPeople = 1_000_000;

    /// <summary>Reads what was sent.</summary>
    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public static WorkLogForm Read(CampaignAnswer campaign, CampaignGrids grids, DateOnly today, NewWorkLog body, Caller caller)
    {
        var grid = grids.Named(body.Grid);
        if (body.Day is not { } day || day < campaign.From || day > campaign.To || day > today)
        {
            throw Bad("day", "bad_day", $"day is a day of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}, not in the future.");
        }

        if (Math.Abs((long)(body.HeadCount ?? 0)) > MaxPeople || (body.HeadCount < 0 && body.Corrects is null))
        {
            throw Bad("headCount", "bad_head_count", "headCount is 0 or more; only a correction may be negative.");
        }

        var by = caller.ByName(body.By, MaxName);
        return body.Note?.Length > MaxNote
            ? throw Bad("note", "bad_note", $"note has at most {MaxNote} characters.")
            : new WorkLogForm(grid, day, ReadEntries(campaign, body), body.HeadCount, by, body.Note ?? "", body.Corrects);
    }

    private static List<(string Item, decimal Quantity)> ReadEntries(CampaignAnswer campaign, NewWorkLog body)
    {
        // People alone were wrong: an entry of 0 stands for who says so and why.
        if (body is { Corrects: not null, HeadCount: not (null or 0), Entries: null or [] })
        {
            return [];
        }

        if (body.Entries is not { Count: > 0 and <= MaxEntries } wanted)
        {
            throw Bad("entries", "bad_entries", $"Give 1 to {MaxEntries} entries {{item, quantity}}.");
        }

        var entries = new List<(string Item, decimal Quantity)>();
        for (var i = 0; i < wanted.Count; i++)
        {
            if (campaign.Items.FirstOrDefault(item => item.Code == wanted[i]?.Item) is not { } item)
            {
                throw Bad($"entries[{i}].item", "bad_item", $"item is one of {string.Join(", ", campaign.Items.Select(one => one.Code))}.");
            }

            if (wanted[i]!.Quantity is not { } quantity || !Quantities.Fit(quantity))
            {
                throw Bad($"entries[{i}].quantity", "bad_quantity", $"quantity is a number with at most 3 decimals, below {Quantities.Limit}.");
            }

            if (quantity < 0 && body.Corrects is null)
            {
                throw Bad(
                    $"entries[{i}].quantity", "bad_quantity",
                    "Only a correction may be negative: name in `corrects` the entry that it corrects (the work log lists them).");
            }

            entries.Add((item.Code, quantity));
        }

        return entries;
    }

    private static ProblemException Bad(string field, string code, string detail) => new(Problem.Bad(field, code, detail));
}
