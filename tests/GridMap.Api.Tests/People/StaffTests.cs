using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using GridMap.Api.Tests.Imports;

namespace GridMap.Api.Tests.People;

/// <summary>The staff list, in and out, through the real GDAL.</summary>
public sealed class StaffTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Head = "编号,姓名,电话,网格编码,岗位,开始,结束\n";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task A_list_makes_people_and_terms_and_what_began_before_stands_as_a_correction()
    {
        var report = await DoneAsync(Head + ",甲一,13800000001,A11,网格长,2020-01-01,\n,甲一,13800000001,A12,grid_worker,,2099-01-01\n,乙二,013800000002,,,,\n");
        Assert.Equal((3, 2, 2, 1), (
            report.GetProperty("rows").GetInt32(), report.GetProperty("people").GetProperty("created").GetInt32(),
            report.GetProperty("duties").GetProperty("created").GetInt32(), report.GetProperty("duties").GetProperty("corrections").GetInt32()));
        var person = Assert.Single(await Service.Admin.ListAllAsync("/api/v1/people?q=甲一"));
        Assert.Equal(["A11", "A12"], person.GetProperty("duties").EnumerateArray().Select(duty => duty.GetProperty("grid").GetProperty("code").GetString()).Order());
        Assert.All(person.GetProperty("duties").EnumerateArray(), duty => Assert.True(duty.GetProperty("from").GetDateTimeOffset() >= People.Clock.GetUtcNow().AddMinutes(-1)));
        Assert.Equal("013800000002", Assert.Single(await Service.Admin.ListAllAsync("/api/v1/people?q=乙二")).GetProperty("phone").GetString());
        var duties = (await Service.Admin.GetAnswerAsync($"/api/v1/duties?person={person.GetProperty("id").GetInt64()}&all=true")).Json;
        Assert.Equal(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)), Assert.Single(duties.GetProperty("corrections").EnumerateArray()).GetProperty("from").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task What_leaves_comes_back_and_changes_nothing(string format)
    {
        await DoneAsync(Head + $",来回{format},00138,B11,网格员,,\n,=SUM({format.Length}),+86 138,B12,网格员,,2099-01-01 08:30:00\n");
        var before = await StateAsync();
        var file = await Service.Admin.GetByteArrayAsync(new Uri($"/api/v1/people/export?format={format}", UriKind.Relative));
        var report = (await SendAsync(file, $"staff.{format}")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal((0, 0, 0, 0), (
            report.GetProperty("people").GetProperty("created").GetInt32(), report.GetProperty("people").GetProperty("changed").GetInt32(),
            report.GetProperty("duties").GetProperty("created").GetInt32(), report.GetProperty("duties").GetProperty("corrections").GetInt32()));
        Assert.True(report.GetProperty("duties").GetProperty("same").GetInt32() >= 2);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task In_a_workbook_every_cell_is_text()
    {
        await DoneAsync(Head + ",单元格,13800138000,B21,网格员,,\n");
        var file = await Service.Admin.GetByteArrayAsync(new Uri("/api/v1/people/export?grid=B21", UriKind.Relative));
        using var zip = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var sheet = await reader.ReadToEndAsync();
        Assert.Contains("<c ", sheet, StringComparison.Ordinal);
        Assert.DoesNotMatch("<c (?![^>]*t=\"(s|inlineStr|str)\")[^>]*>", sheet);
        Assert.DoesNotContain("<f>", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_name_row_and_column_and_nothing_is_stored()
    {
        var before = await StateAsync();
        var answer = await SendAsync(Encoding.UTF8.GetBytes(
            Head + ",好人,1,A11,网格员,,\n,,2,A11,网格员,,\n,丙,3,4.40605E+17,网格员,,\n,丁,4,nowhere,网格员,,\n,戊,5,A11,国王,,\n99999999,己,6,A11,网格员,,\n,庚,7,A11,网格员,tomorrow,\n,辛,8,,网格员,,\n,壬,1.38E+10,A11,网格员,,\n"), "staff.csv");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var errors = answer.Json.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()!, error.GetProperty("code").GetString()!)).ToList();
        Assert.Equal(
            [
                (3, "姓名", "bad_name"), (4, "网格编码", "number_not_text"), (5, "网格编码", "unknown_grid"), (6, "岗位", "bad_role"), (7, "编号", "unknown_person"),
                (8, "开始", "bad_time"), (9, "网格编码", "bad_grid"), (10, "电话", "number_not_text"),
            ],
            errors);
        Assert.Contains("format the column as text", answer.Text, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_workbook_that_kept_codes_as_numbers_is_refused_by_row()
    {
        using var files = new SourceFiles();
        files.Text("numbers.csv", "姓名,电话,网格编码,岗位\n甲,13800000000,440605199001001123,网格员\n");
        SourceFiles.Output("ogr2ogr", "-f", "XLSX", "-oo", "AUTODETECT_TYPE=YES", files.PathOf("numbers.xlsx"), files.PathOf("numbers.csv"));
        var answer = await SendAsync(await File.ReadAllBytesAsync(files.PathOf("numbers.xlsx")), "numbers.xlsx");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((2, "网格编码"), (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()));
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_and_gbk_is_read()
    {
        var before = await StateAsync();
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("姓名,手机,网格,岗位\n国标,13800000003,A21,网格员\n");
        var report = (await SendAsync(gbk, "staff.csv", dryRun: true)).AssertStatus(HttpStatusCode.OK).Json;
        Assert.True(report.GetProperty("dryRun").GetBoolean());
        Assert.Equal((1, 1), (report.GetProperty("people").GetProperty("created").GetInt32(), report.GetProperty("duties").GetProperty("created").GetInt32()));
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task A_towns_office_lists_and_appoints_in_its_own_town_only()
    {
        var office = await People.SignInAsync("staff-a", ("campaign_office", "A"));
        await DoneAsync(Head + ",邻镇,13800000009,B22,网格员,,\n");
        var csv = await office.Client.GetStringAsync(new Uri("/api/v1/people/export?format=csv", UriKind.Relative));
        Assert.DoesNotContain("邻镇", csv, StringComparison.Ordinal);
        Assert.Contains("staff-a", csv, StringComparison.Ordinal);
        (await office.Client.GetAnswerAsync("/api/v1/people/export?grid=B")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        var answer = await SendAsync(Encoding.UTF8.GetBytes(Head + ",新人,1,B22,网格员,,\n,新人,1,A11,planner,,\n"), "staff.csv", client: office.Client);
        Assert.Equal(["out_of_reach", "out_of_reach"], answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));
        var leader = await People.SignInAsync("no-sheets", ("grid_leader", "A"));
        (await leader.Client.GetAnswerAsync("/api/v1/people/export")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("not a sheet at all", "column_missing")]
    [InlineData("", "source_unreadable")]
    [InlineData("姓名,name\na,b\n", "column_twice")]
    [InlineData("PK\u0003\u0004 broken", "source_unreadable")]
    public async Task What_is_no_staff_list_is_refused(string text, string code)
    {
        (await SendAsync(Encoding.UTF8.GetBytes(text), "staff.csv")).AssertProblem(HttpStatusCode.BadRequest, code, "file");
        Service.Log.Take();
    }

    private async Task<JsonElement> DoneAsync(string csv) =>
        (await SendAsync(Encoding.UTF8.GetBytes(csv), "staff.csv")).AssertStatus(HttpStatusCode.OK).Json;

    private async Task<Answer> SendAsync(byte[] file, string name, bool dryRun = false, HttpClient? client = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        return await (client ?? Service.Admin).AskAsync(HttpMethod.Post, $"/api/v1/people/import{(dryRun ? "?dryRun=true" : "")}", form);
    }

    private async Task<string> StateAsync()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select (select string_agg(p::text, ';' order by id) from person p) || (select string_agg(d::text, ';' order by id) from duty d)
                || (select coalesce(string_agg(c::text, ';' order by id), '') from duty_correction c) || (select count(*) from inbox)
            """;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }
}
