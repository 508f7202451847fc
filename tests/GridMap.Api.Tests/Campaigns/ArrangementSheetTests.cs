using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Dapper;
using GridMap.Api.Arrangements;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Days as a sheet: what leaves comes back and changes nothing; changed elsewhere, it says exactly what was changed.</summary>
public sealed class ArrangementSheetTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private const string Head = "网格编码,日期,安排,负责人编号,负责人\n";
    private static readonly DateOnly Monday = new(2026, 9, 7);

    private CampaignService Fixture => (CampaignService)Service;

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task What_leaves_comes_back_and_changes_nothing(string format)
    {
        var (id, person) = await ArrangedAsync();
        var report = (await SendAsync(id, await FileAsync(id, format), format)).AssertStatus(HttpStatusCode.OK).Json;
        // 24 zones of seven days, and a day of a town.
        Assert.Equal((24 * 7 + 1, 0, 0), (report.GetProperty("rows").GetInt32(), report.GetProperty("changes").GetArrayLength(), report.GetProperty("errors").GetArrayLength()));

        var rows = Rows(await FileAsync(id, "csv"));
        Assert.Equal(["A11", "A11", "2026-09-07", "=清理, \"沟渠\"\n和塘坝", $"{person}", "陈片长", ""], rows.Single(row => row[0] == "A11" && row[2] == "2026-09-07").Select((cell, i) => i == 1 ? "A11" : cell));
        Assert.Equal(["无", "", "", ""], rows.Single(row => row[0] == "A12" && row[2] == "2026-09-08")[3..]);
        Assert.Equal(["", "", "", "清洁日；检查"], rows.Single(row => row[0] == "A13" && row[2] == "2026-09-08")[3..]);
        Assert.Equal("清洁日", rows.Single(row => row[0] == "B34" && row[2] == "2026-09-08")[6]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_sheet_that_was_changed_elsewhere_says_what_was_changed_and_that_is_stored(string format)
    {
        var (id, person) = await ArrangedAsync();
        var other = await PersonAsync("李片长", "B");
        var file = Encoding.UTF8.GetBytes(Head
            + "A11,2026-09-07,\"=清理, \"\"沟渠\"\"\n和塘坝\",,\n"
            + $"A12,2026-09-08,拆除窝棚,{other},\n"
            + "A13,2026-09-08,无,,\n"
            + $"A,2026-09-09,现场会,{other},李片长\n"
            + $"B34,2026-09-10,1,{person},\n"
            + "B33,2026-09-10,,,\n");
        var report = (await SendAsync(id, format == "csv" ? file : await SheetWorkbook.OfAsync(file), format)).AssertStatus(HttpStatusCode.OK).Json;
        var changes = report.GetProperty("changes").Deserialize<List<ArrangementSheetChange>>(CampaignService.Json)!;
        ArrangementSheetChange[] expected =
        [
            new(new("A11", Monday, "=清理, \"沟渠\"\n和塘坝", null, 1), "=清理, \"沟渠\"\n和塘坝", null, person, "陈片长"),
            new(new("A12", Monday.AddDays(1), "拆除窝棚", other, 1), "", "李片长", null, null),
            new(new("A13", Monday.AddDays(1), "", null, 0), null, null, null, null),
            new(new("A", Monday.AddDays(2), "现场会", other, 1), "现场会", "李片长", person, "陈片长"),
            new(new("B34", Monday.AddDays(3), "1", person, 0), null, "陈片长", null, null),
        ];
        Assert.Equal(expected, changes);

        // Nothing was stored yet; what was told is what PUT takes, unless somebody was faster.
        Assert.Empty((await SendAsync(id, await FileAsync(id, "csv"), "csv")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("changes").EnumerateArray());
        var entries = changes.Select(change => change.Entry).ToArray();
        using (var stored = await Service.Admin.PutAsJsonAsync($"/api/v1/campaigns/{id}/arrangements", entries))
            Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Empty((await SendAsync(id, file, "csv")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("changes").EnumerateArray());
        await Fixture.RefusedAsync(HttpMethod.Put, $"/api/v1/campaigns/{id}/arrangements", entries, HttpStatusCode.Conflict, "changed_meanwhile");
    }

    [Fact]
    public async Task A_broken_sheet_says_which_cells_are_wrong_and_stores_nothing()
    {
        var (id, person) = await ArrangedAsync();
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var idle = await connection.ExecuteScalarAsync<long>("insert into person (name) values ('闲人') returning id");
        var before = await FileAsync(id, "csv");
        var bad = (await SendAsync(id, Encoding.UTF8.GetBytes(Head
            + "A11,2026-09-07,清理,,陈片长\n"
            + "A11,2026/9/7,清理,,\n"
            + "U9,2026-09-07,清理,,\n"
            + "4.40605E+17,2026-09-07,清理,,\n"
            + "A12,2026-12-01,清理,,\n"
            + "A12,周一,清理,,\n"
            + $"A12,2026-09-07,{new string('长', 501)},,\n"
            + $"A12,2026-09-09,清理,{idle},\n"
            + "A12,2026-09-10,清理,陈片长,\n"
            + $"A12,2026-09-11,清理,{person},李四\n"
            + $"A12,2026-09-12,,{person},\n"), "csv")).AssertStatus(HttpStatusCode.UnprocessableEntity).Json;
        Assert.Equal(
            [
                "2 负责人编号 person_missing", "3 日期 duplicate_entry", "4 网格编码 bad_grid", "5 网格编码 number_not_text", "6 日期 bad_day", "7 日期 bad_day",
                "8 安排 too_long", "9 负责人编号 bad_person", "10 负责人编号 bad_person", "11 负责人 other_person", "12 安排 words_required",
            ],
            bad.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("row").GetInt32()} {error.GetProperty("column").GetString()} {error.GetProperty("code").GetString()}"));
        Assert.Empty(bad.GetProperty("changes").EnumerateArray());
        Assert.Equal(before, await FileAsync(id, "csv"));

        (await SendAsync(id, Encoding.UTF8.GetBytes("网格编码,日期,安排,备注\nA11,2026-09-07,清理,1\n"), "csv")).AssertProblem(HttpStatusCode.BadRequest, "unknown_column", "file");
        (await SendAsync(id, Encoding.UTF8.GetBytes("网格编码,安排\nA11,清理\n"), "csv")).AssertProblem(HttpStatusCode.BadRequest, "column_missing", "file");
        (await Service.Admin.GetAnswerAsync($"/api/v1/campaigns/{id}/arrangements/sheet?format=pdf")).AssertProblem(HttpStatusCode.BadRequest, "bad_format", "format");
    }

    [Fact]
    public async Task Without_the_column_of_people_nobody_changes_and_who_may_not_see_them_is_not_told()
    {
        var (id, person) = await ArrangedAsync();
        var change = Assert.Single((await SendAsync(id, Encoding.UTF8.GetBytes("网格编码,日期,安排\nA11,2026-09-07,复绿\n"), "csv")).AssertStatus(HttpStatusCode.OK).Json
            .GetProperty("changes").Deserialize<List<ArrangementSheetChange>>(CampaignService.Json)!);
        Assert.Equal((person, "陈片长"), (change.Entry.Person, change.PersonName));

        var open = Rows(await Client.GetByteArrayAsync(new Uri($"/api/v1/campaigns/{id}/arrangements/sheet?format=csv&from=2026-09-07&grid=A1", UriKind.Relative)));
        Assert.Equal(["", ""], open.Single(row => row[0] == "A11" && row[2] == "2026-09-07")[4..6]);
        Assert.Equal(4 * 7, open.Count(row => row[0].StartsWith("A1", StringComparison.Ordinal)));
        Assert.Equal(4 * 7 + 1, open.Count);
        (await Client.AskAsync(HttpMethod.Post, $"/api/v1/campaigns/{id}/arrangements/sheet", new MultipartFormDataContent())).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    /// <summary>A week with words that are hard on a sheet, a person, a day with nothing, a day of a town, and two rules.</summary>
    private async Task<(long Id, long Person)> ArrangedAsync()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var person = await PersonAsync("陈片长", "A11");
        ArrangementEntry[] entries =
        [
            new("A11", Monday, "=清理, \"沟渠\"\n和塘坝", person, 0), new("A11", Monday.AddDays(1), "-复绿", null, 0), new("A12", Monday.AddDays(1), "", null, 0),
            new("A", Monday.AddDays(2), "现场会", person, 0),
        ];
        using (var answer = await Service.Admin.PutAsJsonAsync($"/api/v1/campaigns/{id}/arrangements", entries))
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        foreach (var rule in new[] { new RecurringBody(null, "FREQ=WEEKLY;BYDAY=TU", "清洁日"), new RecurringBody("A1", "FREQ=WEEKLY;BYDAY=TU", "检查") })
        {
            using var answer = await Service.Admin.PostAsJsonAsync($"/api/v1/campaigns/{id}/recurring", rule);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        return (id, person);
    }

    private async Task<long> PersonAsync(string name, string grid)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            """
            with who as (insert into person (name) values (@name) returning id)
            insert into duty (person_id, grid_id, role, from_at)
            select who.id, g.grid_id, 'grid_worker', now() - interval '1 day' from who, grid_code g where g.code = @grid
            returning person_id
            """,
            new { name, grid });
    }

    private static List<string[]> Rows(byte[] csv)
    {
        using var reader = new CsvParser(new StringReader(Encoding.UTF8.GetString(csv).TrimStart('\uFEFF')), System.Globalization.CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. reader.Record!.Select(cell => cell is ['\'', ..] ? cell[1..] : cell)]);
        return rows;
    }

    private async Task<byte[]> FileAsync(long id, string format) =>
        await Service.Admin.GetByteArrayAsync(new Uri($"/api/v1/campaigns/{id}/arrangements/sheet?format={format}&from=2026-09-07&to=2026-09-13", UriKind.Relative));

    private async Task<Answer> SendAsync(long id, byte[] file, string format)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", $"days.{format}" } };
        return await Service.Admin.AskAsync(HttpMethod.Post, $"/api/v1/campaigns/{id}/arrangements/sheet", form);
    }
}
