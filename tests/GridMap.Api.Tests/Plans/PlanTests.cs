using System.Net;
using Dapper;
using GridMap.Api.Plans;
using GridMap.Api.Tests.Imports;
using GridMap.Core.Coverages;

namespace GridMap.Api.Tests.Plans;

/// <summary>Plans as planners see them, and what keeps one from being published.</summary>
public sealed class PlanTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private static readonly TestGrid[] TwoSquares =
    [
        new("P1", 1, null, "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"), new("P2", 1, null, "POLYGON ((8 0, 20 0, 20 10, 8 10, 8 0))"),
    ];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.PublishAsync([]);
    }

    [Fact]
    public async Task A_write_names_the_version_that_the_planner_saw()
    {
        var plan = await PlanAsync(TwoSquares[0]);
        var address = $"/api/v1/plans/{plan}";
        (await Admin.AskAsync(HttpMethod.Post, $"{address}/publish", null)).AssertProblem(HttpStatusCode.PreconditionRequired, "version_required", "If-Match");
        (await Admin.AskAsync(HttpMethod.Post, $"{address}/publish", null, ("If-Match", "\"7\""))).AssertProblem(HttpStatusCode.PreconditionFailed, "plan_changed", "If-Match");
        (await Admin.AskAsync(HttpMethod.Post, $"{address}/publish", null, ("If-Match", "\"new\""))).AssertProblem(HttpStatusCode.BadRequest, "bad_version", "If-Match");
        (await Admin.AskAsync(HttpMethod.Delete, address, null)).AssertProblem(HttpStatusCode.PreconditionRequired, "version_required", "If-Match");
        (await Admin.AskAsync(HttpMethod.Delete, address, null, ("If-Match", "\"7\""))).AssertProblem(HttpStatusCode.PreconditionFailed, "plan_changed", "If-Match");
        Assert.Equal("\"1\"", (await Admin.GetAnswerAsync(address)).Header("ETag"));
    }

    [Fact]
    public async Task An_abandoned_plan_stays_to_be_seen_and_is_never_published()
    {
        var plan = await PlanAsync(TwoSquares[0]);
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}", null, ("If-Match", "\"1\""))).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal("abandoned", (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("state").GetString());
        (await PublishAsync(plan)).AssertProblem(HttpStatusCode.Conflict, "not_a_draft");
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}", null, ("If-Match", "\"2\""))).AssertProblem(HttpStatusCode.Conflict, "not_a_draft");
    }

    [Fact]
    public async Task The_second_of_two_plans_on_one_base_is_refused_with_what_both_changed()
    {
        await Service.PublishAsync([TwoSquares[0]]);
        var one = await PlanAsync(TwoSquares[0] with { Name = "one" });
        var other = await PlanAsync(TwoSquares[0] with { Name = "other" });
        (await PublishAsync(one)).AssertStatus(HttpStatusCode.OK);
        var refusal = (await PublishAsync(other)).AssertProblem(HttpStatusCode.Conflict, "base_moved");
        Assert.Equal(["P1"], refusal.Json.GetProperty("grids").EnumerateArray().Select(code => code.GetString()));
        (await PublishAsync(one)).AssertProblem(HttpStatusCode.Conflict, "not_a_draft");
    }

    [Fact]
    public async Task Of_many_who_publish_one_plan_at_once_one_does()
    {
        var plan = await PlanAsync(TwoSquares[0]);
        var before = await CountAsync("generation");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish", null, ("If-Match", "\"1\""))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            answer => Assert.Contains(answer.Json.GetProperty("code").GetString(), (string[])["not_a_draft", "base_moved", "plan_changed"]));
        Assert.Equal(before + 1, await CountAsync("generation"));
    }

    [Fact]
    public async Task A_blocking_defect_keeps_a_plan_from_being_published_even_when_its_list_was_lost()
    {
        var plan = await PlanAsync(TwoSquares);
        var refusal = (await PublishAsync(plan)).AssertProblem(HttpStatusCode.Conflict, "blocking_defects");
        Assert.Equal(1, refusal.Json.GetProperty("count").GetInt32());
        Assert.Equal("overlap", refusal.Json.GetProperty("defects")[0].GetProperty("kind").GetString());
        await using (var connection = await Service.Owner.OpenConnectionAsync())
            await connection.ExecuteAsync("delete from plan_defect where plan_id = @plan", new { plan });
        var again = (await PublishAsync(plan)).AssertProblem(HttpStatusCode.Conflict, "blocking_defects");
        var place = again.Json.GetProperty("defects")[0].GetProperty("place");
        var at = (place.GetProperty("lon").GetDouble(), place.GetProperty("lat").GetDouble());
        Assert.InRange(at.Item1, TestTownship.Point(8, 0).Lon, TestTownship.Point(10, 0).Lon);
        Assert.Equal(0, await CountAsync("grid_version where to_generation is null"));
    }

    [Fact]
    public async Task What_was_found_sound_is_known_by_its_digest_whatever_the_grids_are()
    {
        await Service.PublishAsync([TwoSquares[0], new("P3", 1, null, "POLYGON ((30 0, 40 0, 40 10, 30 10, 30 0))")]);
        // One grid new, one changed, one gone.
        var plan = await PlanAsync(TwoSquares[0] with { Name = "other" }, new("P.2_-x", 1, null, "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))"));
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (validated, generation) = await connection.QuerySingleAsync<(byte[] Validated, int BaseGeneration)>(
            "select validated, base_generation from plan where id = @plan", new { plan });
        Assert.Equal(3, await connection.ExecuteScalarAsync<int>("select count(*) from plan_grid where plan_id = @plan", new { plan }));
        Assert.Equal(validated, await PlanDigest.OfStoredAsync(transaction, plan, generation, DefectRules.Default));
        Assert.NotEqual(validated, await PlanDigest.OfStoredAsync(transaction, plan, generation, DefectRules.Default with { SliverSquareMetres = 2 }));
        Assert.NotEqual(validated, await PlanDigest.OfStoredAsync(transaction, plan, generation + 1, DefectRules.Default));
    }

    [Theory]
    [InlineData("update plan_grid set geom = (select geom from plan_grid where plan_id = @plan and code = 'P1') where plan_id = @plan and code = 'P2'", "overlap")]
    [InlineData("update plan_grid set level = 2 where plan_id = @plan and code = 'P2'", "child_outside_parent")]
    public async Task A_plan_that_was_changed_after_it_was_found_sound_is_validated_again(string change, string kind)
    {
        var plan = await PlanAsync(TwoSquares[0], TwoSquares[1] with { Wkt = "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))" });
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            Assert.NotNull(await connection.ExecuteScalarAsync<byte[]>("select validated from plan where id = @plan", new { plan }));
            await connection.ExecuteAsync(change, new { plan });
        }

        var refusal = (await PublishAsync(plan)).AssertProblem(HttpStatusCode.Conflict, "blocking_defects");
        Assert.Equal(kind, refusal.Json.GetProperty("defects")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Defects_and_grids_are_narrowed_and_come_as_GeoJSON_with_their_place()
    {
        var plan = await PlanAsync(TwoSquares);
        var blocking = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?blocks=true")).Json.GetProperty("items");
        var overlap = Assert.Single(blocking.EnumerateArray());
        Assert.Equal(("overlap", 1, "squareMetres"), (overlap.GetProperty("kind").GetString(), overlap.GetProperty("level").GetInt32(), overlap.GetProperty("unit").GetString()));
        Assert.Equal(3, (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects")).Json.GetProperty("items").GetArrayLength());
        var away = TestTownship.Point(100, 100);
        var bbox = $"{away.Lon},{away.Lat},{away.Lon + 1},{away.Lat + 1}";
        Assert.Equal(0, (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?bbox={bbox}")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/grids?bbox={bbox}")).Json.GetProperty("items").GetArrayLength());

        var features = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?kind=overlap", ("Accept", "application/geo+json"))).Json.GetProperty("features");
        var geometry = features[0].GetProperty("geometry");
        Assert.Equal(("MultiPolygon", 5), (geometry.GetProperty("type").GetString(), geometry.GetProperty("coordinates")[0][0].GetArrayLength()));
        var grids = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/grids?level=1", ("Accept", "application/geo+json"))).Json.GetProperty("features");
        Assert.Equal(["P1", "P2"], grids.EnumerateArray().Select(f => f.GetProperty("properties").GetProperty("code").GetString()).Order());
    }

    [Fact]
    public async Task Plans_are_listed_newest_first()
    {
        var first = await PlanAsync(TwoSquares[0]);
        var second = await PlanAsync(TwoSquares[0]);
        var listed = (await Admin.GetAnswerAsync("/api/v1/plans?limit=2")).Json.GetProperty("items").EnumerateArray().Select(plan => plan.GetProperty("id").GetInt64());
        Assert.Equal([second, first], listed);
    }

    private async Task<long> PlanAsync(params TestGrid[] grids) =>
        AssertDone(await ImportAsync(TownshipFile("plan.geojson", grids), "level=1", "mode=replace"));

    private async Task<long> CountAsync(string from)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {from}");
    }
}
