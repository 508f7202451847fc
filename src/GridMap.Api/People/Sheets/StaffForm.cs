using System.Globalization;
using GridMap.Api.Spreadsheets;
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
internal sealed class StaffForms(TimeZoneInfo zone, SheetCells cells)
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
    public StaffForm? Read(SheetRow row)
    {
        var before = cells.Wrongs;
        long? id = null;
        if (cells.Code(row, StaffSheet.Id) is { } number)
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

        var phone = cells.Code(row, StaffSheet.Phone);
        if (phone is { Length: > MaxPhone })
        {
            Wrong(row, StaffSheet.Phone, "bad_phone", $"has more than {MaxPhone} characters");
        }

        var grid = cells.Code(row, StaffSheet.Grid);
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

        return cells.Wrongs == before ? new StaffForm(row.Row, id, name!, phone, role, grid, from, to) : null;
    }

    /// <summary>Says what is wrong with a cell.</summary>
    public void Wrong(SheetRow row, string column, string code, string why) => cells.Wrong(row, column, code, why);

    private string? RoleOf(SheetRow row, string? grid)
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

    private DateTime? Time(SheetRow row, string column)
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
}
