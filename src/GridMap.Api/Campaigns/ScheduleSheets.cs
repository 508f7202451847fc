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
    private const string Sql =
        """
        select v.code as grid, s.item, s.week, s.quantity, coalesce(g.goal, '') as goal, s.version + coalesce(g.version, 0) as version
        from schedule_entry s
        join campaign c on c.id = s.campaign_id
        join grid_version v on v.grid_id = s.grid_id and v.from_generation <= c.generation and (v.to_generation is null or v.to_generation > c.generation)
        left join schedule_goal g on g.campaign_id = s.campaign_id and g.grid_id = s.grid_id and g.week = s.week
        where s.campaign_id = @id and (@within::bigint[] is null or s.grid_id = any(@within)) and (@visible::bigint[] is null or s.grid_id in (select reach(@visible)))
        """;

    public static async Task<IResult> ExportAsync(
        Caller caller, Database database, CampaignBooks books, DataFolder data, long id, string? format, string? grid, CancellationToken cancel)
    {
        var workbook = SheetFile.IsWorkbook(format ?? "xlsx") ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is xlsx or csv."));
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var asked = grid is null ? null : grids.ByCode(grid) ?? throw new ProblemException(Problem.Bad("grid", "bad_grid", $"No grid of this campaign has the code {grid}."));
        var within = asked is null ? null : grids.Inside(asked).Select(one => one.Id).ToHashSet();
        await using var connection = await database.OpenAsync(cancel);
        var visible = caller.ReachOf(Permission.SeeMap).Roots;
        var seen = visible is null ? null : (await connection.QueryAsync<long>("select reach(@visible)", new { visible })).ToHashSet();
        var entries = (await connection.QueryAsync<ScheduleEntry>(new CommandDefinition(Sql, new { id, within = within?.ToArray(), visible }, cancellationToken: cancel))).ToList();
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
            Sql, new { id, within = (long[]?)null, visible = caller.ReachOf(Permission.SeeMap).Roots }, cancellationToken: cancel))).ToList();
        var report = sheet.Compare(rows, entries);
        return report.Errors.Count == 0 ? TypedResults.Ok(report) : TypedResults.UnprocessableEntity(report);
    }
}
