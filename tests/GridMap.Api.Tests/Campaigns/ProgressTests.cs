using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Core.Progress;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Progress on every level and day against SQL over the same tables (invariant 9).</summary>
public sealed class ProgressTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly string[] Codes = ["heaps", "sheds", "cables"];

    private CampaignService Fixture => (CampaignService)Service;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_level_and_day_equals_the_sum_of_the_tables_frozen_or_live(int seed)
    {
        var random = new Random(seed);
        var campaign = await Fixture.CreateAsync();
        var frozen = await Fixture.FillAsync(campaign, random);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        foreach (var on in Enumerable.Range(0, 10).Select(_ => CampaignService.From.AddDays(random.Next(-2, 95))).Concat(frozen.Take(4)))
        {
            for (var level = 1; level <= 3; level++)
            {
                var asKnownNow = random.Next(3) == 0;
                var answer = await Fixture.ProgressAsync(campaign.Id, $"level={level}&on={on:yyyy-MM-dd}{(asKnownNow ? "&asKnown=now" : "")}");
                var oracle = (await ProgressOracle.RowsAsync(connection, campaign.Id, level, on, asKnownNow)).ToLookup(row => row.Code);
                var shares = (await ProgressOracle.SharesAsync(connection, campaign.Id, level, on, asKnownNow)).ToDictionary(row => row.Code ?? "");
                var rows = answer.NotDivided is { } rest ? [.. answer.Rows, rest] : answer.Rows;
                foreach (var row in rows)
                {
                    AssertQuantities(oracle[row.Code], row);
                    var expected = shares.GetValueOrDefault(row.Code ?? "");
                    Assert.Equal((expected?.Percent, expected?.Spi), (row.Percent, row.Spi));
                }

                Assert.All(oracle.Select(group => group.Key), code => Assert.Contains(rows, row => row.Code == code));
                var total = await ProgressOracle.TotalAsync(connection, campaign.Id, on, asKnownNow);
                Assert.Equal((total.Percent, total.Spi), (answer.Total.Percent, answer.Total.Spi));
                AssertColumnsAddUp(rows, answer.Total);
            }
        }
    }

    [Fact]
    public async Task The_days_are_the_progress_of_each_day()
    {
        var random = new Random(11);
        var campaign = await Fixture.CreateAsync();
        await Fixture.FillAsync(campaign, random);
        await ReportAsync(random);
        for (var level = 1; level <= 3; level++)
        {
            var days = await Fixture.GetAsync<ProgressDays>($"/api/v1/campaigns/{campaign.Id}/progress/days?level={level}");
            Assert.Equal(82, days.Days.Count);
            ProgressAnswer? before = null;
            for (var i = 0; i < days.Days.Count; i += i is > 20 and < 70 ? 7 : 1)
            {
                var day = await Fixture.ProgressAsync(campaign.Id, $"level={level}&on={days.Days[i]:yyyy-MM-dd}");
                foreach (var row in day.Rows)
                {
                    var line = days.Rows.Single(one => one.GridId == row.GridId);
                    Assert.Equal((row.Code, row.Percent, row.Spi, Letter(row.Light)), (line.Code, line.Percent[i], line.Spi[i], line.Light[i]));
                }

                Assert.Equal(day.Total.Percent, days.Total.Percent[i]);
                Assert.Equal(before is null || before.On.AddDays(1) != day.On ? days.Total.IssuesWrittenOff[i] : day.Total.IssuesWrittenOff - before.Total.IssuesWrittenOff, days.Total.IssuesWrittenOff[i]);
                before = day;
            }
        }
    }

    [Fact]
    public async Task Weeks_and_levels_are_the_progress_of_their_days()
    {
        var random = new Random(12);
        var campaign = await Fixture.CreateAsync();
        await Fixture.FillAsync(campaign, random);
        for (var level = 1; level <= 3; level++)
        {
            var weeks = await Fixture.GetAsync<ProgressWeeks>($"/api/v1/campaigns/{campaign.Id}/progress/weeks?level={level}");
            Assert.Equal(12, weeks.Total.Weeks.Count);
            Assert.Equal((new DateOnly(2026, 8, 31), new DateOnly(2026, 9, 6)), (weeks.Total.Weeks[0].Week, weeks.Total.Weeks[0].On));
            Assert.Equal(new DateOnly(2026, 11, 21), weeks.Total.Weeks[^1].On);
            for (var i = 0; i < weeks.Total.Weeks.Count; i++)
            {
                var day = await Fixture.ProgressAsync(campaign.Id, $"level={level}&on={weeks.Total.Weeks[i].On:yyyy-MM-dd}");
                foreach (var row in day.Rows)
                {
                    var figures = weeks.Rows.Single(one => one.Code == row.Code).Weeks;
                    Assert.Equal((row.Percent, row.Spi, row.Light), (figures[i].Percent, figures[i].Spi, figures[i].Light));
                    Assert.Equal(row.Percent - (i == 0 ? 0 : figures[i - 1].Percent), figures[i].Change);
                }

                Assert.Equal((day.Total.Percent, day.Total.Spi), (weeks.Total.Weeks[i].Percent, weeks.Total.Weeks[i].Spi));
            }
        }

        var levels = await Fixture.GetAsync<ProgressLevels>($"/api/v1/campaigns/{campaign.Id}/progress/levels?on=2026-10-20");
        Assert.Equal([1, 2, 3], levels.Levels.Select(level => level.Level));
        foreach (var level in levels.Levels)
        {
            var rows = (await Fixture.ProgressAsync(campaign.Id, $"level={level.Level}&on=2026-10-20")).Rows;
            var percents = rows.Select(row => row.Percent).OfType<decimal>().Order().ToList();
            Assert.Equal((rows.Count, rows.Count(row => row.Light == Light.Red), rows.Count(row => row.Light == Light.Grey)), (level.Grids, level.Red, level.Grey));
            Assert.Equal(level.Grids, level.Green + level.Yellow + level.Red + level.Grey);
            Assert.Equal((percents[0], percents[^1]), (level.Lowest, level.Highest));
            Assert.True(2 * percents.Count(percent => percent <= level.Median) >= percents.Count && 2 * percents.Count(percent => percent >= level.Median) >= percents.Count);
            Assert.Equal(rows[0].Code, level.Behind);
        }
    }

    [Fact]
    public async Task Comparisons_leave_as_sheets_with_the_figures_of_the_answer()
    {
        var campaign = await Fixture.CreateAsync();
        await Fixture.FillAsync(campaign, new Random(13));
        var address = $"/api/v1/campaigns/{campaign.Id}/progress";
        var answer = await Fixture.ProgressAsync(campaign.Id, "level=3");
        var lines = (await Service.Client.GetStringAsync(new Uri($"{address}?level=3&format=csv", UriKind.Relative))).TrimEnd().Split("\r\n");
        Assert.Equal(answer.Rows.Count + (answer.NotDivided is null ? 1 : 2), lines.Length - 1);
        var first = lines[1].Split(',');
        Assert.Equal((answer.Rows[0].Code, answer.Rows[0].Quantities[0].Done), (first[0], decimal.Parse(first[5])));
        Assert.Equal(decimal.Round(100 * answer.Rows[0].Percent!.Value, 2), decimal.Parse(first[12]));
        var weeks = (await Service.Client.GetStringAsync(new Uri($"{address}/weeks?level=2&format=csv", UriKind.Relative))).TrimEnd().Split("\r\n");
        Assert.Equal((8, 39), (weeks.Length, weeks[1].Split(',').Length));
        Assert.Equal(4, (await Service.Client.GetStringAsync(new Uri($"{address}/levels?format=csv", UriKind.Relative))).TrimEnd().Split("\r\n").Length);
        foreach (var name in (string[])["", "/weeks", "/levels"])
        {
            var head = (await Service.Client.GetByteArrayAsync(new Uri($"{address}{name}?format=xlsx", UriKind.Relative)))[..2];
            Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(head));
            await Fixture.RefusedAsync(HttpMethod.Get, $"{address}{name}?format=pdf", null, HttpStatusCode.BadRequest, "bad_format", "format");
        }
    }

    [Fact]
    public async Task Rows_come_worst_first_and_those_without_plan_last()
    {
        var campaign = await Fixture.CreateAsync();
        await Fixture.FillAsync(campaign, new Random(5));
        var rows = (await Fixture.ProgressAsync(campaign.Id)).Rows;
        Assert.Equal(24, rows.Count);
        Assert.Equal(rows.OrderBy(row => row.Spi ?? 2).ThenBy(row => row.Code, StringComparer.Ordinal), rows);
        Assert.Contains(rows, row => row.Spi is null && row.Light == Light.Grey);
        Assert.All(rows, row => Assert.Equal(LightLimits.Default.Of(row.Spi), row.Light));
    }

    [Fact]
    public async Task A_target_of_a_grid_round_zones_is_no_part_of_the_figures()
    {
        var campaign = await Fixture.CreateAsync();
        var week = new DateOnly(2026, 11, 9);
        await Fixture.PlanAsync(campaign.Id, new ScheduleEntry("A11", "heaps", week, 5, null, 0), new ScheduleEntry("A12", "heaps", week, 7, null, 0));
        var before = await Fixture.ProgressAsync(campaign.Id, "level=2");
        await Fixture.PlanAsync(campaign.Id, new ScheduleEntry("A1", "heaps", week, 20, null, 0), new ScheduleEntry("A", "heaps", week, 30, null, 0));
        var after = await Fixture.ProgressAsync(campaign.Id, "level=2");
        Assert.Equivalent(before, after, strict: true);
        Assert.Equal(12, after.Rows.Single(row => row.Code == "A1").Quantities[0].Planned);
        Assert.All(after.NotDivided?.Quantities ?? [], quantity => Assert.Equal(0, quantity.Planned));
        Assert.Equal([20, 30], (await Fixture.GetAsync<Page<ScheduleEntry>>($"/api/v1/campaigns/{campaign.Id}/schedule?week={week:yyyy-MM-dd}")).Items.Where(entry => entry.Grid!.Length < 3).Select(entry => entry.Quantity).Order());
    }

    [Fact]
    public async Task The_wire_has_the_published_names()
    {
        var campaign = await Fixture.CreateAsync();
        await Fixture.PlanAsync(campaign.Id, new ScheduleEntry("A11", "heaps", new(2026, 11, 16), 5, null, 0));
        var json = JsonDocument.Parse(await Client.GetStringAsync($"/api/v1/campaigns/{campaign.Id}/progress")).RootElement;
        Assert.Equal(["campaign", "on", "level", "workday", "frozenAt", "items", "rows", "notDivided", "total"], Names(json));
        Assert.Equal(
            [
                "gridId", "code", "name", "parent", "quantities", "percent", "spi", "light", "behind", "daysAhead", "forecastEnd", "change", "headCount",
                "logged", "loggedZones", "zones", "issuesOpen", "issuesOverdue", "issuesWrittenOff",
            ],
            Names(json.GetProperty("rows")[0]));
        Assert.Equal(["item", "planned", "plannedBy", "done"], Names(json.GetProperty("rows")[0].GetProperty("quantities")[0]));
        Assert.Equal("red", json.GetProperty("rows")[0].GetProperty("light").GetString());
        Assert.Equal("2026-11-21", json.GetProperty("on").GetString());
        Assert.False(json.GetProperty("workday").GetBoolean());
        Assert.True(JsonDocument.Parse(await Client.GetStringAsync($"/api/v1/campaigns/{campaign.Id}/progress?on=2026-11-20")).RootElement
            .GetProperty("workday").GetBoolean());

        static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);
    }

    [Theory]
    [InlineData("level=4", "level_too_fine", "level")]
    [InlineData("level=0", "bad_level", "level")]
    [InlineData("level=x", "bad_level", "level")]
    [InlineData("on=yesterday", "bad_on", "on")]
    [InlineData("on=9999-12-31", "bad_on", "on")]
    [InlineData("on=0001-01-01", "bad_on", "on")]
    [InlineData("asKnown=then", "bad_asknown", "asKnown")]
    public async Task A_wrong_question_is_refused(string query, string code, string field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Get, $"/api/v1/campaigns/{id}/progress?{query}", null, HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task People_zones_that_logged_and_issues_add_up_on_every_level()
    {
        var campaign = await Fixture.CreateAsync();
        await ReportAsync(new Random(3));
        var day = new DateOnly(2026, 11, 20);
        foreach (var (grid, people) in ((string, int)[])[("A11", 3), ("A11", 2), ("A34", 4), ("B21", 5), ("B2", 7), ("A", 1)])
        {
            await Fixture.LogAsync(campaign.Id, grid, day, "heaps", 1, headCount: people);
        }

        await using var connection = await Service.Owner.OpenConnectionAsync();
        var open = await connection.ExecuteScalarAsync<int>(
            """
            select count(*)::int from issue i join grid_version v on v.grid_id = i.grid_id and v.to_generation is null
            where i.reported_at < '2026-11-21 00:00+08' and (i.closed_at is null or i.closed_at >= '2026-11-21 00:00+08')
            """);
        Assert.True(open > 0);
        for (var level = 1; level <= 3; level++)
        {
            var answer = await Fixture.ProgressAsync(campaign.Id, $"level={level}&on=2026-11-20");
            Assert.Equal((22, 3, 24, open), (answer.Total.HeadCount, answer.Total.LoggedZones, answer.Total.Zones, answer.Total.IssuesOpen));
            Assert.Equal(level switch { 1 => null, 2 => 1, _ => 8 }, answer.NotDivided?.HeadCount);
            Assert.Equal(level switch { 1 => 10, 2 => 5, _ => 5 }, answer.Rows.Single(row => row.Code == "A11"[..level]).HeadCount);
            AssertColumnsAddUp(answer.NotDivided is { } rest ? [.. answer.Rows, rest] : answer.Rows, answer.Total);
            Assert.Equal(level == 3, answer.Rows.Single(row => row.Code == "A11"[..level]).Logged);
        }
    }

    [Fact]
    public async Task An_issue_stands_in_a_days_figures_as_that_day_saw_it()
    {
        var campaign = await Fixture.CreateAsync();
        await InsertIssueAsync("B1", "2026-10-05 09:00+08", "2026-10-07 09:00+08", "2026-10-09 23:59+08");
        Assert.Equal((0, 0, 0), await IssuesAsync("2026-10-04"));
        Assert.Equal((1, 0, 0), await IssuesAsync("2026-10-06"));
        Assert.Equal((1, 1, 0), await IssuesAsync("2026-10-07"));
        Assert.Equal((0, 0, 1), await IssuesAsync("2026-10-09"));

        async Task<(int, int, int)> IssuesAsync(string on)
        {
            var row = (await Fixture.ProgressAsync(campaign.Id, $"level=2&on={on}")).Rows.Single(row => row.Code == "B1");
            return (row.IssuesOpen, row.IssuesOverdue, row.IssuesWrittenOff);
        }
    }

    [Fact]
    public async Task A_write_past_this_process_is_in_the_next_answer()
    {
        var campaign = await Fixture.CreateAsync();
        Assert.Equal(0, (await Fixture.ProgressAsync(campaign.Id)).Total.Quantities[0].Done);

        // What another process commits: the tables and the revision.
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = await CampaignStore.MoveOnAsync(transaction, campaign.Id);
        await connection.ExecuteAsync(
            """
            insert into work_log (campaign_id, grid_id, item, day, quantity, recorded_at, by_name)
            select @Id, grid_id, 'heaps', '2026-11-20', 2.5, @now, 'a' from grid_code where code = 'A11'
            """,
            new { campaign.Id, now });
        Assert.Equal(0, (await Fixture.ProgressAsync(campaign.Id)).Total.Quantities[0].Done);
        await transaction.CommitAsync();
        Assert.Equal(2.5m, (await Fixture.ProgressAsync(campaign.Id)).Total.Quantities[0].Done);
        Assert.Equal(new DateOnly(2026, 11, 20), (await Fixture.GetAsync<CampaignAnswer>($"/api/v1/campaigns/{campaign.Id}")).LastLog);
    }

    [Fact]
    public async Task At_the_offices_midnight_today_moves_on()
    {
        var campaign = await Fixture.CreateAsync();
        await Fixture.PlanAsync(campaign.Id, new ScheduleEntry("A11", "heaps", new(2026, 11, 16), 5, null, 0), new ScheduleEntry("A11", "heaps", new(2026, 11, 23), 5, null, 0));
        var evening = Fixture.Clock.Now;
        try
        {
            Assert.Equal(5, (await Fixture.ProgressAsync(campaign.Id)).Total.Quantities[0].PlannedBy);
            Fixture.Clock.Now = new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero); // Monday, 0:00 in Shanghai
            var monday = await Fixture.ProgressAsync(campaign.Id);
            Assert.Equal((new DateOnly(2026, 11, 23), 6), (monday.On, monday.Total.Quantities[0].PlannedBy));
            Assert.Equal(84, (await Fixture.GetAsync<ProgressDays>($"/api/v1/campaigns/{campaign.Id}/progress/days")).Days.Count);
            Fixture.Clock.Now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
            Assert.Equal(CampaignService.To, (await Fixture.ProgressAsync(campaign.Id)).On);
        }
        finally
        {
            Fixture.Clock.Now = evening;
        }
    }

    /// <summary>Random plans, logs, corrections, freezes and changes of plan, through the API; the frozen days.</summary>
    private async Task ReportAsync(Random random)
    {
        for (var i = 0; i < 60; i++)
        {
            var reported = new DateTimeOffset(2026, 8, 25, 0, 0, 0, TimeSpan.FromHours(8)).AddMinutes(random.Next(0, 88 * 1440));
            var closed = random.Next(2) == 0 ? null : reported.AddMinutes(random.Next(1, 20 * 1440)).ToString("O");
            var grid = ((string[])["A", "A1", "A11", "A11a", "B22", "B3"])[random.Next(6)];
            await InsertIssueAsync(grid, reported.ToString("O"), reported.AddDays(3).ToString("O"), closed);
        }
    }

    private async Task InsertIssueAsync(string grid, string reported, string due, string? closed)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into category (code, name) values ('campaign-test', 'a') on conflict do nothing;
            insert into issue (number, category, point, state, reported_at, due_at, closed_at, grid_id)
            select gen_random_uuid()::text, 'campaign-test', ST_SetSRID(ST_MakePoint(113, 23), 4490), case when @closed::text is null then 'reported' else 'writtenOff' end,
                   @reported::timestamptz, @due::timestamptz, @closed::timestamptz, grid_id
            from grid_code where code = @grid
            """,
            new { grid, reported, due, closed });
    }

    private static void AssertQuantities(IEnumerable<OracleRow> oracle, ProgressRow row)
    {
        foreach (var quantity in row.Quantities)
        {
            var expected = oracle.SingleOrDefault(one => one.Item == quantity.Item) ?? new OracleRow(row.Code, quantity.Item, 0, 0, 0);
            Assert.Equal((expected.Planned, expected.PlannedBy, expected.Done), (quantity.Planned, quantity.PlannedBy, quantity.Done));
        }
    }

    private static void AssertColumnsAddUp(IReadOnlyList<ProgressRow> rows, ProgressRow total)
    {
        for (var i = 0; i < total.Quantities.Count; i++)
        {
            var sum = rows.Select(row => row.Quantities[i]).Aggregate(
                (Planned: 0m, By: 0m, Done: 0m), (sum, one) => (sum.Planned + one.Planned, sum.By + one.PlannedBy, sum.Done + one.Done));
            Assert.Equal((total.Quantities[i].Planned, total.Quantities[i].PlannedBy, total.Quantities[i].Done), sum);
        }

        Assert.Equal(
            (total.HeadCount, total.LoggedZones, total.Zones, total.IssuesOpen, total.IssuesOverdue, total.IssuesWrittenOff),
            (rows.Sum(row => row.HeadCount), rows.Sum(row => row.LoggedZones), rows.Sum(row => row.Zones), rows.Sum(row => row.IssuesOpen),
                rows.Sum(row => row.IssuesOverdue), rows.Sum(row => row.IssuesWrittenOff)));
    }

    private static char Letter(Light light) => light switch { Light.Green => 'g', Light.Yellow => 'y', Light.Red => 'r', _ => '-' };
}
