using System.Buffers.Binary;
using System.Net;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Lookup;

/// <summary><c>POST /api/v1/lookup/batch</c> in numbers: doubles in, ids out.</summary>
public sealed class LookupBinaryTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const string Address = "/api/v1/lookup/batch";
    private const string Type = "application/vnd.gridmap.points";

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
    public async Task Ids_are_those_of_the_grids_that_json_names_in_input_order(string crs)
    {
        var random = new Random(6);
        var points = Enumerable.Range(0, 999).Select(_ => TestTownship.Point(random.NextDouble() * 80 - 5, random.NextDouble() * 58 - 5))
            .Concat([TestTownship.Point(34, 12), TestTownship.Point(36, 24), new LonLat(180, 84), new LonLat(-180, -84), new LonLat(-0.0, -0.0)]).ToArray();
        var (answer, ids) = await AskAsync(Bytes(points), $"?crs={crs}");
        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal(Type, answer.Message.Content.Headers.ContentType?.ToString());
        Assert.Equal(Service.Snapshots.Current.Generation.Number.ToString(), answer.Header("GridMap-Generation"));
        Assert.Equal(4 * points.Length, answer.Message.Content.Headers.ContentLength);
        var codes = (await Client.PostJsonAsync(Address, new { crs, points = points.Select(point => new[] { point.Lon, point.Lat }) }))
            .AssertStatus(HttpStatusCode.OK).Json.GetProperty("codes").EnumerateArray().Select(code => code.GetString()).ToList();
        Assert.Equal(codes.Select(code => code is null ? -1 : Service.Snapshots.Current.ByCode(code)!.Id), ids.Select(id => (long)id));
        Assert.Contains(-1, ids);
        Assert.Contains((int)Service.Snapshots.Current.ByCode("T1.S")!.Id, ids);
        var feature = (await Client.GetAnswerAsync("/api/v1/grids/T1.S")).Json;
        Assert.Contains((int)feature.GetProperty("id").GetInt64(), ids);
    }

    [Fact]
    public async Task A_hundred_thousand_points_are_taken_and_one_more_is_not()
    {
        var points = Enumerable.Repeat(TestTownship.Point(10, 10), 100_000).ToArray();
        var (answer, ids) = await AskAsync(Bytes(points));
        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Equal(100_000, ids.Length);
        Assert.Equal([(int)Service.Snapshots.Current.ByCode("T1.S")!.Id], ids.Distinct());
        (await AskAsync(Bytes([.. points, points[0]]))).Answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_many_points", "points");
        (await AskAsync([.. Bytes(points), 0])).Answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_many_points", "points");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(1_599_999)]
    public async Task A_body_that_ends_inside_a_point_is_refused(int length)
    {
        var answer = (await AskAsync(new byte[length])).Answer.AssertProblem(HttpStatusCode.BadRequest, "bad_length", "body");
        Assert.Contains($"{length} bytes", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_points_are_no_ids()
    {
        var (answer, ids) = await AskAsync([]);
        answer.AssertStatus(HttpStatusCode.OK);
        Assert.Empty(ids);
        Assert.Equal(Type, answer.Message.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData(double.NaN, 23, "finite")]
    [InlineData(113, double.NaN, "finite")]
    [InlineData(double.PositiveInfinity, 23, "finite")]
    [InlineData(113, double.NegativeInfinity, "finite")]
    [InlineData(180.0000001, 23, "within -180 and 180")]
    [InlineData(113, -90.5, "within -90 and 90")]
    [InlineData(113, 85.0000001, "-85 and 85")]
    [InlineData(1e300, 1e300, "within -180 and 180")]
    public async Task A_bad_point_is_named(double lon, double lat, string reason)
    {
        foreach (var index in (int[])[0, 1, 6, 7])
        {
            var points = Enumerable.Repeat(TestTownship.Point(10, 10), 8).ToArray();
            points[index] = new LonLat(lon, lat);
            var answer = (await AskAsync(Bytes(points))).Answer.AssertProblem(HttpStatusCode.BadRequest, "bad_coordinate", $"points[{index}]");
            Assert.Contains(reason, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_form_is_refused_like_any_other()
    {
        (await AskAsync([], "?crs=mars")).Answer.AssertProblem(HttpStatusCode.BadRequest, "bad_crs", "crs");
        (await Client.AskAsync(HttpMethod.Put, Address, Content([]))).AssertProblem(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        (await Client.AskAsync(HttpMethod.Head, Address, null)).AssertStatus(HttpStatusCode.MethodNotAllowed);
        var other = (await Client.PostTextAsync(Address, "", "application/octet-stream")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "bad_content_type");
        Assert.Contains(Type, other.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<(Answer Answer, int[] Ids)> AskAsync(byte[] body, string query = "")
    {
        var answer = await Client.AskAsync(HttpMethod.Post, Address + query, Content(body));
        var bytes = await answer.Message.Content.ReadAsByteArrayAsync();
        return (answer, [.. bytes.Chunk(4).Where(chunk => chunk.Length == 4).Select(chunk => BinaryPrimitives.ReadInt32LittleEndian(chunk))]);
    }

    private static ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", Type);
        return content;
    }

    internal static byte[] Bytes(IReadOnlyList<LonLat> points)
    {
        var bytes = new byte[16 * points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16 * i), points[i].Lon);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16 * i + 8), points[i].Lat);
        }

        return bytes;
    }
}
