using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Campaigns;

/// <summary>The schedule out as a sheet, and a sheet held against the schedule.</summary>
internal static class ScheduleSheets
{
    public static async Task<IResult> ExportAsync(
        Caller caller, Database database, CampaignBooks books, DataFolder data, long id, string? format, string? grid, CancellationToken cancel)
    {
        var workbook = SheetFile.IsWorkbook(format ?? "xlsx") ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is xlsx or csv."));
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var asked = grid is null ? null : grids.Named(grid);
        var within = asked is null ? null : grids.Inside(asked).Select(one => one.Id).ToHashSet();
        await using var connection = await database.OpenAsync(cancel);
        var visible = caller.ReachOf(Permission.SeeMap).Roots;
        var seen = visible is null ? null : (await connection.QueryAsync<long>("select reach(@visible)", new { visible })).ToHashSet();
        var entries = (await connection.QueryAsync<ScheduleEntry>(new CommandDefinition(Schedule.EntriesSql, new { id, visible }, cancellationToken: cancel))).ToList();
        var sheet = new ScheduleSheet(campaign, grids);
        return await SheetFile.AnswerAsync(
            $"schedule-{id}", "推进计划表", workbook, sheet.Shape.Columns,
            sheet.Lines(entries, one => (within is null || within.Contains(one.Id)) && (seen is null || seen.Contains(one.Id))), data, cancel);
    }

    public static async Task<IResult> ReadAsync(
        HttpRequest request, Caller caller, Database database, CampaignBooks books, SheetUpload upload, long id, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var sheet = new ScheduleSheet(campaign, grids);
        var rows = await upload.ReadAsync(request, sheet.Shape, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var entries = (await connection.QueryAsync<ScheduleEntry>(new CommandDefinition(
            Schedule.EntriesSql, new { id, visible = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel))).ToList();
        var report = sheet.Compare(rows, entries);
        return report.Errors.Count == 0 ? TypedResults.Ok(report) : TypedResults.UnprocessableEntity(report);
    }
}
