using System.Net;
using System.Text;
using System.Text.Json;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Lookup;

/// <summary><c>POST /api/v1/lookup/batch</c>: many points in, as many codes out, in the same order.</summary>
public sealed class LookupBatchTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const string Address = "/api/v1/lookup/batch";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            await Service.PublishAsync(TestTownship.First);
        }
    }

    [Theory]
    [InlineData("wgs84")]
    [InlineData("gcj02")]
    [InlineData("bd09")]
    public async Task Json_and_csv_answer_what_the_locator_says_in_input_order(string crs)
    {
        Assert.True(Datums.TryParse(crs, out var datum));
        var random = new Random(5);
        var points = Enumerable.Range(0, 500).Select(_ => (Lon: 113 + random.NextDouble() * 0.09, Lat: 23 + random.NextDouble() * 0.06)).ToList();
        var snapshot = Service.Snapshots.Current;
        var expected = points.Select(point =>
            snapshot.Locator.Locate(EnteredPoint.Enter(point.Lon, point.Lat, datum).Position).Chain is { Length: > 0 } chain ? snapshot.Grids[chain[^1]].Code : null).ToList();
        Assert.Contains(null, expected);
        Assert.Contains("T1.S", expected);

        var json = (await Client.PostJsonAsync(Address, new { crs, points = points.Select(point => new[] { point.Lon, point.Lat }) }))
            .AssertStatus(HttpStatusCode.OK);
        Assert.Equal(JsonSerializer.Serialize(new { generation = snapshot.Generation.Number, codes = expected }), json.Text);
        Assert.Equal(expected, json.Json.GetProperty("codes").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(snapshot.Generation.Number.ToString(), json.Header("GridMap-Generation"));

        var lines = new StringBuilder("\uFEFFid, LAT ,lon,note\r\n");
        foreach (var (point, i) in points.Select((point, i) => (point, i)))
        {
            lines.Append($"{i},{point.Lat:R},{point.Lon:R},\"a, \"\"quoted\"\"\nnote\"\r\n");
        }

        var csv = (await Client.PostTextAsync($"{Address}?crs={crs}", lines.ToString(), "text/csv; charset=utf-8")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["code", .. expected.Select(code => code ?? ""), ""], csv.Text.Split("\r\n"));
    }

    [Fact]
    public async Task A_hundred_thousand_points_are_taken_and_one_more_is_not()
    {
        static string Body(int count) => "{\"points\":[" + string.Join(',', Enumerable.Repeat("[113.01,23.03]", count)) + "]}";
        var all = (await Client.PostTextAsync(Address, Body(100_000))).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(100_000, all.Json.GetProperty("codes").GetArrayLength());
        (await Client.PostTextAsync(Address, Body(100_001))).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_many_points", "points");
        var lines = "lon,lat\n" + string.Concat(Enumerable.Repeat("113.01,23.03\n", 100_001));
        (await Client.PostTextAsync(Address, lines, "text/csv")).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_many_points", "points");
    }

    [Theory]
    [InlineData("""{}""", "bad_points", "points")]
    [InlineData("""{"points":null}""", "bad_points", "points")]
    [InlineData("""{"points":[[113,23],[113]]}""", "bad_coordinate", "points[1]")]
    [InlineData("""{"points":[[113,23],null]}""", "bad_coordinate", "points[1]")]
    [InlineData("""{"points":[[113,23,5]]}""", "bad_coordinate", "points[0]")]
    [InlineData("""{"points":[[113,123]]}""", "bad_coordinate", "points[0]")]
    [InlineData("""{"points":[[113,1e999]]}""", null, "points[0]")]
    [InlineData("""{"crs":"mars","points":[]}""", "bad_crs", "crs")]
    public async Task A_bad_point_is_named(string body, string? code, string field)
    {
        var answer = await Client.PostTextAsync(Address, body);
        Assert.StartsWith(field, answer.Json.GetProperty("errors").EnumerateObject().Single().Name, StringComparison.Ordinal);
        answer.AssertProblem(HttpStatusCode.BadRequest, code ?? answer.Json.GetProperty("code").GetString()!);
    }

    [Theory]
    [InlineData("", "bad_csv", "header")]
    [InlineData("x,y\n1,2\n", "bad_csv", "header")]
    [InlineData("lon,lat\n113,23\n113,north\n", "bad_coordinate", "row 3")]
    [InlineData("lon,lat\n113,23\n113\n", "bad_coordinate", "row 3")]
    [InlineData("lon,lat\n113,NaN\n", "bad_coordinate", "row 2")]
    [InlineData("lon,lat\n\"113,23\n", "bad_coordinate", "row 2")]
    public async Task A_bad_line_is_named(string body, string code, string field) =>
        (await Client.PostTextAsync(Address, body, "text/csv")).AssertProblem(HttpStatusCode.BadRequest, code, field);

    [Fact]
    public async Task No_points_are_no_codes()
    {
        Assert.Empty((await Client.PostTextAsync(Address, """{"points":[]}""")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("codes").EnumerateArray());
        Assert.Equal("code\r\n", (await Client.PostTextAsync(Address, "lon,lat\n", "text/csv")).AssertStatus(HttpStatusCode.OK).Text);
    }
}
