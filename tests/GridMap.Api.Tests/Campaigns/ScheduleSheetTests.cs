using System.Net;
using System.Text;
using System.Text.Json;
using GridMap.Api.Campaigns;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>The schedule as a sheet: what leaves comes back and changes nothing; changed elsewhere, it says exactly what was changed.</summary>
public sealed class ScheduleSheetTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly DateOnly Monday = new(2026, 9, 7);

    private CampaignService Fixture => (CampaignService)Service;

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task What_leaves_comes_back_and_changes_nothing(string format)
    {
        var id = await PlannedAsync();
        var report = (await SendAsync(id, await FileAsync(id, format), format)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((100, 0, 0), (report.GetProperty("rows").GetInt32(), report.GetProperty("changes").GetArrayLength(), report.GetProperty("errors").GetArrayLength()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_sheet_that_was_changed_elsewhere_says_what_was_changed_and_that_is_stored(string format)
    {
        var id = await PlannedAsync();
        var text = Encoding.UTF8.GetString(await FileAsync(id, "csv")).TrimStart('\uFEFF');
        var lines = text.Split("\r\n").Select(line => line.Split(',')).ToList();
        var column = Array.IndexOf(lines[0], "2026-09-07");
        var later = Array.IndexOf(lines[0], "2026-09-21");
        Set("A11", "heaps", column, "7.25");
        Set("A11", "heaps", later, "");
        Set("B34", "sheds", column, "1");
        Set("A12", "目标", column, "=拆后复绿");
        var file = Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Select(line => string.Join(',', line))));
        var report = (await SendAsync(id, format == "csv" ? file : await SheetWorkbook.OfAsync(file), format)).AssertStatus(HttpStatusCode.OK).Json;
        var changes = report.GetProperty("changes").Deserialize<List<ScheduleSheetChange>>(CampaignService.Json)!;
        Assert.Equal(
            [
                new(new("A11", "heaps", Monday, 7.25m, null, 2), 5, null), new(new("A11", "heaps", Monday.AddDays(14), 0, null, 1), 2.5m, null),
                new(new("A12", "heaps", Monday, 6, "=拆后复绿", 1), 6, ""), new(new("B34", "sheds", Monday, 1, null, 0), 0, null),
            ],
            changes.OrderBy(change => change.Entry.Grid, StringComparer.Ordinal).ThenBy(change => change.Entry.Week));

        // Nothing was stored yet; what was told is what PUT takes, unless somebody was faster.
        (await SendAsync(id, await FileAsync(id, "csv"), "csv")).AssertStatus(HttpStatusCode.OK);
        var entries = changes.Select(change => change.Entry).ToArray();
        await Fixture.PlanAsync(id, entries);
        Assert.Empty((await SendAsync(id, file, "csv")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("changes").EnumerateArray());
        await Fixture.RefusedAsync(HttpMethod.Put, $"/api/v1/campaigns/{id}/schedule", entries, HttpStatusCode.Conflict, "changed_meanwhile");

        void Set(string grid, string item, int at, string value) => lines.Single(line => line[0] == grid && line[2] == item)[at] = value;
    }

    [Fact]
    public async Task A_broken_sheet_says_which_cells_are_wrong()
    {
        var id = await PlannedAsync();
        const string Head = "网格编码,项目编码,2026-09-07,2026-09-14\n";
        var bad = (await SendAsync(id, Encoding.UTF8.GetBytes(Head
            + "A11,heaps,many,-1\n"
            + "A11,heaps,1,1\n"
            + "U9,heaps,1,1\n"
            + "4.40605E+17,heaps,1,1\n"
            + "A12,trees,1,1\n"
            + $"A12,目标,{new string('长', 501)},\n"), "csv")).AssertStatus(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal(
            ["2 2026-09-07 bad_quantity", "2 2026-09-14 bad_quantity", "3 项目编码 duplicate_entry", "4 网格编码 bad_grid", "5 网格编码 number_not_text", "6 项目编码 bad_item", "7 2026-09-07 too_long"],
            bad.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("row").GetInt32()} {error.GetProperty("column").GetString()} {error.GetProperty("code").GetString()}").Order(StringComparer.Ordinal));
        Assert.Empty(bad.GetProperty("changes").EnumerateArray());
        (await SendAsync(id, Encoding.UTF8.GetBytes("网格编码,项目编码,2026-09-08\nA11,heaps,1\n"), "csv")).AssertProblem(HttpStatusCode.BadRequest, "unknown_column", "file");
        (await SendAsync(id, Encoding.UTF8.GetBytes("网格编码,2026-09-07\nA11,1\n"), "csv")).AssertProblem(HttpStatusCode.BadRequest, "column_missing", "file");
        (await Service.Admin.GetAnswerAsync($"/api/v1/campaigns/{id}/schedule/sheet?format=pdf")).AssertProblem(HttpStatusCode.BadRequest, "bad_format", "format");

        // A part of the sheet is a part of the schedule: what is not there is not changed.
        Assert.Single((await SendAsync(id, Encoding.UTF8.GetBytes(Head + "A11,heaps,5,9.4000000000000004\n"), "csv")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("changes").EnumerateArray());
        var one = Encoding.UTF8.GetString(await FileAsync(id, "csv", "&grid=A1"));
        Assert.Contains("\nA11,", one, StringComparison.Ordinal);
        Assert.DoesNotContain("\nB34,", one, StringComparison.Ordinal);
    }

    private async Task<long> PlannedAsync()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.PlanAsync(
            id, new("A11", "heaps", Monday, 5, "房前屋后", 0), new("A11", "heaps", Monday.AddDays(14), 2.5m, null, 0), new("A12", "heaps", Monday, 6, null, 0), new("A", "cables", Monday, 0.125m, null, 0));
        return id;
    }

    private async Task<byte[]> FileAsync(long id, string format, string more = "") =>
        await Client.GetByteArrayAsync(new Uri($"/api/v1/campaigns/{id}/schedule/sheet?format={format}{more}", UriKind.Relative));

    private async Task<Answer> SendAsync(long id, byte[] file, string format)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", $"schedule.{format}" } };
        return await Service.Admin.AskAsync(HttpMethod.Post, $"/api/v1/campaigns/{id}/schedule/sheet", form);
    }
}
