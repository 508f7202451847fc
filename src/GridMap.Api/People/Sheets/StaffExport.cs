using System.Globalization;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Exports;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.People.Sheets;

/// <summary>Writes the staff list: CSV or XLSX, every cell as text. What leaves can come back unchanged. Thread safe.</summary>
internal sealed class StaffExport(Database database, DataFolder data, IOptions<GridMapOptions> options, TimeProvider clock)
{
    private const string Sql =
        """
        select p.id, p.name, p.phone, g.code, d.role, d.from_at, d.to_at
        from person p
        left join duty d on d.person_id = p.id and (d.to_at is null or d.to_at > @now) and d.to_at is distinct from d.from_at and d.stands_in_for is null
             and (@reach::bigint[] is null or d.grid_id in (select reach(@reach)))
        left join lateral (select v.code from grid_version v where v.grid_id = d.grid_id order by v.from_generation desc limit 1) g on true
        where (@reach::bigint[] is null or d.id is not null) and (@grid::bigint is null or d.grid_id in (select reach(array[@grid])))
        order by p.id, d.from_at, d.id
        """;

    /// <summary>Makes the file; that it was made, and by whom, is written down, for it holds telephones.</summary>
    public async Task<ExportedFile> WriteAsync(Caller caller, bool workbook, long? grid, CancellationToken cancel)
    {
        var folder = Path.Combine(data.Sub("exports"), $"staff-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var lines = await ReadAsync(caller, grid, workbook, cancel);
            var name = workbook ? "staff.xlsx" : "staff.csv";
            var path = Path.Combine(folder, name);
            await SheetFile.WriteAsync(path, "staff", workbook, StaffSheet.Shape.Columns, lines, cancel);
            return new ExportedFile(path, name, SheetFile.MediaType(workbook), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private async Task<List<string?[]>> ReadAsync(Caller caller, long? grid, bool workbook, CancellationToken cancel)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var rows = await connection.QueryAsync<(long Id, string Name, string Phone, string? Code, string? Role, DateTime? From, DateTime? To)>(
            Sql, new { now = clock.GetUtcNow().UtcDateTime, reach = caller.ReachOf(Permission.ExchangePeople).Roots, grid }, transaction);
        var lines = rows.Select(row => new[]
        {
            row.Id.ToString(CultureInfo.InvariantCulture), row.Name, row.Phone, row.Code, row.Role is null ? null : StaffSheet.WordOf(row.Role),
            row.From is { } from ? StaffForms.Text(from, zone) : null, row.To is { } to ? StaffForms.Text(to, zone) : null,
        }).ToList();
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("people.export", "people", "", grid, After: new { rows = lines.Count, workbook }));
        await transaction.CommitAsync(CancellationToken.None);
        return lines;
    }
}
