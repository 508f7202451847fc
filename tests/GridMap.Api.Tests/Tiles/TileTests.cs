using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GridMap.Core.Tests.Tiles;
using GridMap.Core.Tiles;

namespace GridMap.Api.Tests.Tiles;

/// <summary>Tiles of grids as caches and clients see them.</summary>
public sealed class TileTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const int Z = 12;
    private static readonly TileCoord Tile = At(8, 36);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            await AssertEmptyBeforeTheFirstGenerationAsync();
            await Service.PublishAsync(TestTownship.First);
        }
    }

    [Fact]
    public async Task The_tileset_names_the_present_generation_its_layers_and_its_bounds()
    {
        var generation = await Service.PublishAsync(TestTownship.Second);
        var (answer, json) = await TileJsonAsync();
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal(generation.ToString(), answer.Headers.GetValues("GridMap-Generation").Single());
        Assert.Equal("3.0.0", json.GetProperty("tilejson").GetString());
        var address = json.GetProperty("tiles")[0].GetString()!;
        Assert.StartsWith($"{Service.Address}tiles/grids/{{z}}/{{x}}/{{y}}.mvt?g={generation}", address, StringComparison.Ordinal);
        Assert.Equal(
            ["grids-1", "grids-2", "grids-3", "grids-4", "borders", "labels"],
            json.GetProperty("vector_layers").EnumerateArray().Select(layer => layer.GetProperty("id").GetString()));
        Assert.Equal(0, json.GetProperty("minzoom").GetInt32());
        Assert.Equal(16, json.GetProperty("maxzoom").GetInt32());
        double[] expected = [113, 23, 113 + 80 / 1024.0, 23 + 48 / 1024.0];
        Assert.Equal(expected, json.GetProperty("bounds").EnumerateArray().Select(value => value.GetDouble()));
    }

    [Fact]
    public async Task A_tile_with_its_generation_may_be_kept_for_ever()
    {
        var (_, json) = await TileJsonAsync();
        var answer = await GetAsync(Address(json, Tile), gzip: true);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("application/vnd.mapbox-vector-tile", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(Service.Snapshots.Current.Generation.Number.ToString(), answer.Headers.GetValues("GridMap-Generation").Single());

        var plain = await GetAsync(Address(json, Tile), gzip: false);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.NotEqual(answer.Headers.ETag, plain.Headers.ETag);
        var bytes = await plain.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes, await BytesAsync(answer));

        var grids = Service.Snapshots.Current.Grids;
        var drawn = MvtDecoder.Decode(bytes)["grids-3"].Features;
        var special = drawn.Single(feature => (string)feature.Properties["code"] == "T1.S");
        Assert.Equal((ulong)grids.Single(grid => grid.Code == "T1.S").Id, special.Id);
        Assert.Equal("中心小学", special.Properties["name"]);
        Assert.Equal("special", special.Properties["kind"]);
        Assert.Equal("T1", special.Properties["parent"]);
    }

    [Fact]
    public async Task A_tile_without_generation_is_asked_about_each_time_and_changes_with_a_publish()
    {
        await Service.PublishAsync(TestTownship.First);
        var first = await GetAsync(Path(Tile));
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Contains("T1.2.b", await CodesAsync(first, "grids-4"));

        var again = await GetAsync(Path(Tile), tag: first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());

        await Service.PublishAsync(TestTownship.Second);
        var changed = await GetAsync(Path(Tile), tag: first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.DoesNotContain("T1.2.b", await CodesAsync(changed, "grids-4"));
    }

    [Fact]
    public async Task A_map_that_is_open_still_gets_the_generation_before_but_none_older()
    {
        await Service.PublishAsync(TestTownship.First);
        var (_, older) = await TileJsonAsync();
        await Service.PublishAsync(TestTownship.Second);
        var (_, before) = await TileJsonAsync();
        await Service.PublishAsync(TestTownship.First);
        var (_, now) = await TileJsonAsync();
        Assert.DoesNotContain("T1.2.b", await CodesAsync(await GetAsync(Address(before, Tile)), "grids-4"));
        Assert.Contains("T1.2.b", await CodesAsync(await GetAsync(Address(now, Tile)), "grids-4"));
        await AssertRefusedAsync(Address(older, Tile), HttpStatusCode.NotFound, "unknown_generation");
    }

    [Fact]
    public async Task A_generation_that_this_process_has_not_heard_of_yet_is_fetched()
    {
        // Published past the notification: only who asks makes the service look.
        var number = await TestPublication.PublishAsync(Service.Owner, TestTownship.Second);
        var answer = await GetAsync($"{Path(Tile)}?g={number}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(number.ToString(), answer.Headers.GetValues("GridMap-Generation").Single());
    }

    [Theory]
    [InlineData("?g=1000000")]
    [InlineData("?g=-1")]
    public async Task An_unknown_generation_is_refused_and_never_cached(string query) =>
        await AssertRefusedAsync(Path(Tile) + query, HttpStatusCode.NotFound, "unknown_generation");

    [Fact]
    public async Task A_generation_of_the_same_number_from_another_database_is_unknown()
    {
        var number = Service.Snapshots.Current.Generation.Number;
        await AssertRefusedAsync($"{Path(Tile)}?g={number}&v=00000000", HttpStatusCode.NotFound, "unknown_generation");
    }

    [Theory]
    [InlineData("17/0/0")]
    [InlineData("23/0/0")]
    [InlineData("-1/0/0")]
    [InlineData("3/8/0")]
    [InlineData("3/0/8")]
    [InlineData("3/-1/0")]
    public async Task A_tile_out_of_range_is_refused(string tile)
    {
        await AssertRefusedAsync($"/tiles/grids/{tile}.mvt", HttpStatusCode.NotFound, "no_such_tile");
        await AssertRefusedAsync($"/tiles/issues/{tile}.mvt", HttpStatusCode.NotFound, "no_such_tile");
    }

    [Fact]
    public async Task A_tile_that_is_no_number_is_a_bad_request()
    {
        var answer = await GetAsync("/tiles/grids/3/a/0.mvt");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_tile_beside_all_grids_has_no_content()
    {
        var answer = await GetAsync("/tiles/grids/12/0/0.mvt");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Any_page_may_read_tiles_without_credentials()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(Tile));
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await Client.SendAsync(request);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Contains("GridMap-Generation", answer.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_ask_at_once_get_the_same_bytes()
    {
        await Service.PublishAsync(TestTownship.First);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(Path(At(20, 20, 14)))));
        var bytes = await Task.WhenAll(answers.Select(BytesAsync));
        Assert.All(bytes, other => Assert.Equal(bytes[0], other));
        Assert.NotEmpty(bytes[0]);
    }

    [Fact]
    public async Task Gdal_reads_a_tile()
    {
        await Service.PublishAsync(TestTownship.First);
        using var ogrinfo = Process.Start(new ProcessStartInfo(
            "ogrinfo", ["-ro", "-al", "-so", $"MVT:{Service.Address}tiles/grids/{At(30, 20, 10)}.mvt"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var report = await ogrinfo.StandardOutput.ReadToEndAsync();
        await ogrinfo.WaitForExitAsync();
        Assert.Equal(0, ogrinfo.ExitCode);
        foreach (var (layer, count) in ((string, int)[])[("grids-1", 2), ("grids-2", 2), ("grids-3", 4), ("grids-4", 2), ("labels", 10)])
        {
            Assert.Matches($"Layer name: {layer}\n(.*\n)*?Feature Count: {count}\n", report);
        }
    }

    private async Task AssertEmptyBeforeTheFirstGenerationAsync()
    {
        var (_, json) = await TileJsonAsync();
        Assert.False(json.TryGetProperty("bounds", out _));
        Assert.Equal(HttpStatusCode.NoContent, (await GetAsync(Path(Tile))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await GetAsync(Address(json, Tile))).StatusCode);
    }

    private async Task AssertRefusedAsync(string address, HttpStatusCode status, string code)
    {
        using var answer = await GetAsync(address);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }

    private async Task<(HttpResponseMessage Answer, JsonElement Json)> TileJsonAsync()
    {
        var answer = await Client.GetAsync("/tiles/grids.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private async Task<HttpResponseMessage> GetAsync(string address, bool gzip = true, EntityTagHeaderValue? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (gzip)
        {
            request.Headers.AcceptEncoding.ParseAdd("gzip");
        }

        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return await Client.SendAsync(request);
    }

    private static async Task<byte[]> BytesAsync(HttpResponseMessage answer)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = answer.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var copy = new MemoryStream();
        await plain.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static async Task<IEnumerable<string>> CodesAsync(HttpResponseMessage answer, string layer) =>
        MvtDecoder.Decode(await BytesAsync(answer))[layer].Features.Select(feature => (string)feature.Properties["code"]);

    private static string Path(TileCoord tile) => $"/tiles/grids/{tile}.mvt";

    private static string Address(JsonElement json, TileCoord tile) => json.GetProperty("tiles")[0].GetString()!
        .Replace("{z}", $"{tile.Z}").Replace("{x}", $"{tile.X}").Replace("{y}", $"{tile.Y}");

    private static TileCoord At(double x, double y, int z = Z)
    {
        var (lon, lat) = TestTownship.Point(x, y);
        return TileCoord.At(z, lon, lat);
    }
}
