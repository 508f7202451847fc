using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using Xunit.Abstractions;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Tests that measure time run by themselves, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Timed
{
    public const string Name = "timed";
}

/// <summary>A campaign of the size that a subdistrict runs: 173 zones, 40 weeks, 5 items, a log for most zones, items and workdays.</summary>
[Collection(Timed.Name)]
public sealed class ProgressSpeedTests(TestService service, ITestOutputHelper output) : ServiceTest(service), IClassFixture<TestService>
{
    private const int Zones = 173;
    private const int Weeks = 40;

    [Fact]
    public async Task A_subdistricts_campaign_is_answered_in_well_under_a_second()
    {
        var id = await FillAsync();
        var day = DateOnly.FromDateTime(DateTime.Today);
        foreach (var address in (string[])[$"progress?on={day:yyyy-MM-dd}", "progress?level=1", "progress/days", "progress/zones/Z42"])
        {
            // What counts for those who look: the median of warm answers. The first one after a log has to read the tables again.
            var cold = await TimeAsync($"/api/v1/campaigns/{id}/{address}");
            var warm = new List<double>();
            for (var i = 0; i < 5; i++)
            {
                warm.Add(await TimeAsync($"/api/v1/campaigns/{id}/{address}"));
            }

            // Somebody logs, and all who look ask again.
            await LogAsync(id);
            var after = await TimeAsync($"/api/v1/campaigns/{id}/{address}");
            output.WriteLine($"{address}: first {cold:0} ms, then {warm.Order().ElementAt(2):0} ms, after a log {after:0} ms");
            Assert.InRange(warm.Order().ElementAt(2), 0, 1000);
            Assert.InRange(cold, 0, 5000);
        }
    }

    private async Task LogAsync(long id)
    {
        using var answer = await Service.Admin.PostAsJsonAsync($"/api/v1/campaigns/{id}/worklog", new
        {
            grid = "Z42",
            day = DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            by = "a",
            entries = new[] { new { item = "item1", quantity = 1 } },
        });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private async Task<double> TimeAsync(string address)
    {
        var watch = Stopwatch.StartNew();
        var text = await Client.GetStringAsync(address);
        Assert.NotEmpty(text);
        return watch.Elapsed.TotalMilliseconds;
    }

    private async Task<long> FillAsync()
    {
        await Service.PublishAsync([
            new("T", 1, null, $"POLYGON ((0 0, {string.Join(", ", Enumerable.Range(1, Zones).Select(i => $"{i} 0"))}, {string.Join(", ", Enumerable.Range(0, Zones + 1).Select(i => $"{Zones - i} 1"))}, 0 0))"),
            .. Enumerable.Range(0, Zones).Select(i => new TestGrid($"Z{i}", 2, "T", $"POLYGON (({i} 0, {i + 1} 0, {i + 1} 1, {i} 1, {i} 0))")),
        ]);
        var today = DateOnly.FromDateTime(DateTime.Today);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7)).AddDays(-7 * (Weeks - 2));
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var id = await connection.ExecuteScalarAsync<long>(
            """
            with made as (
                insert into campaign (name, from_day, to_day, zone_level, generation) values ('a', @monday, @monday + 279, 2, 1) returning id
            ), items as (
                insert into campaign_item (campaign_id, code, name, unit, weight, sort) select id, 'item' || n, 'a', '处', n, n - 1 from made, generate_series(1, 5) n
            )
            insert into campaign_zone select id, grid_id from made, grid_version where level = 2 returning campaign_id
            """,
            new { monday });
        await connection.ExecuteAsync(
            """
            insert into schedule_entry (campaign_id, grid_id, item, week, quantity)
            select @id, z.grid_id, 'item' || n, @monday + 7 * w, (z.grid_id * 7 + n * 3 + w) % 40 + 0.125
            from campaign_zone z, generate_series(1, 5) n, generate_series(0, 39) w where z.campaign_id = @id;
            insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name)
            select @id, z.grid_id, 'item' || n, @monday + d, (z.grid_id * 5 + n + d) % 9 + 0.25, (@monday + d)::timestamptz, 'a'
            from campaign_zone z, generate_series(1, 5) n, generate_series(0, 270) d where z.campaign_id = @id and (z.grid_id + n + d) % 3 > 0
              and @monday + d <= current_date;
            insert into frozen_day select @id, @monday + d, (@monday + d)::timestamptz + interval '2 hours' from generate_series(3, 250, 7) d;
            analyze work_log;
            """,
            new { id, monday });
        output.WriteLine(await connection.ExecuteScalarAsync<string>("select count(*)::text || ' logs' from work_log") ?? "");
        return id;
    }
}
