using System.Globalization;
using GridMap.Api.Campaigns;
using GridMap.Api.Spreadsheets;

namespace GridMap.Api.Arrangements;

/// <summary>A line of a sheet that says something else than what is arranged.</summary>
/// <param name="Entry">As it is to be, with the version that it has now: what PUT takes.</param>
/// <param name="Before">What is done now; null where nothing was arranged for the day itself.</param>
/// <param name="PersonName">Who is to see to it, by name.</param>
/// <param name="PersonBefore">The number of who sees to it now.</param>
/// <param name="PersonNameBefore">Their name.</param>
public sealed record ArrangementSheetChange(ArrangementEntry Entry, string? Before, string? PersonName, long? PersonBefore, string? PersonNameBefore);

/// <summary>What a sheet of arrangements would change.</summary>
/// <param name="Rows">Lines that were read.</param>
/// <param name="Changes">Each day that differs; empty when there are errors.</param>
/// <param name="Errors">By cell.</param>
public sealed record ArrangementSheetReport(int Rows, IReadOnlyList<ArrangementSheetChange> Changes, IReadOnlyList<SheetError> Errors);

/// <summary>Somebody whom a sheet names.</summary>
/// <param name="Id">The number.</param>
/// <param name="Name">Null for who may not see it.</param>
/// <param name="HoldsDuty">Only those can be named anew.</param>
internal sealed record SheetPerson(long Id, string? Name, bool HoldsDuty);

/// <summary>Arrangements as a sheet: a row for each grid and day. The names and what comes back by a rule are there to be read.</summary>
internal sealed class ArrangementSheet(CampaignAnswer campaign, CampaignGrids grids)
{
    private const string Grid = "网格编码";
    private const string GridName = "网格";
    private const string Day = "日期";
    private const string Words = "安排";
    private const string Person = "负责人编号";
    private const string PersonName = "负责人";
    private const string Recurring = "固定安排";

    /// <summary>The cell of a day that has nothing, whatever comes back by a rule: an empty one follows the rules.</summary>
    private const string Nothing = "无";

    private const int MaxRows = 100_000;

    /// <summary>Its headings.</summary>
    public static SheetShape Shape { get; } = new(
        "arrangements", [Grid, GridName, Day, Words, Person, PersonName, Recurring],
        new Dictionary<string, string> { ["grid"] = Grid, ["day"] = Day, ["date"] = Day, ["words"] = Words, ["person"] = Person }, [Grid, Day, Words], MaxRows, IsWhole: true);

    /// <summary>The numbers of people that lines name.</summary>
    public static long[] PeopleOf(IEnumerable<SheetRow> rows) =>
        [.. rows.Select(row => NumberOf(new SheetCells([]).Code(row, Person))).OfType<long>().Distinct()];

