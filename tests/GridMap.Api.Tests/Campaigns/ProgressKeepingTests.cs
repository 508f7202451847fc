using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using Xunit.Abstractions;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>What was counted is kept, on a campaign with a log for most zones, items and workdays; at full size that of a subdistrict: 173 zones, 40 weeks, 5 items.</summary>
public sealed class ProgressKeepingTests(TestService service, ITestOutputHelper output) : ServiceTest(service), IClassFixture<TestService>
{
    private static readonly bool AtFullSize = Environment.GetEnvironmentVariable("GRIDMAP_PROVE") == "1";
    private static readonly int Zones = AtFullSize ? 173 : 60;
    private static readonly int Weeks = AtFullSize ? 40 : 20;

    [Fact]
    public async Task Who_looks_again_costs_a_fraction_of_who_looks_first_after_a_log()
    {
        var id = await FillAsync();
        var day = DateOnly.FromDateTime(DateTime.Today);
        foreach (var address in (string[])[$"progress?on={day:yyyy-MM-dd}", "progress?level=1", "progress/zones/Z42"])
        {
            // Side by side in one run: the first answer after a log reads the tables, the others do not.
            var (reading, kept) = (new List<double>(), new List<double>());
            for (var i = 0; i < 5; i++)
            {
                await LogAsync(id);
                reading.Add(await TimeAsync($"/api/v1/campaigns/{id}/{address}"));
                kept.Add(await TimeAsync($"/api/v1/campaigns/{id}/{address}"));
            }

            output.WriteLine($"{address}: after a log {reading.Order().ElementAt(2):0} ms, again {kept.Order().ElementAt(2):0} ms");
            Assert.InRange(kept.Order().ElementAt(2) / reading.Order().ElementAt(2), 0, 0.5);
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
                insert into campaign (name, from_day, to_day, zone_level, generation) values ('a', @monday, @monday + 7 * @Weeks - 1, 2, 1) returning id
            ), items as (
                insert into campaign_item (campaign_id, code, name, unit, weight, sort) select id, 'item' || n, 'a', '处', n, n - 1 from made, generate_series(1, 5) n
            )
            insert into campaign_zone select id, grid_id from made, grid_version where level = 2 returning campaign_id
            """,
            new { monday, Weeks });
        await connection.ExecuteAsync(
            """
            insert into schedule_entry (campaign_id, grid_id, item, week, quantity)
            select @id, z.grid_id, 'item' || n, @monday + 7 * w, (z.grid_id * 7 + n * 3 + w) % 40 + 0.125
            from campaign_zone z, generate_series(1, 5) n, generate_series(0, @Weeks - 1) w where z.campaign_id = @id;
            insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name)
            select @id, z.grid_id, 'item' || n, @monday + d, (z.grid_id * 5 + n + d) % 9 + 0.25, (@monday + d)::timestamptz, 'a'
            from campaign_zone z, generate_series(1, 5) n, generate_series(0, 7 * @Weeks - 10) d where z.campaign_id = @id and (z.grid_id + n + d) % 3 > 0
              and @monday + d <= current_date;
            insert into frozen_day select @id, @monday + d, (@monday + d)::timestamptz + interval '2 hours' from generate_series(3, 7 * @Weeks - 30, 7) d;
            analyze work_log;
            """,
            new { id, monday, Weeks });
        output.WriteLine(await connection.ExecuteScalarAsync<string>("select count(*)::text || ' logs' from work_log") ?? "");
        return id;
    }
}
