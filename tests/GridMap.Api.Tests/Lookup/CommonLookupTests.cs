using System.Net;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Lookup;

/// <summary>The short way and the general handler of <c>GET /api/v1/lookup</c>: for the same question the same bytes, at any point and instant.</summary>
public sealed class CommonLookupTests(TermService service) : ServiceTest(service), IClassFixture<TermService>
{
    private readonly TermService service = service;

    [Fact]
    public async Task Both_name_the_same_people_at_every_instant_around_every_change_of_terms()
    {
        var points = Points(new Random(7), 40).ToList();
        var instants = TermService.Changes.SelectMany(change => (DateTimeOffset[])[change.AddTicks(-1), change, change.AddTicks(1), change.AddMinutes(30)]).ToList();

        // Not in their order: a clock may be set back, and what was rendered for later must not be said earlier.
        foreach (var instant in instants.OrderBy(instant => instant.UtcTicks % 7).ToList())
        {
            service.Clock.Now = instant;
            foreach (var point in points)
            {
                await AssertSameAsync(FormattableString.Invariant($"lon={point.Lon:R}&lat={point.Lat:R}"));
            }
        }
    }

    [Fact]
    public async Task A_term_counts_from_its_beginning_to_the_last_instant_before_its_end()
    {
        var point = TestTownship.Point(10, 30);
        var asked = FormattableString.Invariant($"lon={point.Lon:R}&lat={point.Lat:R}");
        var change = TermService.Start.AddHours(1);
        foreach (var (instant, name) in new[] { (change, "李同志"), (change.AddTicks(-1), "张同志"), (change.AddTicks(1), "李同志"), (change.AddTicks(-1), "张同志") })
        {
            service.Clock.Now = instant;
            var link = (await ShortAsync(asked)).Json.GetProperty("chain")[1];
            Assert.Equal(name, Assert.Single(link.GetProperty("responsible").EnumerateArray(), one => one.GetProperty("role").GetString() == "grid_leader").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Both_answer_the_same_for_points_of_every_kind()
    {
        service.Clock.Now = TermService.Start.AddHours(2.5);
        var random = new Random(11);
        var matches = new HashSet<string?>();
        foreach (var point in Points(random, 300))
        {
            var crs = (string[])["", "&crs=wgs84", "&crs=CGCS2000", "&crs=gcj02", "&crs=bd09"];
            var accuracy = (string[])["", "", "&accuracy=35.5", "&accuracy=900", "&accuracy=1e3"];
            var asked = FormattableString.Invariant($"lat={point.Lat:R}&lon={point.Lon:R}")
                + crs[random.Next(crs.Length)] + accuracy[random.Next(accuracy.Length)];
            matches.Add((await AssertSameAsync(asked)).Json.GetProperty("match").GetString());
        }

        Assert.Equal(["boundary", "interior", "outside"], matches.Order());
    }

    [Theory]
    [InlineData("lon=1,13&lat=23.01")]
    [InlineData("lon=.113e3&lat=2301e-2")]
    [InlineData("lon=113&lat=23&lon=113")]
    [InlineData("lon=113&lat=23&accuracy=0")]
    [InlineData("lon=113&lat=23&accuracy=")]
    [InlineData("lon=113&lat=23&crs=")]
    [InlineData("lon=113&lat=23&crs=mars")]
    [InlineData("lon=113&lat=23&crs=wgs84&crs=wgs84")]
    [InlineData("lon=180&lat=85")]
    [InlineData("lon=-180&lat=-85")]
    [InlineData("lon=113&lat=85.1")]
    [InlineData("lon=-0.0&lat=-0.0")]
    [InlineData("lon=113&lat=23&x=y")]
    [InlineData("lon=113&lat=23&")]
    [InlineData("LON=113&LAT=23")]
    [InlineData("lon=%31%31%33&lat=23")]
    [InlineData("lon=+113&lat=23")]
    [InlineData("lon=%20113&lat=23%20")]
    [InlineData("lon=113.0000000000000000000000001&lat=23.000000000000000000000000000000000000000000001")]
    [InlineData("lon=NaN&lat=23")]
    [InlineData("lon=Infinity&lat=23")]
    [InlineData("lon&lat")]
    [InlineData("lon=113")]
    [InlineData("")]
    public Task Both_understand_and_refuse_the_same(string query) => AssertSameAsync(query);

    [Fact]
    public async Task The_past_and_the_compressed_are_answered_as_ever()
    {
        service.Clock.Now = DateTimeOffset.UtcNow.AddDays(30);
        var point = TestTownship.Point(10, 30);
        var asked = FormattableString.Invariant($"lon={point.Lon:R}&lat={point.Lat:R}");
        var plain = await ShortAsync(asked);
        var present = await Client.GetAnswerAsync($"/api/v1/lookup?{asked}&at={service.Clock.Now:yyyy-MM-ddTHH:mm:ss.fffffff}Z");
        Assert.Equal(present.Text, plain.Text);
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = Service.Address };
        Assert.Equal(plain.Text, await client.GetStringAsync(new Uri($"/api/v1/lookup?{asked}", UriKind.Relative)));
        (await Client.GetAnswerAsync($"/api/v1/lookup?{asked}&at=2001-01-01T00:00:00Z")).AssertProblem(HttpStatusCode.NotFound, "no_generation");
    }

    [Fact]
    public async Task Whoever_says_who_they_are_gets_the_same_and_is_told_to_keep_it()
    {
        var own = (await Service.Admin.GetAnswerAsync("/api/v1/lookup?lon=113.01&lat=23.01")).AssertStatus(HttpStatusCode.OK);
        var anybodys = await ShortAsync("lon=113.01&lat=23.01");
        Assert.Equal(anybodys.Text, own.Text);
        Assert.Contains("no-store", own.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Null(anybodys.Header("Cache-Control"));
        (await Client.GetAnswerAsync("/api/v1/lookup?lon=113.01&lat=23.01", ("Authorization", "Bearer 0123456789")))
            .AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    private Task<Answer> ShortAsync(string query) => Client.GetAnswerAsync($"/api/v1/lookup?{query}");

    private async Task<Answer> AssertSameAsync(string query)
    {
        var some = await ShortAsync(query);

        // A parameter that nobody knows changes nothing, but is not in the common form.
        var other = await Client.GetAnswerAsync($"/api/v1/lookup?{query}&general");
        Assert.Equal(other.Status, some.Status);
        Assert.True(Comparable(other) == Comparable(some), $"{query} at {service.Clock.Now:O}:\n{other.Text}\n{some.Text}");
        Assert.Equal(other.Header("Content-Type"), some.Header("Content-Type"));
        Assert.Equal(other.Header("GridMap-Generation"), some.Header("GridMap-Generation"));
        return some;
    }

    // All but the number of the request.
    private static string Comparable(Answer answer) => answer.Text.Split("\"traceId\"")[0];

    private static IEnumerable<LonLat> Points(Random random, int count)
    {
        // Corners, ties on the slanting border, the hole, the gap, outside near and far; then anywhere.
        foreach (var (x, y) in ((double, double)[])[(0, 0), (32, 0), (36, 24), (20, 24), (40, 48), (33, 6), (34, 12), (38, 36), (10, 10), (8, 8), (50, 10), (48, 8), (50, 40), (75, 5), (70, 0), (66, 20), (-3, -3)])
        {
            yield return TestTownship.Point(x, y);
        }

        yield return new LonLat(-70, 40);
        for (var i = 0; i < count; i++)
        {
            yield return TestTownship.Point(random.NextDouble() * 90 - 5, random.NextDouble() * 58 - 5);
        }
    }
}
