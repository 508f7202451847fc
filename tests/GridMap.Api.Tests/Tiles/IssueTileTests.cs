using System.Net;
using Dapper;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using GridMap.Core.Tests.Tiles;
using GridMap.Core.Tiles;

namespace GridMap.Api.Tests.Tiles;

/// <summary>Issues as points on tiles: what the public may see of them, each on one tile.</summary>
public sealed class IssueTileTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const string InsertSql =
        """
        insert into issue (number, category, description, contact, reporter, point, state, due_at, closed_at)
        values (@number, 'rubbish', 'secret words', '13800000000', 'secret name', @point, @state, now() + @due, @closed)
        """;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from issue; insert into category (code, name) values ('rubbish', '垃圾') on conflict do nothing");
    }

    [Fact]
    public async Task A_tile_holds_the_public_fields_at_the_public_point()
    {
        var point = TestTownship.Point(10.3, 12.7);
        await InsertAsync("A-1", point, "reported", TimeSpan.FromHours(-1));
        await InsertAsync("A-2", point, "claimed", TimeSpan.FromHours(1));
        await InsertAsync("A-3", point, "writtenOff", TimeSpan.FromHours(-1), DateTime.UtcNow);

        var shown = PublicPoint.Round(point);
        var tile = TileCoord.At(16, shown.Lon, shown.Lat);
        var features = await IssuesAsync(tile);
        Assert.Equal(
            [("A-1", "reported", true), ("A-2", "claimed", false), ("A-3", "writtenOff", false)],
            features.Select(feature => ((string)feature.Properties["number"], (string)feature.Properties["state"], (bool)feature.Properties["overdue"]))
                .Order());
        foreach (var feature in features)
        {
            Assert.Equal(["category", "number", "overdue", "state"], feature.Properties.Keys.Order());
            Assert.Equal("rubbish", feature.Properties["category"]);
            var (x, y) = (feature.Parts[0][0].X, feature.Parts[0][0].Y);
            Assert.Equal(shown.Lon, WebMercator.Lon((tile.X + x / 4096) / (1 << 16)), 5);
            Assert.Equal(shown.Lat, WebMercator.Lat((tile.Y + y / 4096) / (1 << 16)), 5);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(16)]
    public async Task Every_issue_is_on_one_tile_of_a_zoom(int z)
    {
        var random = new Random(31);
        var numbers = new List<string>();
        var tiles = new HashSet<TileCoord>();
        for (var i = 0; i < 60; i++)
        {
            var point = TestTownship.Point(random.NextDouble() * 12, random.NextDouble() * 12);
            numbers.Add($"B-{z}-{i}");
            await InsertAsync(numbers[^1], point, "reported", TimeSpan.FromDays(1));
            var at = TileCoord.At(z, point.Lon, point.Lat);
            foreach (var (dx, dy) in ((int, int)[])[(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1)])
            {
                if (TileCoord.TryCreate(z, at.X + dx, at.Y + dy, out var tile))
                {
                    tiles.Add(tile);
                }
            }
        }

        var seen = new List<string>();
        foreach (var tile in tiles)
        {
            seen.AddRange((await IssuesAsync(tile)).Select(feature => (string)feature.Properties["number"]));
        }

        Assert.Equal(numbers.Order(), seen.Order());
    }

    [Fact]
    public async Task A_tile_is_asked_about_each_time_and_sent_again_only_when_it_has_changed()
    {
        var point = TestTownship.Point(5, 5);
        await InsertAsync("C-1", point, "reported", TimeSpan.FromDays(1));
        var path = $"/tiles/issues/{TileCoord.At(10, point.Lon, point.Lat)}.mvt";
        using var first = await Client.GetAsync(path);
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(path, first));
        await InsertAsync("C-2", point, "reported", TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(path, first));
    }

    [Fact]
    public async Task The_tileset_says_what_its_tiles_hold()
    {
        var json = await Client.GetStringAsync("/tiles/issues.json");
        Assert.Contains($"{Service.Address}tiles/issues/{{z}}/{{x}}/{{y}}.mvt", json, StringComparison.Ordinal);
        Assert.Contains("\"vector_layers\":[{\"id\":\"issues\"", json, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await Client.GetAsync("/tiles/issues/10/0/0.mvt")).StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, HttpResponseMessage held)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(held.Headers.ETag!);
        using var answer = await Client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<List<DecodedFeature>> IssuesAsync(TileCoord tile)
    {
        var layers = MvtDecoder.Decode(await Client.GetByteArrayAsync($"/tiles/issues/{tile}.mvt"));
        return layers.TryGetValue("issues", out var layer) ? layer.Features : [];
    }

    private async Task InsertAsync(string number, LonLat point, string state, TimeSpan due, DateTime? closed = null)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var snapped = point.Snap();
        var geometry = Lattice.Factory.CreatePoint(new NetTopologySuite.Geometries.Coordinate(snapped.Lon, snapped.Lat));
        await connection.ExecuteAsync(InsertSql, new { number, point = geometry, state, due, closed });
    }
}
