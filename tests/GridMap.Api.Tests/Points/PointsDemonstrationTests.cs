using System.Net;
using Dapper;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Points;

/// <summary>The invented township has points, and none that its issues do not account for.</summary>
public sealed class PointsDemonstrationTests(DemonstrationService service) : ServiceTest(service), IClassFixture<DemonstrationService>
{
    [Fact]
    public async Task The_township_s_points_are_what_its_issues_score()
    {
        var check = (await Service.Admin.GetAnswerAsync("/api/v1/points/check")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal("[]", check.GetProperty("items").GetRawText());
        Assert.True(check.GetProperty("entries").GetInt32() > 1000);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.True(await connection.ExecuteScalarAsync<int>("select count(distinct holder_person)::int from points_entry where points > 0") > 50);

        // Every due time that was told is in the log, as it is for issues that are reported here.
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from issue i where not exists (select from issue_due d where d.issue_id = i.id and d.due_at = i.due_at)"));
    }
}
