using System.Net;
using GridMap.Api.Tests.Imports;

namespace GridMap.Api.Tests.Exports;

/// <summary>What leaves in a file comes back unchanged, whatever its format and reference system.</summary>
public sealed class ExportTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private const string ExportAddress = "/api/v1/exports/grids";

    [Theory]
    [InlineData("format=gpkg", "out.gpkg")]
    [InlineData("format=gpkg&crs=EPSG:4547", "out.gpkg")]
    [InlineData("format=gpkg&crs=EPSG:4526", "out.gpkg")]
    [InlineData("format=gpkg&crs=wgs84", "out.gpkg")]
    [InlineData("format=shp&encoding=GBK&crs=EPSG:4547", "out.zip")]
    [InlineData("format=shp", "out.zip")]
    [InlineData("format=geojson", "out.geojson")]
    [InlineData("format=geojson&crs=EPSG:4547", "out.geojson")]
    [InlineData("format=gpkg&zone=auto", "out.gpkg")]
    [InlineData("format=shp&zone=38&encoding=gbk&people=true", "out.zip")]
    [InlineData("format=kml", "out.kml")]
    public async Task An_exported_level_imported_again_changes_nothing(string query, string name)
    {
        await Service.PublishAsync(TestTownship.First);
        foreach (var level in (int[])[1, 3])
        {
            var path = await SaveAsync($"{ExportAddress}?{query}&level={level}", $"{level}-{name}");
            var job = await ImportAsync(path, $"level={level}", "mode=replace");
            AssertDone(job);
            var expected = TestTownship.First.Count(grid => grid.Level == level);
            Assert.Equal((0, 0, 0, expected), Level(job, level));
            Assert.Equal(expected, job.GetProperty("report").GetProperty("features").GetInt32());
        }
    }

    [Fact]
    public async Task All_levels_leave_together_a_layer_each_with_the_parents_code()
    {
        await Service.PublishAsync(TestTownship.First);
        var path = await SaveAsync($"{ExportAddress}?format=gpkg&crs=EPSG:4547", "all.gpkg");
        var summary = SourceFiles.Output("ogrinfo", "-ro", "-so", "-al", path);
        Assert.Equal(4, Enumerable.Range(1, 4).Count(level => summary.Contains($"Layer name: grids-{level}", StringComparison.Ordinal)));
        Assert.Contains("ID[\"EPSG\",4547]]", summary, StringComparison.Ordinal);
        var features = SourceFiles.Output("ogrinfo", "-ro", "-al", "-geom=NO", path, "grids-3");
        Assert.Contains("code (String) = T1.S", features, StringComparison.Ordinal);
        Assert.Contains("name (String) = 中心小学", features, StringComparison.Ordinal);
        Assert.Contains("parent (String) = T1", features, StringComparison.Ordinal);
        Assert.Contains("kind (String) = special", features, StringComparison.Ordinal);
        Assert.Contains("area_m2 (Real) = ", features, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_past_generation_leaves_as_it_was()
    {
        var first = await Service.PublishAsync(TestTownship.First);
        await Service.PublishAsync(TestTownship.Second);
        var past = (await Admin.GetAnswerAsync($"{ExportAddress}?at={first}&level=4")).AssertStatus(HttpStatusCode.OK);
        var present = (await Admin.GetAnswerAsync($"{ExportAddress}?level=4")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal((2, 1), (past.Json.GetProperty("features").GetArrayLength(), present.Json.GetProperty("features").GetArrayLength()));
    }

    [Theory]
    [InlineData("format=xlsx&crs=wgs84", "crs_of_sheet", "crs")]
    [InlineData("format=kml&crs=EPSG:4526", "crs_of_kml", "crs")]
    [InlineData("format=kml&zone=auto", "crs_of_kml", "zone")]
    [InlineData("format=gpkg&crs=wgs84&zone=auto", "crs_and_zone", "zone")]
    [InlineData("format=gpkg&zone=46", "bad_zone", "zone")]
    [InlineData("format=gpkg&zone=west", "bad_zone", "zone")]
    [InlineData("format=gpkg&encoding=gbk", "encoding_of_format", "encoding")]
    [InlineData("format=dwg", "bad_format", "format")]
    [InlineData("format=1", "bad_format", "format")]
    [InlineData("crs=gcj02", "crs_unknown", "crs")]
    [InlineData("crs=EPSG:99999", "crs_unknown", "crs")]
    [InlineData("encoding=utf-7", "encoding_unknown", "encoding")]
    [InlineData("level=6", "bad_level", "level")]
    public async Task What_has_no_meaning_is_refused(string query, string code, string field)
    {
        await Service.PublishAsync(TestTownship.First);
        (await Admin.GetAnswerAsync($"{ExportAddress}?{query}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
        (await Admin.GetAnswerAsync("/api/v1/generations/9999/export")).AssertProblem(HttpStatusCode.NotFound, "unknown_generation");
        (await Admin.GetAnswerAsync("/api/v1/plans/9999/export")).AssertProblem(HttpStatusCode.NotFound, "unknown_plan");
        (await Admin.GetAnswerAsync($"{ExportAddress}?at=9999")).AssertProblem(HttpStatusCode.NotFound, "unknown_generation");
        await Eventually.TrueAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(Service.DataFolder, "exports")).Any(), "the folders are gone");
    }

    private async Task<string> SaveAsync(string address, string name)
    {
        using var answer = await Admin.GetAsync(new Uri(address, UriKind.Relative));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await File.WriteAllBytesAsync(Files.PathOf(name), await answer.Content.ReadAsByteArrayAsync());
        return Files.PathOf(name);
    }
}