    /// <summary>The lines: each day of a zone, and what is arranged for grids round zones.</summary>
    /// <param name="items">What is arranged from the one day to the other.</param>
    /// <param name="wanted">Which grids have lines.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public IEnumerable<IEnumerable<object?>> Lines(IEnumerable<ArrangementItem> items, Func<CampaignGrid, bool> wanted, DateOnly from, DateOnly to)
    {
        var arranged = items.ToLookup(item => (item.Grid, item.Day));
        for (var level = 1; level <= campaign.ZoneLevel; level++)
        {
            foreach (var grid in grids.Rows(level).Where(wanted))
            {
                for (var day = from; day <= to; day = day.AddDays(1))
                {
                    var here = arranged[(grid.Code, day)];
                    if (!grid.IsZone && !here.Any())
                        continue;
                    var own = here.FirstOrDefault(item => item.Recurring is null);
                    yield return
                    [
                        grid.Code, grid.Name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), own is { Words.Length: 0 } ? Nothing : own?.Words,
                        own?.Person?.ToString(CultureInfo.InvariantCulture), own?.PersonName,
                        string.Join('；', here.Where(item => item.Recurring is not null).OrderBy(item => item.Recurring).Select(item => item.Words)),
                    ];
                }
            }
        }
    }

    /// <summary>What lines say otherwise than what is arranged.</summary>
    /// <param name="rows">The lines.</param>
    /// <param name="items">All that is arranged.</param>
    /// <param name="people">Those whom the lines name, by number.</param>
    public ArrangementSheetReport Compare(IReadOnlyList<SheetRow> rows, IEnumerable<ArrangementItem> items, IReadOnlyDictionary<long, SheetPerson> people)
    {
        var errors = new List<SheetError>();
        var cells = new SheetCells(errors);
        var known = items.Where(item => item.Recurring is null).ToDictionary(item => (item.Grid, item.Day));
        var seen = new HashSet<(string, DateOnly)>();
        var changes = new List<ArrangementSheetChange>();
        foreach (var row in rows)
        {
            if (Place(row, cells, seen) is { } place && Change(row, place, cells, known.GetValueOrDefault(place), people) is { } change)
                changes.Add(change);
        }

        return new ArrangementSheetReport(rows.Count, errors.Count > 0 ? [] : changes, errors);
    }

    private (string Grid, DateOnly Day)? Place(SheetRow row, SheetCells cells, HashSet<(string, DateOnly)> seen)
    {
        var before = cells.Wrongs;
        var grid = cells.Code(row, Grid) ?? "";
        if (cells.Wrongs == before && grids.ByCode(grid) is null)
            cells.Wrong(row, Grid, "bad_grid", "is no zone of this campaign, and no grid round zones");
        var day = SheetCells.Day(row, Day) ?? default;
        if (day < campaign.From || day > campaign.To)
            cells.Wrong(row, Day, "bad_day", $"is no day of the campaign, {campaign.From:yyyy-MM-dd} to {campaign.To:yyyy-MM-dd}");
        if (cells.Wrongs == before && !seen.Add((grid, day)))
            cells.Wrong(row, Day, "duplicate_entry", $"stands twice for {grid}");
        return cells.Wrongs == before ? (grid, day) : null;
    }

    private static ArrangementSheetChange? Change(
        SheetRow row, (string Grid, DateOnly Day) place, SheetCells cells, ArrangementItem? stored, IReadOnlyDictionary<long, SheetPerson> people)
    {
        var before = cells.Wrongs;
        var told = cells.Text(row, Words, ArrangementForm.MaxWords);
        var words = told == Nothing && stored?.Words != Nothing ? "" : told;
        var person = row[Person] is null ? stored?.Person : Who(row, cells, stored, people);
        if (told == Nothing && words.Length == 0 && stored is not { Words.Length: 0 })
            person = null;
        if (cells.Wrongs > before || (words == (stored?.Words ?? "") && person == stored?.Person && (stored is not null || told.Length == 0)))
            return null;
        if (words.Length == 0 && person is not null)
        {
            cells.Wrong(row, Words, "words_required", "is empty: say what the person sees to, or write " + Nothing);
            return null;
        }

        if (person is { } number && people.GetValueOrDefault(number) is not { HoldsDuty: true } && row[Person] is not null)
        {
            cells.Wrong(row, Person, "bad_person", "is the number of nobody who holds a duty on a grid now");
            return null;
        }

        return new ArrangementSheetChange(
            new ArrangementEntry(place.Grid, place.Day, words, person, stored?.Version ?? 0), stored?.Words,
            person is null ? null : person == stored?.Person ? stored?.PersonName : people[person.Value].Name, stored?.Person, stored?.PersonName);
    }

    // The number says who it is; a name that was changed beside it would be lost silently.
    private static long? Who(SheetRow row, SheetCells cells, ArrangementItem? stored, IReadOnlyDictionary<long, SheetPerson> people)
    {
        var before = cells.Wrongs;
        var text = cells.Code(row, Person) ?? "";
        var name = row[PersonName] ?? "";
        if (text.Length == 0)
        {
            if (cells.Wrongs == before && name.Length > 0)
                cells.Wrong(row, Person, "person_missing", $"is empty: {name} is named by number, as the staff list has it");
            return null;
        }

        if (NumberOf(text) is not { } number)
        {
            cells.Wrong(row, Person, "bad_person", "is no number of a person");
            return null;
        }

        var real = number == stored?.Person ? stored.PersonName : people.GetValueOrDefault(number)?.Name;
        if (name.Length > 0 && real is not null && name != real)
            cells.Wrong(row, PersonName, "other_person", $"is not the name of number {number}: change the number, and leave the name empty");
        return number;
    }

    private static long? NumberOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
