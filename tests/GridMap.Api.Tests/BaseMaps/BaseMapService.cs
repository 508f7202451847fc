using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.BaseMaps;

/// <summary>A service with base maps of every kind, set as an office does it: in the file <c>settings.json</c> of its data folder.</summary>
public sealed class BaseMapService : TestService
{
    /// <summary>Must be seen nowhere but at the tile server.</summary>
    public const string Key = "s3cret+key";

    private TestTileServer? tileServer;

    /// <summary>The base maps that are refused, and with which code.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["amap"] = "datum_gcj02",
        ["amap-in-disguise"] = "datum_gcj02",
        ["tencent-in-disguise"] = "datum_gcj02",
        ["baidu-in-disguise"] = "datum_bd09",
        ["bd09"] = "datum_bd09",
        ["no-datum"] = "datum_missing",
        ["odd-datum"] = "datum_unknown",
        ["no-key"] = "key_missing",
        ["no-file"] = "file_missing",
        ["no-archive"] = "file_unreadable",
        ["short-archive"] = "file_unreadable",
    };

    /// <summary>The bytes of the file of the base map <c>photo</c>.</summary>
    public static byte[] Archive { get; } = TestPmtiles.Write(TestTileServer.Png, TestPmtiles.Png);

    internal TestTileServer TileServer => tileServer!;

    /// <summary>What the log said when the service started.</summary>
    public IReadOnlyList<TestLogEntry> StartLog { get; private set; } = [];

    public override async Task InitializeAsync()
    {
        tileServer = await TestTileServer.StartAsync();
        await WriteAsync("photo.pmtiles", Archive);
        await WriteAsync("streets.pmtiles", TestPmtiles.Write([], TestPmtiles.Mvt, maxZoom: 15));
        await WriteAsync("readme.pmtiles", [.. Enumerable.Repeat((byte)'x', 500)]);
        await WriteAsync("cut.pmtiles", Archive[..100]);
        await WriteAsync("settings.json", JsonSerializer.SerializeToUtf8Bytes(new { GridMap = new { BaseMaps = Settings(tileServer.Address) } }));
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await TileServer.DisposeAsync();
    }

    protected override void AssertStart()
    {
        StartLog = Log.Take();
        Assert.All(StartLog.Where(entry => entry.Level >= LogLevel.Warning), entry => Assert.Equal(1701, entry.Id.Id));
    }

    private static object[] Settings(string address)
    {
        const string File = "pmtiles";
        return
        [
            new
            {
                Id = "tianditu", Name = "天地图", NameEn = "Tianditu", Kind = "wmts", Url = $"{address}/{{layer}}_w/wmts?tk={{key}}", Layers = new[] { "vec", "cva" },
                MatrixSet = "w", Format = "tiles", Key, Datum = "CGCS2000", MinZoom = 1, Attribution = "天地图 © 自然资源部", Approval = "GS(2026)0001号",
            },
            new { Id = "plain", Name = "街道", Url = $"{address}/plain/{{z}}/{{x}}/{{-y}}.png", Datum = "wgs84", TileSize = 512, MaxZoom = 20 },
            new
            {
                Id = "bad", Name = "坏", Url = $"{address}/bad/{{layer}}/{{z}}/{{x}}/{{y}}?key={{key}}", Key, Datum = "wgs84", TimeoutSeconds = 1,
                Layers = new[] { "missing", "failing", "forbidding", "redirecting", "slow", "halting", "huge", "endless", "html", "svg", "breaking", "unkept" },
            },
            new { Id = "patient", Name = "慢", Url = $"{address}/bad/slow/{{z}}/{{x}}/{{y}}", Datum = "wgs84", TimeoutSeconds = 30 },
            new { Id = "away", Name = "关", Url = "http://127.0.0.1:1/{z}/{x}/{y}?key={key}", Key, Datum = "wgs84" },
            new { Id = "photo", Name = "影像", Kind = File, File = "photo.pmtiles", Datum = "wgs84" },
            new { Id = "streets", Name = "矢量", Kind = File, File = "streets.pmtiles", Datum = "wgs84" },
            new { Id = "amap", Name = "高德", Url = "https://tiles.example/{z}/{x}/{y}", Datum = "gcj02" },
            new { Id = "amap-in-disguise", Name = "高德", Url = "https://webrd0{s}.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}", Subdomains = new[] { "1", "2" }, Datum = "wgs84" },
            new { Id = "tencent-in-disguise", Name = "腾讯", Url = "https://RT0.map.gtimg.com./tile?z={z}&x={x}&y={-y}", Datum = "wgs84" },
            new { Id = "baidu-in-disguise", Name = "百度", Url = "https://maponline0.bdimg.com/tile/?x={x}&y={y}&z={z}", Datum = "cgcs2000" },
            new { Id = "bd09", Name = "百度", Url = "https://tiles.example/{z}/{x}/{y}", Datum = "bd09" },
            new { Id = "no-datum", Name = "无", Url = "https://tiles.example/{z}/{x}/{y}" },
            new { Id = "odd-datum", Name = "北京54", Url = "https://tiles.example/{z}/{x}/{y}", Datum = "beijing54" },
            new { Id = "no-key", Name = "无", Url = "https://tiles.example/{z}/{x}/{y}?key={key}", Datum = "wgs84" },
            new { Id = "no-file", Name = "无", Kind = File, File = "none.pmtiles", Datum = "wgs84" },
            new { Id = "no-archive", Name = "无", Kind = File, File = "readme.pmtiles", Datum = "wgs84" },
            new { Id = "short-archive", Name = "无", Kind = File, File = "cut.pmtiles", Datum = "wgs84" },
        ];
    }

    private Task WriteAsync(string name, byte[] bytes) => File.WriteAllBytesAsync(Path.Combine(DataFolder, name), bytes);
}
