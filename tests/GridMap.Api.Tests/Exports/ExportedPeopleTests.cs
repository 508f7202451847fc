using System.Net;
using Dapper;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Exports;

/// <summary>Who takes a file along sees no more people in it than on the screen, and it is written down that they did.</summary>
public sealed class ExportedPeopleTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task People_are_named_where_the_caller_sees_them_and_else_as_the_public_does()
    {
        await People.MakeAsync("张网格长", ("grid_leader", "A11"));
        await People.MakeAsync("李网格长", ("grid_leader", "B11"));
        await People.MakeAsync("王志愿", ("volunteer", "A11"), ("volunteer", "B11"));
        var planner = await People.SignInAsync("规划甲", ("planner", "A"));
        var seen = (await planner.Client.GetAnswerAsync("/api/v1/exports/grids?level=3&people=true")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("网格长 张网格长；责任岗 王志愿", PeopleOf(seen, "A11"));
        Assert.Equal("网格长 李网格长；责任岗", PeopleOf(seen, "B11"));
        Assert.Equal("", PeopleOf(seen, "A12") ?? "");
        var silent = (await planner.Client.GetAnswerAsync("/api/v1/exports/grids?level=3")).AssertStatus(HttpStatusCode.OK);
        Assert.DoesNotContain("网格长", silent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"people\"", silent.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("138张网格长", seen.Text, StringComparison.Ordinal);

        var entries = (await People.AuditAsync("grids.export")).Where(entry => entry.Who == "规划甲").ToList();
        Assert.Equal(2, entries.Count);
        Assert.Contains("\"people\": true", entries[0].After, StringComparison.Ordinal);
        Assert.Contains("\"people\": false", entries[1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_past_generation_names_those_who_answered_then()
    {
        var past = Service.Snapshots.Current.Generation.Number;
        await People.MakeAsync("赵前任", ("grid_leader", "A22"));
        await Service.PublishAsync([.. PeopleService.Towns()]);
        var (person, _, _) = await People.MakeAsync("钱后任");
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into duty (grid_id, person_id, role, from_at) values ((select grid_id from grid_code where code = 'A22'), @person, 'grid_worker', now())", new { person });
        var before = (await Service.Admin.GetAnswerAsync($"/api/v1/generations/{past}/export?level=3&people=true")).AssertStatus(HttpStatusCode.OK);
        var now = (await Service.Admin.GetAnswerAsync("/api/v1/exports/grids?level=3&people=true")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("网格长 赵前任", PeopleOf(before, "A22"));
        Assert.Equal("网格长 赵前任；网格员 钱后任", PeopleOf(now, "A22"));
    }

    private static string? PeopleOf(Answer answer, string code) => answer.Json.GetProperty("features").EnumerateArray()
        .Select(feature => feature.GetProperty("properties")).Single(properties => properties.GetProperty("code").GetString() == code)
        .GetProperty("people").GetString();
}
