using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using GridMap.Api.Tests.Imports;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Tests.Exports;

/// <summary>What stands in the files, as other programs read it: vertices to the millimetre, codes as text, GBK, names.</summary>
public sealed class ExportFormatTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private const double Millimetre = 0.001;

    [Theory]
    [InlineData("gpkg", "zone=auto", 4526)]
    [InlineData("shp", "zone=auto", 4526)]
    [InlineData("gpkg", "zone=37", 4525)]
    [InlineData("shp", "crs=EPSG:4547", 4547)]
    [InlineData("dxf", "level=3", 4526)]
    public async Task Every_vertex_lies_within_a_millimetre_in_a_zone(string format, string query, int epsg)
    {
        var number = await Service.PublishAsync(TestTownship.First);
        Assert.True(GaussKrugerZone.TryFromEpsg(epsg, out var zone));
        var path = await SaveAsync($"/api/v1/generations/{number}/export?format={format}&{query}", format == "shp" ? "zone.zip" : $"zone.{format}");
        if (format == "shp")
            await ZipFile.ExtractToDirectoryAsync(path, Files.PathOf("zone"));
        var dataset = format == "shp" ? Files.PathOf("zone") : path;
        var rings = Rings(Features(dataset, format == "dxf" ? "entities" : "grids-3")).ToList();
        var expected = TestTownship.First.Where(grid => grid.Level == 3)
            .SelectMany(grid => TestTownship.Polygon(grid.Wkt).Geometries.Cast<Polygon>())
            .SelectMany(polygon => polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            .Select(ring => ring.Coordinates.Select(at => zone!.FromLonLat(new LonLat(at.X, at.Y))).ToList()).ToList();
        Assert.Equal(expected.Count, rings.Count);
        Assert.All(expected, ring => Assert.Contains(rings, found => IsSame(ring, found)));
    }

    [Fact]
    public async Task Without_a_projection_every_vertex_is_the_lattice_point_that_is_stored()
    {
        var number = await Service.PublishAsync(TestTownship.First);
        foreach (var format in (string[])["gpkg", "kml", "geojson"])
        {
            var path = await SaveAsync($"/api/v1/generations/{number}/export?format={format}&level=3", $"degrees.{format}");
            var found = Rings(Features(path, format switch { "gpkg" => "grids-3", "kml" => "grids_3", _ => null }))
                .SelectMany(ring => ring).Select(at => LatticePoint.FromDegrees(at.X, at.Y)).ToHashSet();
            var stored = TestTownship.First.Where(grid => grid.Level == 3)
                .SelectMany(grid => TestTownship.Polygon(grid.Wkt).Coordinates).Select(LatticePoint.From).ToHashSet();
            Assert.True(stored.SetEquals(found), format);
        }
    }

    [Fact]
    public async Task A_shapefile_in_GBK_says_so_and_keeps_codes_and_names_as_texts()
    {
        var number = await Service.PublishAsync([new("440605001002", 1, null, "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))") { Name = "禾城社区第一网格" }]);
        var zip = await SaveAsync($"/api/v1/generations/{number}/export?format=shp&encoding=gbk", "gbk.zip");
        await ZipFile.ExtractToDirectoryAsync(zip, Files.PathOf("gbk"));
        Assert.Equal("936", await File.ReadAllTextAsync(Files.PathOf("gbk/grids-1.cpg")));
        var table = await File.ReadAllBytesAsync(Files.PathOf("gbk/grids-1.dbf"));
        Assert.Equal(0x4D, table[29]);
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        Assert.Contains("禾城社区第一网格", gbk.GetString(table), StringComparison.Ordinal);
        var read = SourceFiles.Output("ogrinfo", "-ro", "-al", "-geom=NO", Files.PathOf("gbk/grids-1.shp"));
        Assert.Contains("code (String) = 440605001002", read, StringComparison.Ordinal);
        Assert.Contains("name (String) = 禾城社区第一网格", read, StringComparison.Ordinal);
        foreach (var field in (string[])["code", "name", "level", "kind", "parent", "parentname", "area_m2", "households", "telephone"])
            Assert.Contains($"\n  {field} (", read, StringComparison.Ordinal);

        var utf8 = await SaveAsync($"/api/v1/generations/{number}/export?format=shp&encoding=utf-8", "utf8.zip");
        await ZipFile.ExtractToDirectoryAsync(utf8, Files.PathOf("utf8"));
        Assert.Equal("UTF-8", await File.ReadAllTextAsync(Files.PathOf("utf8/grids-1.cpg")));
    }

    [Fact]
    public async Task What_a_Shapefile_cannot_hold_is_refused_by_name_and_nothing_is_cut_off()
    {
        var rare = await Service.PublishAsync([new("R", 1, null, "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))") { Name = "𬒈村" }]);
        (await Admin.GetAnswerAsync($"/api/v1/generations/{rare}/export?format=shp&encoding=gbk")).AssertProblem(HttpStatusCode.BadRequest, "encoding_lacks", "encoding");
        (await Admin.GetAnswerAsync($"/api/v1/generations/{rare}/export?format=shp")).AssertStatus(HttpStatusCode.OK);
        var wordy = await Service.PublishAsync([new("R", 1, null, "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))") { Name = new string('网', 100) }]);
        (await Admin.GetAnswerAsync($"/api/v1/generations/{wordy}/export?format=shp")).AssertProblem(HttpStatusCode.BadRequest, "text_too_long", "format");
        (await Admin.GetAnswerAsync($"/api/v1/generations/{wordy}/export?format=shp&encoding=gbk")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_drawing_has_a_layer_a_level_with_closed_lines_and_names()
    {
        await Service.PublishAsync(TestTownship.First);
        var path = await SaveAsync("/api/v1/exports/grids?format=dxf", "all.dxf");
        var features = Features(path, "entities").ToList();
        var layers = features.Select(feature => Text(feature, "Layer")).Distinct().Order().ToArray();
        Assert.Equal("grids-1 grids-2 grids-3 grids-4", string.Join(' ', layers));
        var texts = features.Where(feature => Type(feature) == "Point").Select(feature => Text(feature, "Text")).ToList();
        Assert.Equal(TestTownship.First.Select(grid => grid.Name ?? grid.Code).Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));

        // And the import takes the outlines for grids again.
        var outer = await SaveAsync("/api/v1/exports/grids?format=dxf&level=1", "outer.dxf");
        var job = await ImportAsync(outer, "level=1", "mode=replace", "crs=EPSG:4526", "generateCodes=440605001201");
        AssertDone(job);
        var drawn = await Admin.ListAllAsync($"/api/v1/plans/{job.GetProperty("planId").GetInt64()}/grids?level=1");
        var stored = await Admin.ListAllAsync("/api/v1/grids?level=1");
        Assert.Equal(Areas(stored), Areas(drawn));
    }

    [Fact]
    public async Task A_sheet_has_codes_as_texts_and_areas_as_numbers()
    {
        var number = await Service.PublishAsync(
        [
            new("440605001002", 1, null, "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))") { Name = "=1+1", Attributes = """{"households":312,"telephone":"0757-1234567","单位":"学校"}""" },
        ]);
        var path = await SaveAsync($"/api/v1/generations/{number}/export?format=xlsx", "grids.xlsx");
        var sheet = SourceFiles.Output("ogrinfo", "-ro", "-al", path);
        Assert.Contains("网格编码 (String) = 440605001002", sheet, StringComparison.Ordinal);
        Assert.Contains("网格名称 (String) = =1+1", sheet, StringComparison.Ordinal);
        Assert.Contains("户数 (Integer) = 312", sheet, StringComparison.Ordinal);
        Assert.Contains("值班电话 (String) = 0757-1234567", sheet, StringComparison.Ordinal);
        Assert.Contains("单位 (String) = 学校", sheet, StringComparison.Ordinal);
        Assert.Matches(@"面积（平方米） \(Real\) = \d{6}\.\d", sheet);
        using var zip = ZipFile.OpenRead(path);
        await using var part = await zip.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal) || entry.FullName.Contains("worksheets/", StringComparison.Ordinal)).OpenAsync();
        var xml = await new StreamReader(part).ReadToEndAsync();
        Assert.Contains("""<c r="A2" s="1" t="inlineStr">""", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_leaves_as_it_stands()
    {
        await Service.PublishAsync(TestTownship.First);
        var plan = (await Admin.PostJsonAsync("/api/v1/plans", new { name = "并" })).AssertStatus(HttpStatusCode.Created);
        var id = plan.Json.GetProperty("id").GetInt64();
        (await Admin.PostJsonAsync($"/api/v1/plans/{id}/edits", new { kind = "update", grid = "T1.2.a", name = "东片" }, ("If-Match", plan.Header("ETag")!))).AssertStatus(HttpStatusCode.Created);
        var path = await SaveAsync($"/api/v1/plans/{id}/export?format=gpkg&level=4", "plan.gpkg");
        var read = SourceFiles.Output("ogrinfo", "-ro", "-al", "-geom=NO", path);
        Assert.Contains("name (String) = 东片", read, StringComparison.Ordinal);
        Assert.Contains("parentname (String) = T1.2", read, StringComparison.Ordinal);
        Assert.DoesNotContain("东片", (await Admin.GetAnswerAsync("/api/v1/exports/grids?level=4")).Text, StringComparison.Ordinal);
        var file = (await Admin.GetAnswerAsync($"/api/v1/plans/{id}/export")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal($"plan-{id}.geojson", file.Message.Content.Headers.ContentDisposition?.FileName);
    }

    private static List<double> Areas(IEnumerable<JsonElement> grids) =>
        [.. grids.Select(grid => Math.Round(grid.GetProperty("areaSquareMetres").GetDouble())).Order()];

    private static IEnumerable<List<Coordinate>> Rings(IEnumerable<JsonElement> features)
    {
        foreach (var geometry in features.Select(feature => feature.GetProperty("geometry")))
        {
            var coordinates = geometry.GetProperty("coordinates");
            var rings = geometry.GetProperty("type").GetString() switch
            {
                "LineString" => [coordinates],
                "Polygon" => coordinates.EnumerateArray(),
                "MultiPolygon" => coordinates.EnumerateArray().SelectMany(part => part.EnumerateArray()),
                _ => Enumerable.Empty<JsonElement>(),
            };
            foreach (var ring in rings)
                yield return [.. ring.EnumerateArray().Select(at => new Coordinate(at[0].GetDouble(), at[1].GetDouble()))];
        }
    }

    // The same vertices in the same order, from whichever one on and whichever way round.
    private static bool IsSame(List<GaussKrugerPosition> expected, List<Coordinate> found)
    {
        var count = expected.Count - 1;
        return found.Count == expected.Count && Enumerable.Range(0, count).Any(start => ((int[])[1, -1]).Any(way => Enumerable.Range(0, count).All(i =>
        {
            var at = found[((start + way * i) % count + count) % count];
            return Math.Abs(at.X - expected[i].Easting) < Millimetre && Math.Abs(at.Y - expected[i].Northing) < Millimetre;
        })));
    }

    private List<JsonElement> Features(string dataset, string? layer)
    {
        string[] named = layer is null ? [] : [layer];
        var text = SourceFiles.Output("ogr2ogr", ["-f", "GeoJSONSeq", "-s_srs", "EPSG:4326", "-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=15", "/vsistdout/", dataset, .. named]);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static string? Text(JsonElement feature, string name) => feature.GetProperty("properties").GetProperty(name).GetString();

    private static string? Type(JsonElement feature) => feature.GetProperty("geometry").GetProperty("type").GetString();

    private async Task<string> SaveAsync(string address, string name)
    {
        using var answer = await Admin.GetAsync(new Uri(address, UriKind.Relative));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await File.WriteAllBytesAsync(Files.PathOf(name), await answer.Content.ReadAsByteArrayAsync());
        return Files.PathOf(name);
    }
}
