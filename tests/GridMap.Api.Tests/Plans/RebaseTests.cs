using System.Net;
using Dapper;

namespace GridMap.Api.Tests.Plans;

/// <summary>Plans move onto a newer generation by what they were asked for; what no longer fits is named.</summary>
public sealed class RebaseTests(TestService service) : PlanTest(service), IClassFixture<TestService>
{
    private static readonly object SplitU = Split("U", (69, 5), (81, 5));
    private static readonly object ReshapeT = new { kind = "reshape", grid = "T1.2.a", neighbour = "T1.2.b", geometry = Line((20, 24), (18, 36), (20, 48)) };
    private static readonly object RenameT = new { kind = "update", grid = "T2", name = "东片" };

    [Fact]
    public async Task Edits_that_have_nothing_to_do_with_each_other_come_out_the_same_in_either_order()
    {
        foreach (var (first, second) in new[] { (SplitU, ReshapeT), (ReshapeT, SplitU), (RenameT, SplitU), (ReshapeT, RenameT) })
        {
            await Service.PublishAsync(TestTownship.First);
            var straight = await StartAsync();
            (await EditAsync(straight, 1, second)).AssertStatus(HttpStatusCode.Created);
            (await EditAsync(straight, 2, first)).AssertStatus(HttpStatusCode.Created);
            var expected = await GroundAsync(straight);
            await AbandonAsync(straight, 3);

            var (one, other) = (await StartAsync(), await StartAsync());
            (await EditAsync(one, 1, first)).AssertStatus(HttpStatusCode.Created);
            (await EditAsync(other, 1, second)).AssertStatus(HttpStatusCode.Created);
            await PublishAsync(one);
            (await RebaseAsync(other, 2)).AssertStatus(HttpStatusCode.OK);
            Assert.Equal(expected, await GroundAsync(other));
            await PublishAsync(other);
        }
    }

    [Fact]
    public async Task The_loser_of_a_race_is_told_what_collided_leaves_it_out_and_publishes_the_rest()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        (await EditAsync(one, 1, new { kind = "delete", grid = "T1.S", to = "T1.1" })).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(other, 1, new { kind = "update", grid = "T1.S", name = "新校区" })).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(other, 2, SplitU)).AssertStatus(HttpStatusCode.Created);
        var part = (await GridsAsync(other, "&changed=true")).Max(grid => grid.GetProperty("id").GetInt64());
        await PublishAsync(one);
        (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{other}/publish", null, ("If-Match", "\"3\""))).AssertProblem(HttpStatusCode.Conflict, "base_moved");

        var dry = (await RebaseAsync(other, 3, new { }, dryRun: true)).AssertStatus(HttpStatusCode.OK).Json;
        var conflict = Assert.Single(dry.GetProperty("conflicts").EnumerateArray());
        Assert.Equal((1, "update", "unknown_grid"), (conflict.GetProperty("ordinal").GetInt32(), conflict.GetProperty("kind").GetString(), conflict.GetProperty("code").GetString()));
        var refused = (await RebaseAsync(other, 3)).AssertProblem(HttpStatusCode.Conflict, "rebase_conflicts");
        Assert.Equal(1, refused.Json.GetProperty("edits").GetArrayLength());
        Assert.Equal(3, await VersionAsync(other));

        var done = (await RebaseAsync(other, 3, new { drop = new[] { 1 } })).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("\"4\"", done.Header("ETag"));
        Assert.Contains((await GridsAsync(other, "&changed=true")), grid => grid.GetProperty("id").GetInt64() == part);
        await PublishAsync(other);
        (await StepAsync(other, 5, "undo")).AssertProblem(HttpStatusCode.Conflict, "not_a_draft");
    }

    [Fact]
    public async Task A_rebased_plan_is_taken_back_to_the_newer_generation_to_the_byte()
    {
        var plan = await StartAsync();
        (await EditAsync(plan, 1, SplitU)).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(plan, 2, ReshapeT)).AssertStatus(HttpStatusCode.Created);
        var between = await StartAsync();
        (await EditAsync(between, 1, RenameT)).AssertStatus(HttpStatusCode.Created);
        await PublishAsync(between);
        (await RebaseAsync(plan, 3)).AssertStatus(HttpStatusCode.OK);
        (await RebaseAsync(plan, 4)).AssertProblem(HttpStatusCode.Conflict, "nothing_to_rebase");
        (await RebaseAsync(plan, 3)).AssertProblem(HttpStatusCode.PreconditionFailed, "plan_changed", "If-Match");
        (await StepAsync(plan, 4, "undo")).AssertStatus(HttpStatusCode.OK);
        (await StepAsync(plan, 5, "undo")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(0, await CountAsync("plan_grid where plan_id = @plan", plan));
    }

    private Task<Answer> RebaseAsync(long plan, int version, object? body = null, bool dryRun = false) =>
        Admin.PostJsonAsync($"/api/v1/plans/{plan}/rebase{(dryRun ? "?dryRun=true" : "")}", body ?? new { }, ("If-Match", $"\"{version}\""));

    private async Task AbandonAsync(long plan, int version) =>
        (await Admin.AskAsync(HttpMethod.Delete, $"/api/v1/plans/{plan}", null, ("If-Match", $"\"{version}\""))).AssertStatus(HttpStatusCode.NoContent);

    private async Task<int> VersionAsync(long plan) => (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("version").GetInt32();

    /// <summary>Every polygon to the byte, with what its grid is called; a part's identity and code are its plan's own.</summary>
    private async Task<string> GroundAsync(long plan)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return string.Join('\n', await connection.QueryAsync<string>(
            """
            select concat_ws(' ', level, regexp_replace(name, '-\d+$', ''), kind, encode(st_asewkb(geom), 'hex')) from (
                select level, name, kind, geom from plan_grid where plan_id = @plan and not removed
                union all
                select v.level, v.name, v.kind, v.geom from grid_version v join plan on plan.id = @plan
                where v.from_generation <= plan.base_generation and (v.to_generation is null or v.to_generation > plan.base_generation)
                  and not exists (select from plan_grid p where p.plan_id = @plan and p.grid_id = v.grid_id)) s
            order by 1
            """,
            new { plan }));
    }
}
