using System.Globalization;
using System.Text.RegularExpressions;
using GridMap.Core.Permissions;

namespace GridMap.Api.People.Sheets;

/// <summary>A line that was understood; whether it may be is still to be looked up.</summary>
/// <param name="Row">As a spreadsheet counts.</param>
/// <param name="Id">A person who is known; null for one by name and telephone.</param>
/// <param name="Name">Their name.</param>
/// <param name="Phone">Null: not said.</param>
/// <param name="Role">Null for a person without a term.</param>
/// <param name="Grid">Null: the whole territory.</param>
/// <param name="From">Null: now.</param>
/// <param name="To">Null: open.</param>
internal sealed record StaffForm(int Row, long? Id, string Name, string? Phone, string? Role, string? Grid, DateTime? From, DateTime? To);

/// <summary>Understands lines, and says what is wrong by cell.</summary>
internal sealed partial class StaffForms(TimeZoneInfo zone, List<SheetError> errors)
{
    private const int MaxName = 100;
    private const int MaxPhone = 40;

    private static readonly string[] Times =
        ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy/M/d", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>How a moment leaves: whole days as days.</summary>
    public static string Text(DateTime utc, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return local.ToString(local.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The line; null when something is wrong with it.</summary>
    public StaffForm? Read(StaffRow row)
    {
        var before = errors.Count;
        long? id = null;
        if (Code(row, StaffSheet.Id) is { } number)
        {
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known))
            {
                id = known;
            }
            else
            {
                Wrong(row, StaffSheet.Id, "bad_id", "is no number of a person; leave it empty for a new one");
            }
        }

        var name = row[StaffSheet.Name];
        if (name is null or { Length: > MaxName })
        {
            Wrong(row, StaffSheet.Name, "bad_name", name is null ? "is empty" : $"has more than {MaxName} characters");
        }

        var phone = Code(row, StaffSheet.Phone);
        if (phone is { Length: > MaxPhone })
        {
            Wrong(row, StaffSheet.Phone, "bad_phone", $"has more than {MaxPhone} characters");
        }

        var grid = Code(row, StaffSheet.Grid);
        var role = RoleOf(row, grid);
        var (from, to) = (Time(row, StaffSheet.From), Time(row, StaffSheet.To));
        if (role is null && (from is not null || to is not null) && row[StaffSheet.Role] is null)
        {
            Wrong(row, StaffSheet.Role, "bad_role", "is empty, but there is a time");
        }

        if (to <= from)
        {
            Wrong(row, StaffSheet.To, "bad_to", "is not after the beginning");
        }

        return errors.Count == before ? new StaffForm(row.Row, id, name!, phone, role, grid, from, to) : null;
    }

    /// <summary>Says what is wrong with a cell.</summary>
    public void Wrong(StaffRow row, string column, string code, string why) =>
        errors.Add(new SheetError(row.Row, column, code, $"Row {row.Row}, {column}: {(row[column] is { } text ? $"\"{Shown(text)}\" " : "")}{why}."));

    private string? RoleOf(StaffRow row, string? grid)
    {
        if (row[StaffSheet.Role] is not { } word)
        {
            if (grid is not null)
            {
                Wrong(row, StaffSheet.Role, "bad_role", "is empty, but there is a grid");
            }

            return null;
        }

        var role = StaffSheet.RoleOf(word);
        if (role is null)
        {
            Wrong(row, StaffSheet.Role, "bad_role", $"is none of {string.Join(", ", Role.All.Select(StaffSheet.WordOf))}");
        }
        else if (grid is null && !Role.TerritoryWide.Contains(role) && row[StaffSheet.Grid] is null)
        {
            Wrong(row, StaffSheet.Grid, "bad_grid", $"is empty; {word} is held on a grid");
        }

        return role;
    }

    // Digits that a spreadsheet kept as a number are lost beyond the fifteenth: for good.
    private string? Code(StaffRow row, string column)
    {
        if (row[column] is not { } text)
        {
            return null;
        }

        if (Scientific().IsMatch(text))
        {
            Wrong(row, column, "number_not_text", "was kept as a number and has lost digits: format the column as text in the spreadsheet and enter it again");
            return null;
        }

        // 440605199001.0 is how some programs write a whole number.
        return WholeWithZero().Match(text) is { Success: true } whole ? whole.Groups["digits"].Value : text;
    }

    private DateTime? Time(StaffRow row, string column)
    {
        if (row[column] is not { } text)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local))
        {
            return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone);
        }

        Wrong(row, column, "bad_time", "is no day such as 2026-01-01, or time such as 2026-01-01 08:30:00");
        return null;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"\A-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"\A(?<digits>[0-9]+)\.0+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeWithZero();
}
