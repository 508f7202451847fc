using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GridMap.Api.Tests.Hosting;

/// <summary>What every route has in common: methods, keys, limits, compression, refusals.</summary>
public sealed class RouteTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/grids")]
    [InlineData("/tiles/nothing/0/0/0/0.mvt")]
    [InlineData("/ogc/nothing")]
    public async Task An_unknown_route_is_a_problem_whatever_the_method_and_what_is_accepted(string address)
    {
        (await Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.NotFound, "unknown_route");
        (await Client.PostJsonAsync(address, new { })).AssertProblem(HttpStatusCode.NotFound, "unknown_route");
        (await Client.GetAnswerAsync(address, ("Accept", "image/png"))).AssertProblem(HttpStatusCode.NotFound, "unknown_route");
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/grids", "GET")]
    [InlineData("PUT", "/api/v1/issues", "GET, POST")]
    [InlineData("GET", "/api/v1/lookup/batch", "POST")]
    [InlineData("GET", "/api/v1/issues/1/claim", "POST")]
    [InlineData("HEAD", "/api/v1/events", "GET")]
    public async Task Another_method_is_405_and_says_which_there_are(string method, string address, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/api/v1/settings")]
    [InlineData("/api/v1/grids")]
    [InlineData("/api/v1/lookup?lon=113&lat=23")]
    [InlineData("/")]
    [InlineData("/healthz")]
    public async Task HEAD_is_GET_without_a_body(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        using var head = await Client.SendAsync(request);
        using var get = await Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/v1/settings")]
    [InlineData("/api/v1/issues")]
    [InlineData("/api/v1/plans")]
    public async Task A_key_that_is_not_known_is_refused_everywhere(string address)
    {
        var answer = await Client.GetAnswerAsync(address, ("Authorization", "Bearer 0123456789"));
        answer.AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        (await Client.GetAnswerAsync(address, ("Authorization", "Bearer"))).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Fact]
    public async Task What_needs_a_key_says_so()
    {
        (await Client.GetAnswerAsync("/api/v1/plans")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await Client.PostJsonAsync("/api/v1/issues/1/claim", new { by = "x" })).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await Service.Admin.GetAnswerAsync("/api/v1/plans")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_key_is_written_at_the_first_start_for_its_owner_only()
    {
        var file = Path.Combine(Service.DataFolder, "admin-key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Matches("^[0-9a-f]{64}\n$", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        // Asked first whether it is wanted, or the refusal could come while the body is still being sent.
        var first = ("Expect", "100-continue");
        (await Client.PostTextAsync("/api/v1/lookup/batch", new string(' ', 17 << 20), "application/json", first))
            .AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await Client.PostTextAsync("/api/v1/lookup/batch", "lon,lat\n" + new string('1', 17 << 20), "text/csv", first))
            .AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await Service.Admin.PostTextAsync("/api/v1/campaigns", new string(' ', 9 << 20), "application/json", first))
            .AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("{\n  \"points\": [[1, 2], [3,]]\n}", "points[1][1]")]
    [InlineData("{\"points\":[[1,\"2\"]]}", "points[0][1]")]
    [InlineData("{\"crs\":\"wgs84\",\"crs\":\"gcj02\",\"points\":[]}", "crs")]
    [InlineData("null", "body")]
    [InlineData("", "body")]
    public async Task Malformed_json_names_the_place_and_nothing_of_the_program(string body, string field)
    {
        var answer = await Client.PostTextAsync("/api/v1/lookup/batch", body);
        answer.AssertProblem(HttpStatusCode.BadRequest, "bad_json", field);
        Assert.DoesNotContain("System.", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("GridMap.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_json_of_several_lines_names_line_and_byte()
    {
        var answer = await Client.PostTextAsync("/api/v1/lookup/batch", "{\n  \"points\": [[1, x]]\n}");
        Assert.Contains("line 2, byte 18", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=gb18030")]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("application/xml")]
    public async Task Another_type_of_content_is_415(string type)
    {
        (await Client.PostTextAsync("/api/v1/lookup/batch", "{\"points\":[]}", type))
            .AssertProblem(HttpStatusCode.UnsupportedMediaType, "bad_content_type");
        (await Client.PostTextAsync("/api/v1/issues", "{}", type)).AssertProblem(HttpStatusCode.UnsupportedMediaType, "bad_content_type");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Json_leaves_compressed_when_that_is_accepted(string encoding)
    {
        var answer = await Client.GetAnswerAsync("/openapi/v1.json", ("Accept-Encoding", encoding));
        Assert.Equal(encoding, answer.Header("Content-Encoding"));
        Assert.Null((await Client.GetAnswerAsync("/openapi/v1.json")).Header("Content-Encoding"));
    }

    [Fact]
    public async Task Health_and_readiness_answer_and_the_server_does_not_name_itself()
    {
        Assert.Equal("ok", (await Client.GetAnswerAsync("/healthz")).Text);
        Assert.Equal("ready", (await Client.GetAnswerAsync("/readyz")).Text);
        Assert.Null((await Client.GetAnswerAsync("/healthz")).Header("Server"));
    }

    [Theory]
    [InlineData("/api/v1/grids?level=x", "level")]
    [InlineData("/api/v1/grids?limit=0", "limit")]
    [InlineData("/api/v1/grids?limit=-1", "limit")]
    [InlineData("/api/v1/grids?limit=99999999999", "limit")]
    [InlineData("/api/v1/grids?bbox=1,2,3", "bbox")]
    [InlineData("/api/v1/grids?bbox=1,2,0,4", "bbox")]
    [InlineData("/api/v1/grids?bbox=NaN,0,1,1", "bbox")]
    [InlineData("/api/v1/grids?bbox=0,0,1e999,1", "bbox")]
    [InlineData("/api/v1/grids?cursor=x", "cursor")]
    [InlineData("/api/v1/grids?cursor=YQ", "cursor")]
    [InlineData("/api/v1/grids?cursor=YQpi", "cursor")]
    [InlineData("/api/v1/generations?cursor=YQ", "cursor")]
    [InlineData("/api/v1/issues?cursor=YQpi", "cursor")]
    [InlineData("/api/v1/issues?state=lost", "state")]
    [InlineData("/api/v1/issues?overdue=perhaps", "overdue")]
    [InlineData("/api/v1/lookup?lat=23", "lon")]
    [InlineData("/api/v1/lookup?lon=113", "lat")]
    [InlineData("/api/v1/lookup?lon=113&lat=abc", "lat")]
    [InlineData("/api/v1/lookup?lon=113&lat=NaN", "lat")]
    [InlineData("/api/v1/lookup?lon=NaN&lat=23", "lon")]
    [InlineData("/api/v1/lookup?lon=1e400&lat=23", "lon")]
    [InlineData("/api/v1/lookup?lon=113&lat=91", "lat")]
    [InlineData("/api/v1/lookup?lon=181&lat=23", "lon")]
    [InlineData("/api/v1/lookup?lon=113&lat=23&crs=epsg:4326", "crs")]
    [InlineData("/api/v1/lookup?lon=113&lat=23&accuracy=0", "accuracy")]
    [InlineData("/api/v1/lookup?lon=113&lat=23&accuracy=10001", "accuracy")]
    [InlineData("/api/v1/lookup?lon=113&lat=23&at=yesterday", "at")]
    public async Task A_bad_parameter_is_400_and_named(string address, string field) =>
        (await Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.BadRequest, BadCode(field), field);

    [Theory]
    [InlineData("/api/v1/issues?category=%00")]
    [InlineData("/api/v1/grids?q=%00")]
    [InlineData("/api/v1/issues?grid=%00")]
    [InlineData("/api/v1/grids?q=%ED%A0%80")]
    [InlineData("/api/v1/issues?category=%ED%A0%80")]
    public async Task Text_that_cannot_be_stored_is_no_fault_of_the_service(string address) =>
        Assert.InRange((int)(await Client.GetAnswerAsync(address)).Status, 200, 499);

    [Fact]
    public async Task A_refusal_names_the_trace_of_the_caller_or_one_of_its_own()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var traced = await Client.GetAnswerAsync("/api/v1/lookup", ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"));
        Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-01$", traced.Json.GetProperty("traceId").GetString());
        foreach (var header in (string[])["", "nonsense"])
        {
            var own = await Client.GetAnswerAsync("/api/v1/lookup", ("traceparent", header));
            Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", own.Json.GetProperty("traceId").GetString());
        }
    }

    [Fact]
    public async Task A_caller_who_hangs_up_leaves_no_error_in_the_log()
    {
        for (var i = 0; i < 5; i++)
        {
            using var socket = new TcpClient(Service.Address.Host, Service.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST /api/v1/issues HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"category\":"));
            await Task.Delay(20);
            socket.Client.LingerState = new LingerOption(true, 0);
        }

        (await Client.GetAnswerAsync("/healthz")).AssertStatus(HttpStatusCode.OK);
    }

    private static string BadCode(string field) => field is "lon" or "lat" ? "bad_coordinate" : $"bad_{field}";
}
