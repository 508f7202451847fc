using System.Net;
using Dapper;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Imports;

/// <summary>What an import does to the grids that are there. Each test begins by publishing the township.</summary>
public sealed class ImportModeTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    /// <summary>Level 2 with T1 cut in two: T1 below, T9 above.</summary>
    private static readonly TestGrid[] Redrawn =
    [
        new("T1", 2, "T", "POLYGON ((0 0, 32 0, 36 24, 20 24, 0 24, 0 0))"),
        new("T9", 2, "T", "POLYGON ((0 24, 20 24, 36 24, 40 48, 20 48, 0 48, 0 24))"),
        new("T2", 2, "T", "POLYGON ((32 0, 64 0, 64 24, 64 48, 40 48, 36 24, 32 0))"),
    ];

    [Fact]
    public async Task All_levels_of_a_township_come_in_together_and_are_published()
    {
        var files = Enumerable.Range(1, 4).Select(level => ($"file.{level}", TownshipFile(
            $"level{level}.geojson", [.. TestTownship.First.Where(grid => grid.Level == level).Select(grid => grid with { Name = grid.Name ?? grid.Code, Code = $"all.{grid.Code}", Parent = grid.Parent is { } p ? $"all.{p}" : null })]))).ToArray();
        var plan = AssertDone(await ImportAsync(files, "mode=replace"));
        // The hole in T2.1, and what T2 has above it; the special grid fills the hole in T1.1.
        Assert.Equal(["gap", "gap"], (await DefectsAsync(plan)).Select(defect => defect.Kind));
        (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK);
        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("all.T1.S") is not null, "the new generation is served");
        var served = Service.Snapshots.Current;
        Assert.Equal(TestTownship.First.Count, served.Grids.Count);
        foreach (var grid in TestTownship.First)
        {
            var one = served.ByCode($"all.{grid.Code}")!;
            Assert.True(TestTownship.Polygon(grid.Wkt).EqualsTopologically(one.Shape.Polygon), grid.Code);
            Assert.Equal(grid.Parent is null ? null : $"all.{grid.Parent}", served.Parent(one)?.Code);
            Assert.Equal((grid.Kind, grid.Name ?? grid.Code), (one.Kind, one.Name));
        }
    }

    [Fact]
    public async Task An_import_of_what_is_there_changes_nothing()
    {
        await Service.PublishAsync(TestTownship.First);
        var file = TownshipFile("level2.geojson", [.. TestTownship.First.Where(grid => grid.Level == 2)]);
        foreach (var mode in (string[])["replace", "match"])
        {
            var job = await ImportAsync(file, "level=2", $"mode={mode}");
            AssertDone(job);
            Assert.Equal((0, 0, 0, 2), Level(job, 2));
            Assert.Equal((0, 0, 0, 4), Level(job, 3));
        }
    }

    [Fact]
    public async Task Replacing_a_level_keeps_identities_by_code_and_says_what_came_after_the_others()
    {
        await Service.PublishAsync(TestTownship.First);
        var before = await IdsAsync();
        var plan = AssertDone(await ImportAsync(
            TownshipFile("level2.geojson", Redrawn),
            "level=2", "mode=replace"));
        Assert.Contains(("child_outside_parent", "T1 T1.2"), await DefectsAsync(plan)); // T1.2 is where T9 is now.

        var both = AssertDone(await ImportAsync(
            [
                ("file.2", TownshipFile("new2.geojson", Redrawn)),
                ("file.3", TownshipFile(
                    "new3.geojson", new TestGrid("T1.1", 3, "T1", "POLYGON ((0 0, 32 0, 36 24, 20 24, 0 24, 0 0))"), new TestGrid("T9.1", 3, "T9", "POLYGON ((0 24, 20 24, 20 48, 0 48, 0 24))"),
                    new TestGrid("T9.2", 3, "T9", "POLYGON ((20 24, 36 24, 40 48, 20 48, 20 24))"))),
                ("file.4", TownshipFile("new4.geojson", new TestGrid("T1.2.a", 4, "T9.1", "POLYGON ((0 24, 20 24, 20 48, 0 48, 0 24))"))),
            ],
            "mode=replace"));
        (await PublishAsync(both)).AssertStatus(HttpStatusCode.OK);
        var after = await IdsAsync();
        Assert.Equal(["T", "T1", "T1.1", "T1.2.a", "T2", "U"], after.Keys.Where(before.ContainsKey).Order(StringComparer.Ordinal));
        Assert.All(after.Where(pair => before.ContainsKey(pair.Key)), pair => Assert.Equal(before[pair.Key], pair.Value));
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var lineage = (await connection.QueryAsync<(long From, long To, double Share)>("select from_id, to_id, share from lineage where generation = (select max(number) from generation) order by share"))
            .Where(row => row.From == before["T1.2"]).ToList();
        Assert.Equal([after["T9.2"], after["T9.1"]], lineage.Select(row => row.To));
        Assert.Equal(1, lineage.Sum(row => row.Share), 9);
        Assert.Equal(432d / 912, lineage[0].Share, 9); // (16 + 20) * 24 / 2 of (36 + 40) * 24 / 2
    }

    [Fact]
    public async Task Replacing_inside_a_parent_leaves_all_else_as_it_is()
    {
        await Service.PublishAsync(TestTownship.First);
        var job = await ImportAsync(
            TownshipFile("inside.geojson", new TestGrid("T2.N", 3, null, "POLYGON ((32 0, 64 0, 64 24, 36 24, 32 0))"), new TestGrid("T2.M", 3, null, "POLYGON ((36 24, 64 24, 64 48, 40 48, 36 24))")),
            "level=3", "mode=replace", "parent=T2");
        var plan = AssertDone(job);
        Assert.Equal((2, 0, 1, 5), Level(job, 3));
        Assert.Equal((0, 0, 0, 2), Level(job, 4));
        var listed = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/grids?changed=true")).Json.GetProperty("items").EnumerateArray()
            .Select(grid => (grid.GetProperty("code").GetString(), grid.GetProperty("removed").GetBoolean())).Order();
        Assert.Equal([("T2.1", true), ("T2.M", false), ("T2.N", false)], listed);
        (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Adding_puts_grids_into_free_space_and_lists_where_there_is_none()
    {
        await Service.PublishAsync(TestTownship.First);
        var free = await ImportAsync(TownshipFile("free.geojson", new TestGrid("T2.free", 3, null, "POLYGON ((36 24, 64 24, 64 48, 40 48, 36 24))")), "level=3", "mode=add");
        var plan = AssertDone(free);
        Assert.Equal((1, 0, 0, 5), Level(free, 3));
        Assert.DoesNotContain(await DefectsAsync(plan), defect => defect.Kind == "overlap");

        var taken = AssertDone(await ImportAsync(TownshipFile("taken.geojson", new TestGrid("T2.over", 3, null, "POLYGON ((40 20, 60 20, 60 40, 44 40, 40 20))")), "level=3", "mode=add"));
        Assert.Contains(("overlap", "T2.1 T2.over"), await DefectsAsync(taken));
        (await PublishAsync(taken)).AssertProblem(HttpStatusCode.Conflict, "blocking_defects");
    }

    [Fact]
    public async Task Modes_refuse_codes_that_do_not_suit_them()
    {
        await Service.PublishAsync(TestTownship.First);
        var t1 = TownshipFile("t1.geojson", TestTownship.First.Single(grid => grid.Code == "T1"));
        var unknown = TownshipFile("t7.geojson", new TestGrid("T7", 2, null, "POLYGON ((32 0, 64 0, 64 24, 36 24, 32 0))"));
        AssertRefused(await ImportAsync(t1, "level=2"), "mode_missing", "mode");
        AssertRefused(await ImportAsync(t1, "level=2", "mode=add"), "code_exists");
        AssertRefused(await ImportAsync(unknown, "level=2", "mode=match"), "code_unknown");
        AssertRefused(await ImportAsync(t1, "level=3", "mode=match"), "level_differs");
        AssertRefused(await ImportAsync(unknown, "level=3", "mode=replace", "parent=T9"), "unknown_grid", "parent");
        AssertRefused(await ImportAsync(unknown, "level=2", "mode=replace", "parent=T1"), "bad_parent_level", "parent");
        AssertRefused(await ImportAsync(TownshipFile("elsewhere.geojson", new TestGrid("T1.1", 3, null, "POLYGON ((32 0, 64 0, 64 24, 36 24, 32 0))")), "level=3", "mode=replace", "parent=T2"), "code_outside_parent");
    }

    [Fact]
    public async Task A_code_that_is_gone_comes_back_to_its_own_grid_and_to_no_other()
    {
        await Service.PublishAsync(TestTownship.First);
        var id = (await IdsAsync())["T1.2.b"];
        await Service.PublishAsync(TestTownship.Second);
        var plan = AssertDone(await ImportAsync(TownshipFile("back.geojson", TestTownship.First.Single(grid => grid.Code == "T1.2.b")), "mode=add"));
        (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(id, (await IdsAsync())["T1.2.b"]);
    }

    [Fact]
    public async Task Grids_whose_parent_is_gone_hang_on_the_one_that_lies_there_now()
    {
        await Service.PublishAsync(TestTownship.First);
        var plan = AssertDone(await ImportAsync(
            TownshipFile("renamed.geojson", new TestGrid("N1", 2, "T", "POLYGON ((0 0, 32 0, 36 24, 40 48, 20 48, 0 48, 0 24, 0 0))"), new TestGrid("N2", 2, "T", "POLYGON ((32 0, 64 0, 64 24, 64 48, 40 48, 36 24, 32 0))")),
            "level=2", "mode=replace"));
        (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK);
        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("N1") is not null, "the new generation is served");
        var served = Service.Snapshots.Current;
        Assert.Equal("N1", served.Parent(served.ByCode("T1.S")!)!.Code);
        Assert.Equal("N2", served.Parent(served.ByCode("T2.1")!)!.Code);
    }

    [Fact]
    public async Task Shifted_coordinates_land_where_they_belong()
    {
        await Service.PublishAsync(TestTownship.First);
        var square = TestTownship.Polygon("POLYGON ((66 0, 68 0, 68 2, 66 2, 66 0))");
        foreach (var datum in (Datum[])[Datum.Gcj02, Datum.Bd09])
        {
            var shifted = string.Join(",", square.Coordinates.Select(c =>
            {
                var (lon, lat) = Datums.FromWgs84(new LonLat(c.X, c.Y), datum);
                return $"[{lon:R},{lat:R}]";
            }));
            var file = Files.Text("shifted.geojson", $$$"""{"type":"Feature","properties":{"code":"S.{{{datum}}}"},"geometry":{"type":"Polygon","coordinates":[[{{{shifted}}}]]}}""");
            var plan = AssertDone(await ImportAsync(file, "level=1", "mode=add", $"crs={datum.ToWire()}"));
            await using var connection = await Service.Owner.OpenConnectionAsync();
            var came = await connection.ExecuteScalarAsync<NetTopologySuite.Geometries.Geometry>("select geom from plan_grid where plan_id = @plan", new { plan });
            Assert.True(square.EqualsTopologically(came), came!.AsText());
        }
    }

    private async Task<Dictionary<string, long>> IdsAsync()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return (await connection.QueryAsync<(string Code, long Id)>("select code, grid_id from grid_version where to_generation is null"))
            .ToDictionary(row => row.Code, row => row.Id);
    }
}
