using GridMap.Api.BaseMaps;
using GridMap.Core.Tiles;

namespace GridMap.Api.Tests.BaseMaps;

/// <summary>What may be written in the settings of a base map, and which address is made of it.</summary>
public sealed class BaseMapSettingsTests
{
    [Fact]
    public void The_example_of_the_handbook_makes_the_addresses_that_Tianditu_wants()
    {
        var map = Tianditu();
        Assert.Empty(BaseMapValidation.Faults(map));
        Assert.Equal(
            "https://t3.tianditu.gov.cn/vec_w/wmts?tk=abc&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles" +
            "&TILEMATRIX=3&TILEROW=5&TILECOL=6",
            new TileAddress(map, "vec").Of(new TileCoord(3, 6, 5)).AbsoluteUri);
    }

    [Fact]
    public void Nothing_in_a_key_or_a_layer_can_change_the_address()
    {
        var map = new BaseMapOptions { Url = "https://maps.example/{layer}/{z}/{x}/{y}?key={key}", Key = "a&b={z}#/../" };
        Assert.Equal("https://maps.example/a%3Ab/3/6/5?key=a%26b%3D%7Bz%7D%23%2F..%2F", new TileAddress(map, "a:b").Of(new TileCoord(3, 6, 5)).AbsoluteUri);
    }

    [Fact]
    public void A_matrix_may_have_a_prefix()
    {
        var map = new BaseMapOptions { Kind = "wmts", Url = "https://maps.example/wmts", Layers = ["a"], MatrixSet = "EPSG:900913", Matrix = "EPSG:900913:{z}" };
        Assert.Contains("&TILEMATRIXSET=EPSG%3A900913&FORMAT=image%2Fpng&TILEMATRIX=EPSG%3A900913%3A7&", new TileAddress(map, "a").Of(new TileCoord(7, 0, 0)).AbsoluteUri, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<BaseMapOptions>> Mistakes => new()
    {
        { "Id", map => map.Id = "天地图" },
        { "Id", map => map.Id = "../x" },
        { "Name", map => map.Name = "" },
        { "Kind", map => map.Kind = "wms" },
        { "https://", map => map.Url = "ftp://{s}.example/wmts?tk={key}" },
        { "https://", map => map.Url = "t{s}.example/wmts?tk={key}" },
        { "host", map => map.Url = "https://t{s}.{layer}.example/wmts?tk={key}" },
        { "{token}", map => map.Url += "&x={token}" },
        { "Subdomains", map => map.Subdomains = [] },
        { "Subdomains", map => map.Subdomains = ["a.evil.example/"] },
        { "Key", map => map.Url = "https://t{s}.example/wmts" },
        { "Layers", map => map.Layers = [] },
        { "Layers", map => map.Layers = ["a", "a"] },
        { "Layers", map => map.Layers = ["a/b"] },
        { "MinZoom", map => map.MinZoom = 19 },
        { "MaxZoom", map => map.MaxZoom = 40 },
        { "TileSize", map => map.TileSize = 300 },
        { "TimeoutSeconds", map => map.TimeoutSeconds = 0 },
        { "{z}", map => map.Kind = "xyz" },
        { "File", map => map.Kind = "pmtiles" },
        { "data folder", map => (map.Kind, map.Url, map.File) = ("pmtiles", "", "../admin-key") },
        { "data folder", map => (map.Kind, map.Url, map.File) = ("pmtiles", "", "/etc/passwd") },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_said_without_address_and_key(string word, Action<BaseMapOptions> mistake)
    {
        var map = Tianditu();
        map.Key = "s3cret";
        mistake(map);
        var faults = BaseMapValidation.Faults(map).ToList();
        Assert.Contains(faults, fault => fault.Contains(word, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("s3cret", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("webrd01.is.autonavi.com", true)]
    [InlineData("WPRD01.IS.AUTONAVI.COM", true)]
    [InlineData("mt2.google.cn", true)]
    [InlineData("qq.com", true)]
    [InlineData("notqq.com", false)]
    [InlineData("qq.com.example", false)]
    [InlineData("t0.tianditu.gov.cn", false)]
    public void Hosts_of_shifted_tiles_are_known_by_their_domain(string host, bool known) => Assert.Equal(known, ShiftedHosts.Find(host) is not null);

    private static BaseMapOptions Tianditu() => new()
    {
        Id = "tianditu",
        Name = "天地图",
        Kind = "wmts",
        Url = "https://t{s}.tianditu.gov.cn/{layer}_w/wmts?tk={key}",
        Layers = ["vec", "cva"],
        MatrixSet = "w",
        Format = "tiles",
        Subdomains = ["0", "1", "2", "3", "4", "5", "6", "7"],
        Key = "abc",
        Datum = "cgcs2000",
    };
}
