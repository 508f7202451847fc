using System.Net;
using Dapper;

namespace GridMap.Api.Tests.Imports;

/// <summary>A bad import is refused with the field and the fix, and leaves nothing.</summary>
public sealed class ImportRefusalTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private const string Square = """{"type":"Polygon","coordinates":[[[113,23],[113.0625,23],[113.0625,23.0625],[113,23.0625],[113,23]]]}""";

    [Theory]
    [InlineData("level=9", "bad_level", "level")]
    [InlineData("level=x", "bad_level", "level")]
    [InlineData("mode=overwrite", "bad_mode", "mode")]
    [InlineData("mode=1", "bad_mode", "mode")]
    [InlineData("tolerance=-1", "bad_tolerance", "tolerance")]
    [InlineData("tolerance=NaN", "bad_tolerance", "tolerance")]
    [InlineData("tolerance=1000", "bad_tolerance", "tolerance")]
    [InlineData("crs=mars", "crs_unknown", "crs")]
    [InlineData("generateCodes=44", "prefix_invalid", "generateCodes")]
    [InlineData("merge=perhaps", "bad_flag", "merge")]
    [InlineData("kind=castle", "kind_unknown", "kind")]
    [InlineData("colour=red", "option_unknown", "colour")]
    [InlineData("level.2=3", "option_unknown", "level.2")]
    [InlineData("dissolve=a,b,c,d", "too_many_levels", "dissolve")]
    public async Task A_value_without_meaning_is_refused_at_once(string value, string code, string field) =>
        (await SendAsync([("file", File("""{"code":"a"}"""))], value)).AssertProblem(HttpStatusCode.BadRequest, code, field);

    [Fact]
    public async Task A_form_must_be_a_form_with_a_file()
    {
        (await SendAsync([], "level=1")).AssertProblem(HttpStatusCode.BadRequest, "file_missing", "file");
        (await SendAsync([("upload", File("{}"))])).AssertProblem(HttpStatusCode.BadRequest, "option_unknown", "upload");
        (await SendAsync([("file", File("{}"))], "level=1", "level=2")).AssertProblem(HttpStatusCode.BadRequest, "option_twice", "level");
        (await Admin.PostTextAsync(Address, "{}")).AssertProblem(HttpStatusCode.UnsupportedMediaType, "bad_content_type");
        (await Admin.PostTextAsync(Address, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut off", "multipart/form-data; boundary=x"))
            .AssertProblem(HttpStatusCode.BadRequest, "bad_form", "file");
    }

    [Fact]
    public async Task The_public_neither_imports_nor_sees_imports_plans_and_exports()
    {
        foreach (var address in (string[])[Address, "/api/v1/plans", "/api/v1/exports/grids"])
            (await Service.Client.GetAnswerAsync(address)).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
        (await Service.Client.PostTextAsync(Address, "", "multipart/form-data; boundary=x")).AssertProblem(HttpStatusCode.Unauthorized, "key_required");
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "", "code_field_missing", "codeField")]
    [InlineData("""{"id":"x"}""", "codeField=code", "field_unknown", "codeField")]
    [InlineData("""{"code":null}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":""}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":"网格"}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":4.40605E+17}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":"4.40605E17"}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":440605.5}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":{}}""", "", "code_invalid", "codeField")]
    [InlineData("""{"code":"a","kind":"castle"}""", "", "kind_unknown", "kindField")]
    [InlineData("""{"code":"a"}""", "level=2", "parent_level_missing", "level")]
    [InlineData("""{"code":"a"}""", "layer=x", "layer_unknown", "layer")]
    [InlineData("""{"code":"a"}""", "crs=EPSG:99999", "crs_unknown", "crs")]
    [InlineData("""{"code":"a"}""", "encoding=a b", "encoding_unknown", "encoding")]
    public async Task What_the_file_does_not_bear_out_fails_the_job(string properties, string value, string code, string field)
    {
        if (code == "encoding_unknown")
            Files.Convert(File(properties), "v.shp", "-f", "ESRI Shapefile");
        var path = code == "encoding_unknown" ? Files.Zip("v.zip", "v.shp", "v.dbf", "v.prj") : File(properties);
        string[] values = value.Length == 0 ? [] : [value];
        var job = await ImportAsync(path, [.. values, .. value.StartsWith("level", StringComparison.Ordinal) ? Array.Empty<string>() : ["level=1"], "mode=replace"]);
        AssertRefused(job, code, field);
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [InlineData("[[[179.9,23],[-179.9,23],[-179.9,23.1],[179.9,23]]]", "crosses_antimeridian")]
    [InlineData("[[[113,84],[114,84],[114,86],[113,84]]]", "beyond_85")]
    [InlineData("[[[113,23],[114,23],[114,123],[113,23]]]", "coordinate_out_of_range")]
    [InlineData("[[[500000,2500000],[500100,2500000],[500100,2500100],[500000,2500000]]]", "coordinate_out_of_range")]
    public async Task What_cannot_be_on_the_map_is_refused_with_the_feature(string coordinates, string code)
    {
        var path = Files.Text("far.geojson", $$$"""
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"code":"a"},"geometry":{{{Square}}}},
              {"type":"Feature","properties":{"code":"b"},"geometry":{"type":"Polygon","coordinates":{{{coordinates}}}}}]}
            """);
        var problem = AssertRefused(await ImportAsync(path, "level=1", "mode=replace"), code, "file");
        Assert.Contains("feature 2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_parent_that_is_not_there_is_named()
    {
        var problem = AssertRefused(
            await ImportAsync([("file.1", File("""{"code":"p"}""")), ("file.2", File("""{"code":"c","parent":"q"}""", "child.geojson"))], "mode=replace"), "parent_unknown", "parentField");
        Assert.Contains("q (child feature 1)", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (await SendAsync([("file.1", File("""{"code":"p"}""")), ("file.3", File("""{"code":"c"}"""))])).AssertProblem(HttpStatusCode.BadRequest, "level_missing", "level");
    }

    [Fact]
    public async Task A_damaged_file_is_refused_without_GDALs_words_which_stand_in_the_log()
    {
        var problem = AssertRefused(await ImportAsync(Files.Text("x.gpkg", "SQLite format 3\0 not really"), "level=1"), "source_unreadable", "file");
        Assert.DoesNotContain("/", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(Service.Log.Take(), entry => entry.Id.Id == 3001);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_unknown_import_or_plan_is_404()
    {
        (await Admin.GetAnswerAsync($"{Address}/999")).AssertProblem(HttpStatusCode.NotFound, "unknown_import");
        (await Admin.GetAnswerAsync("/api/v1/plans/999")).AssertProblem(HttpStatusCode.NotFound, "unknown_plan");
        (await Admin.GetAnswerAsync("/api/v1/plans/999/defects")).AssertProblem(HttpStatusCode.NotFound, "unknown_plan");
    }

    private string File(string properties, string name = "one.geojson") =>
        Files.Text(name, $$"""{"type":"Feature","properties":{{properties}},"geometry":{{Square}}}""");

    // No plan, no grid, no file.
    private async Task AssertNothingIsLeftAsync()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select (select count(*) from plan) + (select count(*) from plan_grid) + (select count(*) from grid)"));
        await Eventually.TrueAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(Service.DataFolder, "imports")).Any(), "the uploads are gone");
    }
}

/// <summary>An office that takes small files only.</summary>
public sealed class SmallImports() : TestService(new Dictionary<string, string?> { ["GridMap:ImportMaxBytes"] = "100000" });

public sealed class ImportSizeTests(SmallImports service) : ImportTest(service), IClassFixture<SmallImports>
{
    [Fact]
    public async Task An_upload_beyond_the_limit_is_refused_while_it_comes()
    {
        var path = Files.Text("large.geojson", new string(' ', 300_000));
        (await SendAsync([("file", path)])).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "too_large", "file");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Service.DataFolder, "imports")));
    }
}
