using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Grids;

/// <summary><c>/api/v1/grids</c> and <c>/api/v1/generations</c>.</summary>
public sealed class GridTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
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
    [InlineData("", "T U T1 T2 T1.1 T1.2 T1.S T2.1 T1.2.a T1.2.b")]
    [InlineData("level=3", "T1.1 T1.2 T1.S T2.1")]
    [InlineData("level=9", "")]
    [InlineData("parent=T1", "T1.1 T1.2 T1.S")]
    [InlineData("parent=T1&level=3&q=.2", "T1.2")]
    [InlineData("q=T1.2", "T1.2 T1.2.a T1.2.b")]
    [InlineData("q=t1.2", "T1.2 T1.2.a T1.2.b")]
    [InlineData("q=小学", "T1.S")]
    [InlineData("q=%20小学%20", "T1.S")]
    [InlineData("q=%25", "")]
    public async Task The_list_is_narrowed_by(string query, string codes)
    {
        Assert.Equal(codes, string.Join(' ', Codes(await Client.ListAllAsync($"/api/v1/grids?{query}", limit: 1000))));
        Assert.Equal(codes, string.Join(' ', Codes(await Client.ListAllAsync($"/api/v1/grids?{query}", limit: 1))));
        Assert.Equal(codes, string.Join(' ', Codes(await Client.ListAllAsync($"/api/v1/grids?{query}", limit: 3))));
    }

    [Theory]
    [InlineData(9, 9, 10, 10, "T1.S")]
    [InlineData(49, 9, 51, 11, "")]
    [InlineData(40, 30, 41, 31, "")]
    [InlineData(16, 12, 17, 13, "T1.1 T1.S")]
    [InlineData(16.5, 12, 17, 13, "T1.1")]
    [InlineData(34, 12, 34, 12, "T1.1 T2.1")]
    [InlineData(-10, -10, 90, 90, "T1.1 T1.2 T1.S T2.1")]
    public async Task A_box_finds_what_it_touches_and_not_what_merely_surrounds_it(double west, double south, double east, double north, string codes)
    {
        var (low, high) = (TestTownship.Point(west, south), TestTownship.Point(east, north));
        var found = await Client.ListAllAsync($"/api/v1/grids?level=3&bbox={low.Lon:R},{low.Lat:R},{high.Lon:R},{high.Lat:R}");
        Assert.Equal(codes, string.Join(' ', Codes(found)));
    }

    [Fact]
    public async Task One_grid_has_its_chain_its_children_its_area_and_its_telephone()
    {
        var grid = (await Client.GetAnswerAsync("/api/v1/grids/T1.2")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal("T T1 T1.2", string.Join(' ', Codes(grid.GetProperty("chain").EnumerateArray())));
        Assert.Equal("T1.2.a T1.2.b", string.Join(' ', Codes(grid.GetProperty("children").EnumerateArray())));
        Assert.Equal("T1", grid.GetProperty("parent").GetString());
        var area = grid.GetProperty("areaSquareMetres").GetDouble();
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        var onEllipsoid = await connection.ExecuteScalarAsync<double>("select st_area(geom::geography) from grid_version where code = 'T1.2'");
        Assert.Equal(onEllipsoid, area, onEllipsoid * 1e-5);
        Assert.Equal(area * 15 / 10_000, grid.GetProperty("areaMu").GetDouble(), 0.001);
        var outer = (await Client.GetAnswerAsync("/api/v1/grids/T")).Json;
        Assert.Equal("0757-1234567", outer.GetProperty("attributes").GetProperty("telephone").GetString());
        Assert.Equal(JsonValueKind.Null, outer.GetProperty("parent").ValueKind);
    }

    [Fact]
    public async Task The_centre_lies_inside_even_where_there_is_a_hole()
    {
        foreach (var grid in await Client.ListAllAsync("/api/v1/grids"))
        {
            var center = grid.GetProperty("center");
            await using var connection = await Service.Restricted.OpenConnectionAsync();
            Assert.True(await connection.ExecuteScalarAsync<bool>(
                "select st_contains(geom, st_setsrid(st_makepoint(@lon, @lat), 4490)) from grid_version where code = @code and to_generation is null",
                new { lon = center.GetProperty("lon").GetDouble(), lat = center.GetProperty("lat").GetDouble(), code = grid.GetProperty("code").GetString() }));
        }
    }

    [Fact]
    public async Task GeoJson_carries_nine_decimals_that_come_back_to_the_same_lattice_points()
    {
        var answer = await Client.GetAnswerAsync("/api/v1/grids?limit=1000", ("Accept", "application/geo+json"));
        Assert.Equal("application/geo+json", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal("FeatureCollection", answer.Json.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("next").ValueKind);
        Assert.DoesNotMatch(@"\d\.\d{10}", answer.Text);
        var features = answer.Json.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(TestTownship.First.Count, features.Count);
        foreach (var feature in features)
        {
            var code = feature.GetProperty("properties").GetProperty("code").GetString();
            var stored = TestTownship.Polygon(TestTownship.First.Single(grid => grid.Code == code).Wkt);
            var sent = feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
                .SelectMany(part => part.EnumerateArray()).SelectMany(ring => ring.EnumerateArray())
                .Select(point => (Lattice.Snap(point[0].GetDouble()), Lattice.Snap(point[1].GetDouble())));
            Assert.Equal(stored.Coordinates.Select(point => (point.X, point.Y)).Distinct().Order(), sent.Distinct().Order());
        }
    }

    [Fact]
    public async Task GeoJson_pages_with_next_in_the_collection()
    {
        var first = (await Client.GetAnswerAsync("/api/v1/grids?limit=6", ("Accept", "application/geo+json"))).Json;
        var next = first.GetProperty("next").GetString();
        var second = (await Client.GetAnswerAsync($"/api/v1/grids?limit=6&cursor={next}", ("Accept", "application/geo+json"))).Json;
        Assert.Equal(TestTownship.First.Count, first.GetProperty("features").GetArrayLength() + second.GetProperty("features").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("/api/v1/grids/none")]
    [InlineData("/api/v1/grids/none/history")]
    [InlineData("/api/v1/grids/none/qr.svg")]
    [InlineData("/api/v1/grids?parent=none")]
    [InlineData("/api/v1/issues?grid=none")]
    [InlineData("/api/v1/grids/t1")]
    public async Task An_unknown_code_is_404(string address) =>
        (await Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.NotFound, "unknown_grid");

    [Fact]
    public async Task A_retired_code_still_answers_with_its_successors()
    {
        var second = await Service.PublishAsync(TestTownship.Second);
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                insert into lineage (from_id, to_id, generation, share)
                select b.grid_id, a.grid_id, @second, 0.25 from grid_code a, grid_code b where a.code = 'T1.2.a' and b.code = 'T1.2.b'
                """,
                new { second });
        }

        (await Client.GetAnswerAsync("/api/v1/grids/T1.2.b")).AssertProblem(HttpStatusCode.NotFound, "unknown_grid");
        var gone = (await Client.GetAnswerAsync("/api/v1/grids/T1.2.b/history")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.True(gone.GetProperty("retired").GetBoolean());
        var successor = Assert.Single(gone.GetProperty("successors").EnumerateArray());
        Assert.Equal(("T1.2.a", 0.25, second), (successor.GetProperty("code").GetString(), successor.GetProperty("share").GetDouble(), successor.GetProperty("generation").GetInt32()));
        var version = Assert.Single(gone.GetProperty("items").EnumerateArray());
        Assert.Equal("T1.2", version.GetProperty("parent").GetString());
        Assert.Equal(second, version.GetProperty("toGeneration").GetInt32());

        var renamed = (await Client.GetAnswerAsync("/api/v1/grids/T1.2.a/history")).Json;
        Assert.False(renamed.GetProperty("retired").GetBoolean());
        Assert.Equal(["T1.2.a", "新名"], renamed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        await Service.PublishAsync(TestTownship.First);
    }

    [Fact]
    public async Task Generations_are_listed_newest_first_and_page()
    {
        await Service.PublishAsync(TestTownship.Second);
        await Service.PublishAsync(TestTownship.First);
        var all = await Client.ListAllAsync("/api/v1/generations", limit: 1000);
        Assert.Equal(Enumerable.Range(1, all.Count).Reverse(), all.Select(item => item.GetProperty("number").GetInt32()));
        Assert.Equal(all.Select(item => item.GetRawText()), (await Client.ListAllAsync("/api/v1/generations", limit: 1)).Select(item => item.GetRawText()));
        var newest = all[0];
        Assert.Equal(TestTownship.First.Count, newest.GetProperty("grids").GetInt32());
        Assert.Equal(TestTownship.Second.Count, all[1].GetProperty("grids").GetInt32());
        var one = (await Client.GetAnswerAsync($"/api/v1/generations/{all.Count}")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(newest.GetRawText(), one.GetRawText());
        (await Client.GetAnswerAsync("/api/v1/generations/9999")).AssertProblem(HttpStatusCode.NotFound, "unknown_generation");
    }

    [Fact]
    public async Task The_qr_code_is_a_picture_of_the_reporting_page()
    {
        var stickers = (await Client.GetAnswerAsync("/api/v1/grids/T/stickers.svg")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("1", stickers.Header("GridMap-Pages"));
        foreach (var innermost in (string[])["T1.1", "T1.S", "T1.2.a", "T1.2.b", "T2.1"])
            Assert.Contains($">{innermost}  ☎ 0757-1234567<", stickers.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">T1.2  ", stickers.Text, StringComparison.Ordinal);
        (await Client.GetAnswerAsync("/api/v1/grids/T/stickers.svg?page=2")).AssertProblem(HttpStatusCode.BadRequest, "bad_page", "page");
        var answer = (await Client.GetAnswerAsync("/api/v1/grids/T1.2.a/qr.svg")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("image/svg+xml", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_frame_the_territory_and_count_the_levels()
    {
        var settings = (await Client.GetAnswerAsync("/api/v1/settings")).AssertStatus(HttpStatusCode.OK).Json;
        var (low, high) = (TestTownship.Point(0, 0), TestTownship.Point(80, 48));
        Assert.Equal(
            [low.Lon, low.Lat, high.Lon, high.Lat],
            settings.GetProperty("bbox").EnumerateArray().Select(value => Lattice.Snap(value.GetDouble())));
        Assert.Equal([2, 2, 4], settings.GetProperty("levels").EnumerateArray().Take(3).Select(level => level.GetProperty("grids").GetInt32()));
        Assert.False(settings.GetProperty("context").GetBoolean());
        (await Client.GetAnswerAsync("/api/v1/context")).AssertProblem(HttpStatusCode.NotFound, "no_context");
    }

    [Fact]
    public async Task Categories_come_with_their_limits()
    {
        var items = (await Client.GetAnswerAsync("/api/v1/categories")).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["environment", "litter", "urgent"], items.Select(item => item.GetProperty("code").GetString()));
        Assert.Equal((3, "workdays"), (items[1].GetProperty("limitValue").GetDecimal(), items[1].GetProperty("limitUnit").GetString()));
    }

    private static IEnumerable<string?> Codes(IEnumerable<JsonElement> items) => items.Select(item => item.GetProperty("code").GetString());
}
