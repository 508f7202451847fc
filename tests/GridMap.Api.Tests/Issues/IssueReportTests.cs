using System.Net;
using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Issues;

/// <summary>Reporting: what is stored and where it goes, and what is refused.</summary>
public sealed class IssueReportTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            await Service.PublishAsync(TestTownship.First);
        }
    }

    [Theory]
    [InlineData(10, 30, "T T1 T1.2 T1.2.a")] // the innermost
    [InlineData(10, 10, "T T1 T1.S")] // carved out
    [InlineData(8, 10, "T T1 T1.1")] // on the border of the special grid and its surroundings: the lower code
    [InlineData(50, 10, "T T2")] // in the gap inside T2.1
    [InlineData(48, 10, "T T2 T2.1")] // on the border of the gap: the deeper level
    [InlineData(50, 40, "T T2")] // where T2 has no children
    [InlineData(20, 40, "T T1 T1.2 T1.2.a")] // on the border of two innermost grids
    [InlineData(20, 24, "T T1 T1.2 T1.2.a")] // at a corner of three
    [InlineData(36, 24, "T T1 T1.2 T1.2.b")] // on the slanting border: the deeper of its two sides
    [InlineData(34, 12, "T T1 T1.1")] // on the slanting border, both sides equally deep
    [InlineData(38, 36, "T T1 T1.2 T1.2.b")] // on the slanting border, only one side has children
    [InlineData(32, 0, "T T1 T1.1")] // at its end, on the outline
    [InlineData(0, 0, "T T1 T1.1")] // at a corner of the territory
    [InlineData(80, 10, "U")] // at a corner of the other territory
    [InlineData(65, 10, "")] // between the two
    public async Task A_point_goes_to_the_deepest_grid_and_among_equals_to_the_lowest_code(double x, double y, string chain)
    {
        var receipt = await Client.ReportAsync(x, y);
        Assert.Equal(chain, string.Join(' ', receipt.GetProperty("chain").EnumerateArray().Select(link => link.GetProperty("code").GetString())));
        Assert.Equal(chain.Length > 0, receipt.GetProperty("assigned").GetBoolean());
        Assert.Equal(Service.Snapshots.Current.Generation.Number, receipt.GetProperty("generation").GetInt32());

        var point = TestTownship.Point(x, y);
        var lookup = (await Client.GetAnswerAsync($"/api/v1/lookup?lon={point.Lon:R}&lat={point.Lat:R}")).Json;
        Assert.Equal(chain, string.Join(' ', lookup.GetProperty("chain").EnumerateArray().Select(link => link.GetProperty("code").GetString())));

        var stored = await StoredAsync(receipt.GetProperty("number").GetString()!);
        Assert.Equal(chain.Length > 0 ? chain.Split(' ')[^1] : null, stored.Code);
        Assert.Equal((point.Lon, point.Lat), (stored.Lon, stored.Lat));
    }

    [Fact]
    public async Task Ties_along_the_slanting_border_are_decided_as_the_locator_decides_them()
    {
        // The border climbs 48 while it goes 8: each lattice row of the township's units has one point exactly on it.
        for (var y = 1; y < 48; y += 2)
        {
            var receipt = await Client.ReportAsync(32 + y / 6d, y);
            var exact = y % 3 == 0;
            var codes = receipt.GetProperty("chain").EnumerateArray().Select(link => link.GetProperty("code").GetString()).ToList();
            var point = TestTownship.Point(32 + y / 6d, y);
            var expected = Service.Snapshots.Current.Locator.Locate(new LonLat(Lattice.Snap(point.Lon), Lattice.Snap(point.Lat)));
            Assert.Equal(expected.Chain.Select(i => Service.Snapshots.Current.Grids[i].Code), codes);
            Assert.True(!exact || codes.Contains("T1"), "of an exact tie the lower code has it");
        }
    }

    [Fact]
    public async Task The_receipt_says_number_due_time_and_who_answers_for_it()
    {
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                with who as (insert into person (name, phone) values ('李四', '13800138000') returning id)
                insert into duty (grid_id, person_id, role, from_at)
                select g.grid_id, who.id, 'grid_leader', now() from who, grid_code g where g.code = 'T1.2'
                """);
        }

        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("T1.2")!.Duties.Count > 0, "the duty");
        var answer = await Client.PostJsonAsync(TestReports.Address, TestReports.Body(TestTownship.Point(10, 30)));
        var receipt = answer.AssertStatus(HttpStatusCode.Created).Json;
        var number = receipt.GetProperty("number").GetString()!;
        Assert.Matches(@"^\d{6}-\d{5}$", number);
        Assert.EndsWith($"/api/v1/issues/{number}", answer.Header("Location"), StringComparison.Ordinal);
        Assert.Equal("reported", receipt.GetProperty("state").GetString());
        var responsible = Assert.Single(receipt.GetProperty("responsible").EnumerateArray());
        Assert.Equal(("grid_leader", "李四"), (responsible.GetProperty("role").GetString(), responsible.GetProperty("name").GetString()));
        Assert.DoesNotContain("13800138000", answer.Text, StringComparison.Ordinal);
        var issue = (await Client.GetAnswerAsync($"/api/v1/issues/{number}")).AssertStatus(HttpStatusCode.OK).Json;
        var reported = issue.GetProperty("reportedAt").GetDateTimeOffset();
        Assert.Equal(receipt.GetProperty("dueAt").GetDateTimeOffset(), issue.GetProperty("dueAt").GetDateTimeOffset());
        // Three workdays: the office closes at half past five.
        var due = issue.GetProperty("dueAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8));
        Assert.Equal(new TimeSpan(17, 30, 0), due.TimeOfDay);
        Assert.InRange((due - reported).TotalDays, 2.5, 20);
        Assert.StartsWith("/t/", receipt.GetProperty("track").GetString(), StringComparison.Ordinal);
        Assert.InRange((DateTimeOffset.UtcNow - reported).TotalSeconds, -5, 60);
    }

    [Fact]
    public async Task Numbers_go_on_beyond_five_digits()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var before = await connection.ExecuteScalarAsync<long>("select last_value from issue_number");
        await connection.ExecuteAsync("select setval('issue_number', 99998)");
        string[] numbers = [await Client.ReportNumberAsync(1, 1), await Client.ReportNumberAsync(1, 1), await Client.ReportNumberAsync(1, 1)];
        Assert.Equal(["99999", "100000", "100001"], numbers.Select(number => number.Split('-')[1]));
        Assert.True(before < 99998);
    }

    [Fact]
    public async Task A_point_of_another_datum_is_converted_on_entry()
    {
        var gcj = await Client.PostJsonAsync(
            TestReports.Address, new { category = TestService.Category, lon = 113.02, lat = 23.02, crs = "gcj02", accuracy = 12.5 });
        var stored = await StoredAsync(gcj.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString()!);
        var entered = EnteredPoint.Enter(113.02, 23.02, Datum.Gcj02).Position;
        Assert.Equal((entered.Lon, entered.Lat, 12.5), (stored.Lon, stored.Lat, stored.Accuracy));
        Assert.NotEqual(Lattice.Snap(113.02), stored.Lon);
    }

    [Fact]
    public async Task Words_of_any_script_are_stored_as_they_are_but_for_U_0000()
    {
        const string words = "下水道堵塞 🚧 \"quoted\" 'single' \\ <b>𠮷</b>\nsecond line";
        var answer = await Client.PostJsonAsync(
            TestReports.Address,
            new { category = TestService.Category, lon = 113.01, lat = 23.01, description = $"  {words}\0 ", contact = "微信 abc" });
        var number = answer.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString();
        var issue = (await Service.Admin.GetAnswerAsync($"/api/v1/issues/{number}")).Json;
        Assert.Equal(words, issue.GetProperty("description").GetString());
        Assert.Equal("微信 abc", issue.GetProperty("contact").GetString());
    }

    public static TheoryData<string, string, string?> BadBodies => new()
    {
        { """{"lon":113,"lat":23}""", "bad_category", "category" },
        { """{"category":"","lon":113,"lat":23}""", "bad_category", "category" },
        { """{"category":"nonsense","lon":113,"lat":23}""", "bad_category", "category" },
        { """{"category":"li\u0000tter","lon":113,"lat":23}""", "bad_category", "category" },
        { """{"category":"' or 1=1 --","lon":113,"lat":23}""", "bad_category", "category" },
        { """{"category":7,"lon":113,"lat":23}""", "bad_json", "category" },
        { """{"category":"litter","lat":23}""", "bad_coordinate", "lon" },
        { """{"category":"litter","lon":113}""", "bad_coordinate", "lat" },
        { """{"category":"litter","lon":null,"lat":null}""", "bad_coordinate", "lon" },
        { """{"category":"litter","lon":"113","lat":23}""", "bad_json", "lon" },
        { """{"category":"litter","lon":NaN,"lat":23}""", "bad_json", "lon" },
        { """{"category":"litter","lon":"NaN","lat":23}""", "bad_json", "lon" },
        { """{"category":"litter","lon":1e999,"lat":23}""", null!, "lon" },
        { """{"category":"litter","lon":1e308,"lat":23}""", "bad_coordinate", "lon" },
        { """{"category":"litter","lon":23,"lat":113}""", "bad_coordinate", "lat" },
        { """{"category":"litter","lon":113,"lat":85.5}""", "bad_coordinate", "lat" },
        { """{"category":"litter","lon":113,"lat":23,"crs":"EPSG:3857"}""", "bad_crs", "crs" },
        { """{"category":"litter","lon":113,"lat":23,"accuracy":-1}""", "bad_accuracy", "accuracy" },
        { """{"category":"litter","lon":113,"lat":23,"accuracy":1e9}""", "bad_accuracy", "accuracy" },
        { """{"category":"litter","lon":113,"lat":23,"description":7}""", "bad_json", "description" },
        { """{"category":"litter","lon":113,"lat":23,"description":"\ud800"}""", "bad_json", "description" },
        { """{"category":"litter","category":"urgent","lon":113,"lat":23}""", "bad_json", "category" },
        { """{"category":"litter","lon":113,"lon":114,"lat":23}""", "bad_json", "lon" },
        { """{"category":"litter","lon":113,"lat":23""", "bad_json", null },
        { """[{"category":"litter","lon":113,"lat":23}]""", "bad_json", "body" },
        { "\"litter\"", "bad_json", "body" },
        { "", "bad_json", "body" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_report_names_the_field_and_nothing_is_stored(string body, string? code, string? field)
    {
        var before = await CountAsync();
        var answer = await Client.PostTextAsync(TestReports.Address, body, "application/json", ("Idempotency-Key", Guid.NewGuid().ToString()));
        answer.AssertProblem(HttpStatusCode.BadRequest, code ?? answer.Json.GetProperty("code").GetString()!, field);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        byte[] notUtf8 = [.. "{\"category\":\"litter\",\"lon\":113,\"lat\":23,\"description\":\""u8, 0xFF, 0xFE, .. "\"}"u8];
        var body = new ByteArrayContent(notUtf8);
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        (await Client.AskAsync(HttpMethod.Post, TestReports.Address, body)).AssertProblem(HttpStatusCode.BadRequest, "bad_json");
    }

    [Theory]
    [InlineData("description", 4001)]
    [InlineData("contact", 201)]
    public async Task Words_have_an_end(string field, int length)
    {
        object Body(int count) => new Dictionary<string, object>
        {
            ["category"] = TestService.Category,
            ["lon"] = 113.01,
            ["lat"] = 23.01,
            [field] = new string('长', count),
        };
        (await Client.PostJsonAsync(TestReports.Address, Body(length))).AssertProblem(HttpStatusCode.BadRequest, "too_long", field);
        (await Client.PostJsonAsync(TestReports.Address, Body(length - 1))).AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_form_is_checked_as_json_is()
    {
        var at = TestTownship.Point(1, 1);
        async Task Refuse(Action<MultipartFormDataContent> change, string code, string field)
        {
            var form = TestReports.Form(at);
            change(form);
            (await Client.AskAsync(HttpMethod.Post, TestReports.Address, form)).AssertProblem(HttpStatusCode.BadRequest, code, field);
        }

        var before = await CountAsync();
        await Refuse(form => form.Add(new StringContent("x"), "accuracy"), "bad_accuracy", "accuracy");
        await Refuse(form => form.Add(new StringContent("NaN"), "accuracy"), "bad_accuracy", "accuracy");
        await Refuse(form => form.Add(new StringContent("wgs72"), "crs"), "bad_crs", "crs");
        await Refuse(form => form.Add(new StringContent("114"), "lon"), "bad_lon", "lon");
        await Refuse(form => form.Add(new StringContent("urgent"), "category"), "bad_category", "category");
        await Refuse(form => form.Add(new ByteArrayContent(TestPictures.Jpeg), "photo", "a.jpg"), "unknown_file", "photo");
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=\"lon\"\r\n\r\n113")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=\"lon\"\r\n\r\n113\r\n--ab")]
    [InlineData("multipart/form-data; boundary=abc", "no boundary at all")]
    public async Task A_broken_form_is_refused(string type, string body) =>
        (await Client.PostTextAsync(TestReports.Address, body, type)).AssertProblem(HttpStatusCode.BadRequest, "bad_form", "body");

    [Fact]
    public async Task A_report_that_waits_for_a_publication_goes_to_the_new_generation()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await PublicationLock.TakeAsync(transaction);
        var report = Client.ReportAsync(30, 40);
        await Eventually.TrueAsync(WaitsAsync, "the report waits for the lock");

        // Its time of effect is after the report's transaction began.
        var number = await TestPublication.PublishAsync(transaction, TestTownship.Second);
        await transaction.CommitAsync();
        var receipt = await report;
        Assert.Equal(number, receipt.GetProperty("generation").GetInt32());
        Assert.Equal("T T1 T1.2", string.Join(' ', receipt.GetProperty("chain").EnumerateArray().Select(link => link.GetProperty("code").GetString())));
        await Service.PublishAsync(TestTownship.First);
    }

    private async Task<bool> WaitsAsync()
    {
        await using var connection = await Service.Superuser.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory')");
    }

    private async Task<(long Issues, long Events, long Outbox, long Keys)> CountAsync()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, long, long, long)>(
            "select (select count(*) from issue), (select count(*) from issue_event), (select count(*) from event), (select count(*) from idempotency_key)");
    }

    private async Task<(string? Code, double Lon, double Lat, double? Accuracy)> StoredAsync(string number)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(string?, double, double, double?)>(
            """
            select (select code from grid_code where grid_id = issue.grid_id), st_x(point), st_y(point), accuracy::float8
            from issue where number = @number
            """,
            new { number });
    }
}
