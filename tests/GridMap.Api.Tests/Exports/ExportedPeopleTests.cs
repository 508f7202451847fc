using System.Net;
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

    private static string? PeopleOf(Answer answer, string code) => answer.Json.GetProperty("features").EnumerateArray()
        .Select(feature => feature.GetProperty("properties")).Single(properties => properties.GetProperty("code").GetString() == code)
        .GetProperty("people").GetString();
}
