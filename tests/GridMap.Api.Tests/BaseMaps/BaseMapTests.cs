using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.BaseMaps;

/// <summary><c>/basemaps</c> and what the settings say of it, against a real server of tiles.</summary>
public sealed class BaseMapTests(BaseMapService service) : ServiceTest(service), IClassFixture<BaseMapService>
{
    private TestTileServer TileServer => service.TileServer;

    [Fact]
    public async Task The_settings_list_them_in_order_with_their_layers()
    {
        var maps = await MapsAsync();
        Assert.Equal(["tianditu", "plain", "bad", "patient", "away", "photo", "streets", .. BaseMapService.Refused.Keys], maps.Select(Id));
        var map = maps[0];
        Assert.Equal(("天地图", "Tianditu"), (map.GetProperty("name").GetString(), map.GetProperty("nameEn").GetString()));
        Assert.Equal("街道", maps[1].GetProperty("nameEn").GetString());
        Assert.Equal(
            ["/basemaps/tianditu/vec/{z}/{x}/{y}", "/basemaps/tianditu/cva/{z}/{x}/{y}"],
            map.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("url").GetString()));
        Assert.Equal(("天地图 © 自然资源部", "GS(2026)0001号"), (map.GetProperty("attribution").GetString(), map.GetProperty("approval").GetString()));
        Assert.Equal((256, 1, 18), (map.GetProperty("tileSize").GetInt32(), map.GetProperty("minZoom").GetInt32(), map.GetProperty("maxZoom").GetInt32()));
        Assert.Equal(JsonValueKind.Null, map.GetProperty("refused").ValueKind);
    }

    [Theory]
    [InlineData("plain", "tiles", "raster", 20)]
    [InlineData("photo", "pmtiles", "raster", 0)]
    [InlineData("streets", "pmtiles", "vector", 15)]
    public async Task A_file_says_itself_what_it_holds(string id, string kind, string content, int maxZoom)
    {
        var map = (await MapsAsync()).Single(map => Id(map) == id);
        Assert.Equal((kind, content, maxZoom), (map.GetProperty("kind").GetString(), map.GetProperty("content").GetString(), map.GetProperty("maxZoom").GetInt32()));
        Assert.Equal(content == "vector" ? "© OpenStreetMap" : "", map.GetProperty("attribution").GetString());
    }

    [Fact]
    public async Task A_refused_one_is_listed_with_the_reason_logged_and_not_served()
    {
        foreach (var map in (await MapsAsync()).Where(map => map.GetProperty("refused").ValueKind != JsonValueKind.Null))
        {
            var (id, refused) = (Id(map)!, map.GetProperty("refused"));
            Assert.Equal(BaseMapService.Refused[id], refused.GetProperty("code").GetString());
            Assert.Empty(map.GetProperty("layers").EnumerateArray());
            var logged = Assert.Single(service.StartLog, entry => entry.Message.StartsWith($"The base map {id} is", StringComparison.Ordinal));
            Assert.Contains(refused.GetProperty("detail").GetString()!, logged.Message, StringComparison.Ordinal);
            (await Client.GetAnswerAsync($"/basemaps/{id}/tiles/3/1/1")).AssertProblem(HttpStatusCode.NotFound, "unknown_base_map");
            (await Client.GetAnswerAsync($"/basemaps/{id}.pmtiles")).AssertProblem(HttpStatusCode.NotFound, "unknown_base_map");
        }
    }

    [Fact]
    public async Task A_wmts_tile_is_asked_for_by_key_value_pairs_with_the_key_and_passed_on()
    {
        var answer = (await Client.GetAnswerAsync("/basemaps/tianditu/cva/14/13336/7112")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(TestTileServer.Png, await answer.Message.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", answer.Header("Content-Type"));
        Assert.Equal("max-age=7200, public", string.Join(", ", answer.Header("Cache-Control")!.Split(", ").Order()));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Contains(
            $"/cva_w/wmts?tk={Uri.EscapeDataString(BaseMapService.Key)}&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=cva&STYLE=default" +
            "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=14&TILEROW=7112&TILECOL=13336",
            TileServer.Asked);
    }

    [Fact]
    public async Task An_xyz_tile_is_asked_for_once_and_then_comes_from_memory()
    {
        for (var i = 0; i < 3; i++)
            (await Client.GetAnswerAsync("/basemaps/plain/tiles/4/3/5?tk=other&url=http://elsewhere")).AssertStatus(HttpStatusCode.OK);
        Assert.Single(TileServer.Asked, path => path == "/plain/4/3/10.png");
    }

    [Fact]
    public async Task What_must_not_be_kept_is_not()
    {
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal("no-store", (await Client.GetAnswerAsync("/basemaps/bad/unkept/4/3/5")).AssertStatus(HttpStatusCode.OK).Header("Cache-Control"));
        Assert.Equal(2, TileServer.Asked.Count(path => path.StartsWith("/bad/unkept/4/3/5", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/basemaps/none/tiles/1/0/0", "unknown_base_map")]
    [InlineData("/basemaps/none.pmtiles", "unknown_base_map")]
    [InlineData("/basemaps/plain.pmtiles", "unknown_base_map")]
    [InlineData("/basemaps/..%2Fadmin-key.pmtiles", "unknown_base_map")]
    [InlineData("/basemaps/plain/roads/1/0/0", "unknown_layer")]
    [InlineData("/basemaps/photo/file/0/0/0", "unknown_layer")]
    [InlineData("/basemaps/tianditu/vec/0/0/0", "no_such_tile")]
    [InlineData("/basemaps/tianditu/vec/19/0/0", "no_such_tile")]
    [InlineData("/basemaps/plain/tiles/3/8/0", "no_such_tile")]
    [InlineData("/basemaps/plain/tiles/3/0/-1", "no_such_tile")]
    [InlineData("/basemaps/plain/tiles/40/0/0", "no_such_tile")]
    [InlineData("/basemaps/plain", "unknown_route")]
    public async Task What_is_not_there_is_404_and_asks_nobody(string address, string code)
    {
        var before = TileServer.Asked.Count;
        (await Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.NotFound, code);
        Assert.Equal(before, TileServer.Asked.Count);
    }

    [Fact]
    public async Task A_tile_that_the_server_does_not_have_is_404_and_asked_for_once()
    {
        foreach (var _ in Enumerable.Range(0, 2))
            (await Client.GetAnswerAsync("/basemaps/bad/missing/5/1/1")).AssertProblem(HttpStatusCode.NotFound, "no_such_tile");
        Assert.Single(TileServer.Asked, path => path.StartsWith("/bad/missing/5/1/1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bad/failing")]
    [InlineData("bad/forbidding")]
    [InlineData("bad/redirecting")]
    [InlineData("bad/slow")]
    [InlineData("bad/halting")]
    [InlineData("bad/huge")]
    [InlineData("bad/endless")]
    [InlineData("bad/html")]
    [InlineData("bad/svg")]
    [InlineData("bad/breaking")]
    [InlineData("away/tiles")]
    public async Task A_server_that_misbehaves_is_502_and_nothing_of_it_is_passed_on(string path)
    {
        var answer = (await Client.GetAnswerAsync($"/basemaps/{path}/6/1/1")).AssertProblem(HttpStatusCode.BadGateway, "base_map_unavailable");
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        AssertSecret(answer.Text + answer.Message);
        var log = Service.Log.Take();
        Assert.All(log.Where(entry => entry.Level >= LogLevel.Warning), entry => Assert.Equal(1702, entry.Id.Id));
        Assert.All(log, entry => AssertSecret(entry.ToString()));
        Assert.DoesNotContain(TileServer.Asked, asked => asked.StartsWith("/elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_gives_up_frees_the_connection_to_the_server()
    {
        var before = TileServer.Aborted;
        using var cancel = new CancellationTokenSource();
        var asking = Client.GetAsync(new Uri("/basemaps/patient/tiles/7/1/1", UriKind.Relative), cancel.Token);
        await Eventually.TrueAsync(() => TileServer.Asked.Any(path => path.StartsWith("/bad/slow/7/1/1", StringComparison.Ordinal)), "the server is asked");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Eventually.TrueAsync(() => TileServer.Aborted > before, "the server sees that nobody waits");
    }

    [Fact]
    public async Task A_file_is_served_by_ranges_under_an_entity_tag()
    {
        var whole = (await Client.GetAnswerAsync("/basemaps/photo.pmtiles")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(BaseMapService.Archive, await whole.Message.Content.ReadAsByteArrayAsync());
        var part = (await Client.GetAnswerAsync("/basemaps/photo.pmtiles", ("Range", "bytes=99-101"))).AssertStatus(HttpStatusCode.PartialContent);
        Assert.Equal(BaseMapService.Archive[99..102], await part.Message.Content.ReadAsByteArrayAsync());
        Assert.Equal($"bytes 99-101/{BaseMapService.Archive.Length}", part.Header("Content-Range"));
        Assert.Equal(whole.Header("ETag"), part.Header("ETag"));
        (await Client.GetAnswerAsync("/basemaps/photo.pmtiles", ("If-None-Match", whole.Header("ETag")!))).AssertStatus(HttpStatusCode.NotModified);
        (await Client.GetAnswerAsync("/basemaps/photo.pmtiles", ("Range", "bytes=9000-"))).AssertStatus(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task The_key_is_in_no_answer_and_in_no_line_of_the_log()
    {
        string[] addresses = ["/api/v1/settings", "/basemaps/tianditu/vec/9/1/1", "/basemaps/tianditu/vec/0/0/0", "/basemaps/bad/missing/9/1/1", "/openapi/v1.json"];
        foreach (var address in addresses)
        {
            var answer = await Service.Admin.GetAnswerAsync(address);
            AssertSecret(answer.Text + answer.Message + string.Join('\n', answer.Message.Content.Headers.Select(header => string.Join(',', header.Value))));
        }

        Assert.All(service.StartLog.Concat(Service.Log.Entries), entry => AssertSecret(entry.ToString()));
        Assert.Contains(TileServer.Asked, path => path.Contains(Uri.EscapeDataString(BaseMapService.Key), StringComparison.Ordinal));
    }

    private void AssertSecret(string text)
    {
        Assert.DoesNotContain(BaseMapService.Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(BaseMapService.Key), text, StringComparison.Ordinal);
        Assert.DoesNotContain(TileServer.Address, text, StringComparison.Ordinal);
    }

    private async Task<List<JsonElement>> MapsAsync() =>
        [.. (await Client.GetAnswerAsync("/api/v1/settings")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("baseMaps").EnumerateArray()];

    private static string? Id(JsonElement map) => map.GetProperty("id").GetString();
}
