using System.Net;
using System.Text.Json;
using GridMap.Api.Tests.Issues;

namespace GridMap.Api.Tests.Plans;

/// <summary>What differs between any two generations or plans.</summary>
public sealed class DiffTests(TestService service) : PlanTest(service), IClassFixture<TestService>
{
    [Fact]
    public async Task A_plan_differs_from_its_base_by_its_edits_and_re_noded_neighbours_are_hidden()
    {
        await Service.Client.ReportNumberAsync(72, 2);
        await Service.Client.ReportNumberAsync(78, 8);
        var plan = await StartAsync();
        (await EditAsync(plan, 1, Split("U", (69, 5), (81, 5)))).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(plan, 2, new { kind = "update", grid = "T2", name = "东片" })).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(plan, 3, Split("T1.2.b", (19, 40), (41, 40)))).AssertStatus(HttpStatusCode.Created);
        var diff = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/diff")).AssertStatus(HttpStatusCode.OK).Json;
        var changes = Changes(diff);
        Assert.Equal("reshaped", changes["U"]);
        Assert.Equal("updated", changes["T2"]);
        Assert.DoesNotContain("reNoded", changes.Values);
        var hidden = diff.GetProperty("counts").GetProperty("reNoded").GetInt32();
        Assert.True(hidden > 0);
        Assert.Equal(hidden, Changes((await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/diff?reNoded=true")).Json).Values.Count(change => change == "reNoded"));

        var u = diff.GetProperty("items").EnumerateArray().Single(item => Code(item) == "U");
        var (before, after) = (u.GetProperty("before").GetProperty("areaSquareMetres").GetDouble(), u.GetProperty("after").GetProperty("areaSquareMetres").GetDouble());
        Assert.Equal(before - after, u.GetProperty("lostSquareMetres").GetDouble(), 0.1);
        Assert.Equal(0, u.GetProperty("gainedSquareMetres").GetDouble());
        Assert.Equal(1, u.GetProperty("issues").GetInt32());

        var features = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/diff", ("Accept", "application/geo+json"))).AssertStatus(HttpStatusCode.OK).Json.GetProperty("features");
        Assert.Contains(features.EnumerateArray(), feature => feature.GetProperty("properties").GetProperty("code").GetString() == "U" && feature.GetProperty("properties").GetProperty("side").GetString() == "lost");
    }

    [Fact]
    public async Task Generations_differ_by_what_was_published_between_and_two_plans_by_what_they_do()
    {
        var first = (await Client.GetAnswerAsync("/api/v1/settings")).Json.GetProperty("generation").GetInt32();
        var start = DateTimeOffset.UtcNow;
        var plan = await StartAsync();
        (await EditAsync(plan, 1, new { kind = "merge", keep = "T1.2.a", grids = new[] { "T1.2.b" } })).AssertStatus(HttpStatusCode.Created);
        var second = await PublishAsync(plan);
        var later = await StartAsync();
        (await EditAsync(later, 1, new { kind = "update", grid = "U", name = "西岸" })).AssertStatus(HttpStatusCode.Created);
        var third = await PublishAsync(later);

        var step = Changes((await Client.GetAnswerAsync($"/api/v1/generations/{second}/diff")).AssertStatus(HttpStatusCode.OK).Json);
        Assert.Equal(("removed", "reshaped"), (step["T1.2.b"], step["T1.2.a"]));
        var whole = Changes((await Client.GetAnswerAsync($"/api/v1/generations/{third}/diff?from={first}")).Json);
        Assert.Equal("updated", whole["U"]);
        Assert.Equal("removed", whole["T1.2.b"]);
        var since = Changes((await Client.GetAnswerAsync($"/api/v1/generations/{third}/diff?since={Uri.EscapeDataString(start.ToString("O"))}")).Json);
        Assert.Equal(whole, since);
        Assert.Equal("added", Changes((await Client.GetAnswerAsync($"/api/v1/generations/{first}/diff?from={third}")).Json)["T1.2.b"]);
        (await Client.GetAnswerAsync($"/api/v1/generations/{third}/diff?from=99999")).AssertProblem(HttpStatusCode.NotFound, "unknown_generation");

        var (one, other) = (await StartAsync(), await StartAsync());
        (await EditAsync(one, 1, new { kind = "update", grid = "T2", name = "one" })).AssertStatus(HttpStatusCode.Created);
        (await EditAsync(other, 1, new { kind = "update", grid = "T1", name = "other" })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(["T1", "T2"], Changes((await Admin.GetAnswerAsync($"/api/v1/plans/{one}/diff?against={other}")).Json).Keys.Order(StringComparer.Ordinal));
    }

    private static new Dictionary<string, string> Changes(JsonElement diff) =>
        diff.GetProperty("items").EnumerateArray().ToDictionary(Code, item => item.GetProperty("change").GetString()!);

    private static string Code(JsonElement item) =>
        (item.GetProperty("after").ValueKind == JsonValueKind.Object ? item.GetProperty("after") : item.GetProperty("before")).GetProperty("code").GetString()!;
}
