using System.Net;
using System.Text.Json;

namespace GridMap.Api.Tests.Imports;

/// <summary>What an import makes of polygons, fields and codes as they come. Each test begins with an empty territory of its own.</summary>
public sealed class ImportBuildTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private const string Replace = "mode=replace";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.PublishAsync([]);
    }

    [Fact]
    public async Task A_tolerance_closes_gaps_and_overlaps_and_reports_each()
    {
        // A gap a few centimetres wide between a and b, an overlap of as much between b and c.
        var file = TownshipFile(
            "rough.geojson",
            new TestGrid("a", 1, null, "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"),
            new TestGrid("b", 1, null, "POLYGON ((10.0005 0, 20 0, 20 10, 10.0005 10, 10 5, 10.0005 0))"),
            new TestGrid("c", 1, null, "POLYGON ((19.9995 0, 30 0, 30 10, 19.9995 10, 19.9995 0))"));
        var rough = await ImportAsync(file, "level=1", Replace);
        Assert.Equal(["overlap"], (await DefectsAsync(AssertDone(rough))).Select(d => d.Kind).Where(kind => kind is "overlap"));
        (await PublishAsync(AssertDone(rough))).AssertProblem(HttpStatusCode.Conflict, "blocking_defects");

        var mended = await ImportAsync(file, "level=1", Replace, "tolerance=0.5");
        Assert.DoesNotContain(await DefectsAsync(AssertDone(mended)), defect => defect.Kind is "overlap" or "sliver");
        Assert.Contains("overlap_resolved", Repairs(mended).Keys);
        Assert.InRange(mended.GetProperty("report").GetProperty("largestDisplacementMetres").GetDouble(), 0, 0.001);
        var place = mended.GetProperty("report").GetProperty("repairs").EnumerateArray().First(r => r.GetProperty("kind").GetString() == "overlap_resolved").GetProperty("places")[0];
        Assert.Equal(["b", "c"], place.GetProperty("codes").EnumerateArray().Select(code => code.GetString()).Order());
        (await PublishAsync(AssertDone(mended))).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Broken_outlines_are_repaired_with_a_report()
    {
        var file = Files.Text("broken.geojson", """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"code":"bow"},"geometry":{"type":"Polygon","coordinates":[[[113,23],[113.0625,23.0625],[113.0625,23],[113,23.0625],[113,23]]]}},
              {"type":"Feature","properties":{"code":"twice"},"geometry":{"type":"Polygon","coordinates":[[[113.25,23],[113.3125,23],[113.3125,23],[113.3125,23.0625],[113.25,23]]]}},
              {"type":"Feature","properties":{"code":"nothing"},"geometry":null},
              {"type":"Feature","properties":{"code":"line"},"geometry":{"type":"LineString","coordinates":[[113,23],[114,24]]}},
              {"type":"Feature","properties":{"code":"flat"},"geometry":{"type":"Polygon","coordinates":[[[113.5,23],[113.5625,23],[113.5,23],[113.5,23]]]}}]}
            """);
        var job = await ImportAsync(file, "level=1", Replace);
        var plan = AssertDone(job);
        var report = job.GetProperty("report");
        Assert.Equal(1, Repairs(job)["self_intersection"]);
        Assert.Equal(1, Repairs(job)["duplicate_points"]);
        Assert.Equal(5, report.GetProperty("features").GetInt32());
        Assert.Equal(
            [(3, "no_geometry"), (4, "not_polygonal")],
            report.GetProperty("skipped").EnumerateArray().Select(s => (s.GetProperty("feature").GetInt32(), s.GetProperty("reason").GetString()!)));
        Assert.Equal([("invalid_ring", "flat"), ("part_apart", "bow")], (await DefectsAsync(plan)).Order());
    }

    [Fact]
    public async Task Outer_levels_are_dissolved_from_fields()
    {
        var file = Squares("base.geojson", (x, y) => $$"""{"code":"c{{x}}{{y}}","town":"t{{x / 2}}","town_name":"镇{{x / 2}}","village":"v{{x / 2}}{{y / 2}}"}""");
        var job = await ImportAsync(file, "level=3", Replace, "dissolve=town:town_name,village");
        var plan = AssertDone(job);
        Assert.Equal([2, 4, 16], Enumerable.Range(1, 3).Select(level => Level(job, level).Total));
        Assert.Empty(await DefectsAsync(plan));
        var areas = job.GetProperty("report").GetProperty("levels").EnumerateArray().Select(l => l.GetProperty("squareMetres").GetDouble()).ToList();
        Assert.Equal(areas[0], areas[1], 3);
        Assert.Equal(areas[0], areas[2], 3);
        (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK);
        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("t1") is not null, "the new generation is served");
        var served = Service.Snapshots.Current;
        Assert.Equal("镇1", served.ByCode("t1")!.Name);
        Assert.Equal(["t1", "v11", "c32"], served.Chain(served.ByCode("c32")!).Select(grid => grid.Code));

        var crossed = Squares("crossed.geojson", (x, y) => $$"""{"code":"c{{x}}{{y}}","town":"t{{x}}","village":"v{{y}}"}""");
        AssertRefused(await ImportAsync(crossed, "level=3", Replace, "dissolve=town,village"), "dissolve_ambiguous", "dissolve");
    }

    [Fact]
    public async Task Codes_are_made_as_a_page_is_read_and_never_twice()
    {
        var file = Squares("plain.geojson", (x, y) => $$"""{"at":"{{x}}{{y}}"}""");
        var first = AssertDone(await ImportAsync(file, "level=1", Replace, "generateCodes=440605001201", "nameField=at"));
        var codes = (await NamesAsync(first)).ToDictionary(pair => pair.Value, pair => pair.Key);
        Assert.Equal("440605001201001", codes["03"]); // north-west
        Assert.Equal("440605001201004", codes["33"]);
        Assert.Equal("440605001201013", codes["00"]);
        Assert.Equal("440605001201016", codes["30"]); // south-east
        (await PublishAsync(first)).AssertStatus(HttpStatusCode.OK);

        var again = AssertDone(await ImportAsync(file, "level=1", Replace, "generateCodes=440605001201", "nameField=at"));
        Assert.Empty((await NamesAsync(again)).Keys.Intersect(codes.Values));
        AssertRefused(await ImportAsync(file, "level=1", Replace, "generateCodes=parent"), "prefix_invalid", "generateCodes");
    }

    [Fact]
    public async Task Codes_can_take_their_prefix_from_the_parent()
    {
        var village = Files.Text("village.geojson", """{"type":"Feature","properties":{"code":"440605001203"},"geometry":{"type":"Polygon","coordinates":[[[113,23],[113.0625,23],[113.0625,23.0625],[113,23.0625],[113,23]]]}}""");
        var plan = AssertDone(await ImportAsync(
            [("file.1", village), ("file.2", Squares("plain.geojson", (x, y) => "{}"))], Replace, "generateCodes=parent"));
        Assert.Equal(16, (await NamesAsync(plan)).Keys.Count(code => code.StartsWith("440605001203", StringComparison.Ordinal) && code.Length == 15));
        Assert.Empty(await DefectsAsync(plan));
    }

    [Fact]
    public async Task Two_features_of_one_code_are_a_defect_or_one_grid_in_parts()
    {
        var file = TownshipFile(
            "twice.geojson", new TestGrid("d", 1, null, "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"), new TestGrid("d", 1, null, "POLYGON ((20 0, 30 0, 30 10, 20 10, 20 0))"));
        var plan = AssertDone(await ImportAsync(file, "level=1", Replace));
        Assert.Contains(("duplicate_code", "d d"), await DefectsAsync(plan));
        (await PublishAsync(plan)).AssertProblem(HttpStatusCode.Conflict, "blocking_defects");

        var merged = await ImportAsync(file, "level=1", Replace, "merge=true");
        Assert.Equal(1, Level(merged, 1).Total);
        Assert.Equal([("part_apart", "d")], await DefectsAsync(AssertDone(merged)));
    }

    [Fact]
    public async Task Households_are_kept_and_listed_when_out_of_range()
    {
        var file = Squares("households.geojson", (x, y) => $$"""{"code":"h{{x}}{{y}}","p1":"p1","p2":"p2","p3":"p3","户数":{{(x == 0 ? 20 : 400)}}}""");
        var plan = AssertDone(await ImportAsync(file, Replace, "dissolve=p1,p2,p3"));
        Assert.Equal(["h00", "h01", "h02", "h03"], (await DefectsAsync(plan)).Where(d => d.Kind == "households_out_of_range").Select(d => d.Codes).Order());
    }

    [Fact]
    public async Task Every_grid_without_anybody_is_listed_and_blocks_nothing()
    {
        var plan = AssertDone(await ImportAsync(Squares("nobody.geojson", (x, y) => $$"""{"code":"n{{x}}{{y}}"}"""), "level=1", Replace));
        var page = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?kind=nobody_responsible&limit=10")).Json;
        Assert.Equal(10, page.GetProperty("items").GetArrayLength());
        Assert.All(page.GetProperty("items").EnumerateArray(), defect => Assert.False(defect.GetProperty("blocks").GetBoolean()));
        var rest = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?kind=nobody_responsible&limit=10&cursor={page.GetProperty("next").GetString()}")).Json;
        Assert.Equal((6, JsonValueKind.Null), (rest.GetProperty("items").GetArrayLength(), rest.GetProperty("next").ValueKind));
    }

    [Fact]
    public async Task A_GBK_shapefile_in_a_projected_system_becomes_a_plan()
    {
        var json = Files.GeoJson("villages.geojson", SourceFiles.TwoVillages);
        Files.Convert(json, "v.shp", "-f", "ESRI Shapefile", "-lco", "ENCODING=GBK", "-t_srs", "EPSG:4547");
        var job = await ImportAsync(Files.Zip("村.zip", "v.shp", "v.dbf", "v.prj"), "level=1", Replace, "name=两村");
        var plan = AssertDone(job);
        Assert.Equal(["code", "name"], job.GetProperty("report").GetProperty("fields")[0].GetProperty("guessed").EnumerateArray().Select(field => field.GetString()));
        Assert.Equal(SourceFiles.TwoVillages.ToDictionary(v => v.Code, v => v.Name), (await NamesAsync(plan)).Where(pair => pair.Key.StartsWith("4406050012", StringComparison.Ordinal)).ToDictionary());
        Assert.Equal("两村", (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("name").GetString());
    }

    /// <summary>Codes and names of the grids that a plan brings.</summary>
    private async Task<Dictionary<string, string>> NamesAsync(long plan) =>
        (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/grids?changed=true&limit=1000")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
        .Where(grid => !grid.GetProperty("removed").GetBoolean())
        .ToDictionary(grid => grid.GetProperty("code").GetString()!, grid => grid.GetProperty("name").GetString()!);

    /// <summary>Four by four squares, with properties by column (west to east) and row (south to north).</summary>
    private string Squares(string name, Func<int, int, string> properties)
    {
        const double Side = 1d / 64;
        var features =
            from x in Enumerable.Range(0, 4)
            from y in Enumerable.Range(0, 4)
            let west = 113 + x * Side
            let south = 23 + y * Side
            select $$$"""{"type":"Feature","properties":{{{properties(x, y)}}},"geometry":{"type":"Polygon","coordinates":[[[{{{west}}},{{{south}}}],[{{{west + Side}}},{{{south}}}],[{{{west + Side}}},{{{south + Side}}}],[{{{west}}},{{{south + Side}}}],[{{{west}}},{{{south}}}]]]}}""";
        return Files.Text(name, $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");
    }
}
