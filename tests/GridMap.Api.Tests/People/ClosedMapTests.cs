using System.Net;
using GridMap.Api.Tests.Events;
using GridMap.Core.Coordinates;
using GridMap.Core.Tiles;

namespace GridMap.Api.Tests.People;

/// <summary>With the map closed: the public gets nothing, and who signs in gets the rows of their own grids, in every way there is.</summary>
public sealed class ClosedMapTests(ClosedService service) : ServiceTest(service), IClassFixture<ClosedService>
{
    private PeopleService People => (PeopleService)Service;

    [Theory]
    [InlineData("/api/v1/grids")]
    [InlineData("/api/v1/lookup?lon=113&lat=23")]
    [InlineData("/api/v1/issues")]
    [InlineData("/api/v1/issues/counts")]
    [InlineData("/api/v1/events")]
    [InlineData("/api/v1/campaigns")]
    [InlineData("/api/v1/categories")]
    [InlineData("/api/v1/posts")]
    [InlineData("/tiles/grids.json")]
    [InlineData("/tiles/issues/0/0/0.mvt")]
    public async Task Who_is_not_known_is_told_to_sign_in(string address) =>
        (await People.Bare.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");

    [Fact]
    public async Task The_settings_tell_how_to_sign_in_and_nothing_of_the_territory()
    {
        var settings = (await People.Bare.GetAnswerAsync("/api/v1/settings")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.False(settings.GetProperty("publicMap").GetBoolean());
        Assert.False(settings.GetProperty("reportingOpen").GetBoolean());
        Assert.Equal("null", settings.GetProperty("bbox").GetRawText());
        Assert.False(settings.TryGetProperty("demoAccounts", out _));
        (await People.Bare.PostJsonAsync("/api/v1/issues", Report("A11"))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await People.Bare.PostJsonAsync("/api/v1/session", new { name = "nobody", password = "nothing at all" })).AssertProblem(HttpStatusCode.Unauthorized, "bad_credentials");
        var roleless = await People.SignInAsync("roleless");
        (await roleless.Client.GetAnswerAsync("/api/v1/grids")).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task No_list_count_tile_export_or_stream_tells_of_the_other_town()
    {
        var viewer = await People.SignInAsync("sees-b", ("viewer", "B"));
        var planner = await People.SignInAsync("plans-b", ("planner", "B"));
        await using var stream = await EventStream.OpenAsync(viewer.Client);
        var foreign = await ReportAsync("A11");
        var own = await ReportAsync("B11");
        Assert.Equal([own], (await viewer.Client.ListAllAsync("/api/v1/issues")).Select(item => item.GetProperty("number").GetString()));
        Assert.Empty(await viewer.Client.ListAllAsync("/api/v1/issues?grid=A"));
        (await viewer.Client.GetAnswerAsync($"/api/v1/issues/{foreign}")).AssertProblem(HttpStatusCode.NotFound, "unknown_issue");
        (await viewer.Client.PostJsonAsync($"/api/v1/issues/{foreign}/follow", new { })).AssertProblem(HttpStatusCode.NotFound, "unknown_issue");
        (await viewer.Client.PostJsonAsync($"/api/v1/issues/{own}/follow", new { })).AssertStatus(HttpStatusCode.Created);
        foreach (var (village, count) in ((string, int)[])[("A11", 0), ("B11", 1)])
        {
            var at = TestTownship.Point(PeopleService.Middle(village).X, PeopleService.Middle(village).Y);
            var similar = (await viewer.Client.GetAnswerAsync($"/api/v1/issues/similar?lon={at.Lon:R}&lat={at.Lat:R}")).AssertStatus(HttpStatusCode.OK).Json;
            Assert.Equal(count, similar.GetProperty("items").GetArrayLength());
        }

        (await viewer.Client.GetAnswerAsync($"/api/v1/issues/{own}")).AssertStatus(HttpStatusCode.OK);
        var counts = (await viewer.Client.GetAnswerAsync("/api/v1/issues/counts")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(1, counts.GetProperty("total").GetProperty("reported").GetInt32());
        Assert.DoesNotContain(counts.GetProperty("items").EnumerateArray(), item => item.GetProperty("code").GetString()![0] == 'A');
        Assert.Equal([own], await stream.NumbersAsync(1));

        var tile = await viewer.Client.GetByteArrayAsync(TileOf("A11"));
        var text = System.Text.Encoding.UTF8.GetString(tile);
        Assert.DoesNotContain(foreign, text, StringComparison.Ordinal);
        Assert.Contains(own, System.Text.Encoding.UTF8.GetString(await viewer.Client.GetByteArrayAsync(TileOf("B11"))), StringComparison.Ordinal);

        // No cache on the way keeps what is closed.
        var grids = await viewer.Client.GetAnswerAsync("/tiles/grids/0/0/0.mvt?g=1");
        Assert.Contains("private", grids.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain("public", grids.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("no-store", (await viewer.Client.GetAnswerAsync("/api/v1/issues")).Header("Cache-Control"), StringComparison.Ordinal);

        var export = (await planner.Client.GetAnswerAsync("/api/v1/exports/grids?format=geojson")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["B", "B1", "B11", "B12", "B2", "B21", "B22"],
            export.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties").GetProperty("code").GetString()).Order());
        var handler = await People.SignInAsync("handles-b", ("grid_worker", "B"));
        (await handler.Client.PostJsonAsync($"/api/v1/issues/{foreign}/claim", new { })).AssertProblem(HttpStatusCode.NotFound, "unknown_issue");
        Assert.Contains(await People.AuditAsync("POST /api/v1/issues/{number}/{transition}"), entry => entry is { Who: "handles-b", Outcome: "refused" });
    }

    [Fact]
    public async Task A_campaigns_figures_are_those_of_ones_own_zones()
    {
        var today = DateOnly.FromDateTime(People.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        var campaign = (await Service.Admin.PostJsonAsync("/api/v1/campaigns", new
        {
            name = "整治",
            from = today.AddDays(-7).ToString("yyyy-MM-dd"),
            to = today.AddDays(30).ToString("yyyy-MM-dd"),
            zoneLevel = 3,
            items = new[] { new { code = "heaps", name = "垃圾堆", unit = "处", weight = 1 } },
        })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        var address = $"/api/v1/campaigns/{campaign}";
        await LogAsync("A11", 7);
        await LogAsync("B11", 5);

        var viewer = await People.SignInAsync("figures-b", ("viewer", "B"));
        var progress = (await viewer.Client.GetAnswerAsync($"{address}/progress?asKnown=now")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.All(progress.GetProperty("rows").EnumerateArray(), row => Assert.Equal('B', row.GetProperty("code").GetString()![0]));
        Assert.Equal(5, progress.GetProperty("total").GetProperty("quantities")[0].GetProperty("done").GetDecimal());
        var towns = (await viewer.Client.GetAnswerAsync($"{address}/progress?level=1")).Json.GetProperty("rows").EnumerateArray();
        Assert.Equal(["B"], towns.Select(row => row.GetProperty("code").GetString()));
        Assert.DoesNotContain("\"A1", (await viewer.Client.GetAnswerAsync($"{address}/progress/days")).AssertStatus(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.All(await viewer.Client.ListAllAsync($"{address}/worklog"), entry => Assert.Equal("B11", entry.GetProperty("grid").GetString()));
        Assert.Equal([("B11", 5m)], (await viewer.Client.ListAllAsync($"{address}/schedule/done")).Select(row => (row.GetProperty("grid").GetString(), row.GetProperty("done").GetDecimal())));
        (await viewer.Client.GetAnswerAsync($"{address}/progress/zones/A11")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");

        var poster = (await viewer.Client.GetAnswerAsync($"{address}/poster.svg")).AssertStatus(HttpStatusCode.OK);
        Assert.Contains("private", poster.Header("Cache-Control"), StringComparison.Ordinal);
        var table = poster.Text[poster.Text.IndexOf(">排名<", StringComparison.Ordinal)..];
        Assert.Contains(">B11<", table, StringComparison.Ordinal);
        Assert.DoesNotContain(">A1", table, StringComparison.Ordinal);
        (await viewer.Client.GetAnswerAsync($"{address}/poster.svg?grid=A11")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await viewer.Client.GetAnswerAsync($"{address}/poster.png?grid=A11")).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await People.Bare.GetAnswerAsync($"{address}/poster.png")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");

        var worker = await People.SignInAsync("logs-b", ("grid_worker", "B11"));
        (await worker.Client.PostJsonAsync($"{address}/worklog", Log("A11", 1))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await worker.Client.PostJsonAsync($"{address}/worklog", Log("B11", 1))).AssertStatus(HttpStatusCode.Created);
        (await worker.Client.PostJsonAsync($"{address}/freezes", new { day = today.ToString("yyyy-MM-dd") })).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        var office = await People.SignInAsync("office-of-b", ("campaign_office", "B"));
        (await office.Client.PostJsonAsync($"{address}/freezes", new { day = today.ToString("yyyy-MM-dd") })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");

        object Log(string grid, int quantity) => new { grid, day = today.ToString("yyyy-MM-dd"), entries = new[] { new { item = "heaps", quantity } } };

        async Task LogAsync(string grid, int quantity) =>
            (await Service.Admin.PostJsonAsync($"{address}/worklog", new { grid, day = today.ToString("yyyy-MM-dd"), entries = new[] { new { item = "heaps", quantity } }, by = "片长" }))
                .AssertStatus(HttpStatusCode.Created);
    }

    private async Task<string> ReportAsync(string village) =>
        (await Service.Admin.PostJsonAsync("/api/v1/issues", Report(village))).AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString()!;

    private static object Report(string village)
    {
        var at = At(village);
        return new { category = TestService.Category, lon = at.Lon, lat = at.Lat };
    }

    private static LonLat At(string village)
    {
        var (x, y) = PeopleService.Middle(village);
        return TestTownship.Point(x, y);
    }

    private static Uri TileOf(string village)
    {
        const int zoom = 15;
        var at = At(village);
        var (x, y) = ((int)(WebMercator.X(at.Lon) * (1 << zoom)), (int)(WebMercator.Y(at.Lat) * (1 << zoom)));
        return new Uri($"/tiles/issues/{zoom}/{x}/{y}.mvt", UriKind.Relative);
    }
}
