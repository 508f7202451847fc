using System.Globalization;
using System.Net;
using Dapper;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>What was done by week, beside the schedule.</summary>
public sealed class ScheduleDoneTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task The_log_is_summed_exactly_by_grid_item_and_week_in_pages()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var sunday = new DateOnly(2026, 11, 15);
        var first = await Fixture.LogAsync(id, "A11", sunday, "heaps", 0.1m);
        await Fixture.LogAsync(id, "A11", sunday.AddDays(-6), "heaps", 0.2m);
        await Fixture.LogAsync(id, "A11", sunday.AddDays(1), "heaps", 7.125m);
        await Fixture.LogAsync(id, "A11", sunday, "heaps", -0.05m, corrects: first);
        await Fixture.LogAsync(id, "B34", sunday, "cables", 12_345.678m);
        await Fixture.LogAsync(id, "A", sunday, "sheds", 3);
        await Fixture.LogAsync((await Fixture.CreateAsync()).Id, "A11", sunday, "heaps", 99);

        await using var connection = await Fixture.Owner.OpenConnectionAsync();
        var plain = await connection.QueryAsync<string>(
            """
            select format('%s %s %s %s', v.code, w.item, to_char(w.day - extract(isodow from w.day)::int + 1, 'YYYY-MM-DD'), sum(w.quantity))
            from work_log w join grid_version v on v.grid_id = w.grid_id and v.to_generation is null
            where w.campaign_id = @id group by v.code, w.item, w.day - extract(isodow from w.day)::int + 1
            """,
            new { id });
        var read = new List<ScheduleDoneItem>();
        string? next = null;
        do
        {
            var page = await Fixture.GetAsync<Page<ScheduleDoneItem>>($"/api/v1/campaigns/{id}/schedule/done?limit=2{(next is null ? "" : $"&cursor={next}")}");
            read.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal([("A11", 0.25m), ("A11", 7.125m)], read.Where(row => row.Grid == "A11").Select(row => (row.Grid, row.Done)));
        Assert.Equal(
            plain.Order(StringComparer.Ordinal),
            read.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Grid} {row.Item} {row.Week:yyyy-MM-dd} {row.Done:0.000}")).Order(StringComparer.Ordinal));

        var one = await Fixture.GetAsync<Page<ScheduleDoneItem>>($"/api/v1/campaigns/{id}/schedule/done?grid=B34");
        Assert.Equal([("B34", "cables", 12_345.678m)], one.Items.Select(row => (row.Grid, row.Item, row.Done)));
        var week = await Fixture.GetAsync<Page<ScheduleDoneItem>>($"/api/v1/campaigns/{id}/schedule/done?week=2026-11-16");
        Assert.Equal([("A11", 7.125m)], week.Items.Select(row => (row.Grid, row.Done)));
        await Fixture.RefusedAsync(HttpMethod.Get, $"/api/v1/campaigns/{id}/schedule/done?week=2026-11-17", null, HttpStatusCode.BadRequest, "bad_week", "week");
        await Fixture.RefusedAsync(HttpMethod.Get, $"/api/v1/campaigns/{id}/schedule/done?grid=X", null, HttpStatusCode.BadRequest, "bad_grid", "grid");
    }
}
