using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Arrangements;

/// <summary>Days out as a sheet, and a sheet held against what is arranged.</summary>
internal static class ArrangementSheets
{
    private const string PeopleSql =
        """
        select p.id,
               case when @names::bigint[] is null or exists (select from duty d where d.person_id = p.id and d.grid_id in (select reach(@names))) then p.name end as name,
               exists (select from duty d where d.person_id = p.id and d.from_at <= now() and (d.to_at is null or d.to_at > now())) as holds_duty
        from person p where p.id = any (@numbers)
        """;

    public static async Task<IResult> ExportAsync(
        Caller caller, Database database, CampaignBooks books, DataFolder data, long id, string? format, string? grid, DateOnly? from, DateOnly? to, CancellationToken cancel)
    {
        var workbook = SheetFile.IsWorkbook(format ?? "xlsx") ?? throw new ProblemException(Problem.Bad("format", "bad_format", "format is xlsx or csv."));
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var (first, last) = ArrangedDays.Span(campaign, from, to);
        var within = grid is null ? null : grids.Inside(grids.Named(grid)).Select(one => one.Id).ToHashSet();
        await using var connection = await database.OpenAsync(cancel);
        var visible = caller.ReachOf(Permission.SeeMap).Roots;
        var seen = visible is null ? null : (await connection.QueryAsync<long>("select reach(@visible)", new { visible })).ToHashSet();
        var arranged = await ArrangedDays.ReadAsync(connection, grids, id, caller, first, last, cancel);
        var lines = new ArrangementSheet(campaign, grids).Lines(
            arranged.Select(pair => pair.Item), one => (within is null || within.Contains(one.Id)) && (seen is null || seen.Contains(one.Id)), first, last);
        return await SheetFile.AnswerAsync($"arrangements-{id}", "每日安排", workbook, ArrangementSheet.Shape.Columns, lines, data, cancel);
    }

    public static async Task<IResult> ReadAsync(
        HttpRequest request, Caller caller, Database database, CampaignBooks books, SheetUpload upload, long id, CancellationToken cancel)
    {
        var (campaign, grids) = await books.GridsAsync(id, cancel);
        var rows = await upload.ReadAsync(request, ArrangementSheet.Shape, cancel);
        await using var connection = await database.OpenAsync(cancel);
        var arranged = await ArrangedDays.ReadAsync(connection, grids, id, caller, campaign.From, campaign.To, cancel);
        var people = (await connection.QueryAsync<SheetPerson>(new CommandDefinition(
            PeopleSql, new { numbers = ArrangementSheet.PeopleOf(rows), names = caller.ReachOf(Permission.SeePeople).Roots }, cancellationToken: cancel))).ToDictionary(person => person.Id);
        var report = new ArrangementSheet(campaign, grids).Compare(rows, arranged.Select(pair => pair.Item), people);
        return report.Errors.Count == 0 ? TypedResults.Ok(report) : TypedResults.UnprocessableEntity(report);
    }
}
