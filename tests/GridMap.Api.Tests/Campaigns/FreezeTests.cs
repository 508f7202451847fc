using System.Net;
using Dapper;
using GridMap.Api.Campaigns;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>A frozen day stands: what is recorded later counts on other days, and on that one only when it is asked for.</summary>
public sealed class FreezeTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly DateOnly Day = new(2026, 11, 18);

    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task What_is_logged_after_the_freeze_is_not_in_that_days_figures_unless_asked_for()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.PlanAsync(id, new ScheduleEntry("A11", "heaps", new(2026, 11, 16), 20, null, 0));
        await Fixture.LogAsync(id, "A11", Day, "heaps", 6, headCount: 3);
        var before = await Fixture.ProgressAsync(id, $"on={Day:yyyy-MM-dd}");
        await Fixture.FreezeAsync(id, Day);
        var late = await Fixture.LogAsync(id, "A11", Day, "heaps", 2, headCount: 4);
        await Fixture.LogAsync(id, "A11", Day.AddDays(-1), "heaps", 1);
        await Fixture.LogAsync(id, "A12", Day, "heaps", 5);
        await Fixture.LogAsync(id, "A11", Day, "heaps", -1, corrects: late);
        await Fixture.PlanAsync(id, new ScheduleEntry("A11", "heaps", new(2026, 11, 16), 10, null, 1), new ScheduleEntry("A12", "heaps", new(2026, 11, 23), 9, null, 0));

        // The day itself: to the last figure as it was, but that it says so.
        var frozen = await Fixture.ProgressAsync(id, $"on={Day:yyyy-MM-dd}");
        Assert.NotNull(frozen.FrozenAt);
        Assert.Equivalent(before with { FrozenAt = frozen.FrozenAt }, frozen, strict: true);
        Assert.Equal((20m, 12m, 6m, 3), Figures(frozen, "A11"));
        Assert.Equal((10m, 6m, 8m, 7), Figures(await Fixture.ProgressAsync(id, $"on={Day:yyyy-MM-dd}&asKnown=now"), "A11"));
        Assert.Equal((10m, 8m, 8m, 0), Figures(await Fixture.ProgressAsync(id, "on=2026-11-19"), "A11"));
        Assert.Equal((9m, 0m, 5m, 0), Figures(await Fixture.ProgressAsync(id, "on=2026-11-19"), "A12"));
    }

    [Fact]
    public async Task The_opened_zone_and_the_days_know_what_the_frozen_day_knows()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.PlanAsync(id, new ScheduleEntry("A11", "heaps", new(2026, 11, 16), 20, null, 0));
        await Fixture.LogAsync(id, "A11", Day, "heaps", 6);
        await Fixture.FreezeAsync(id, Day);
        await Fixture.LogAsync(id, "A11", Day, "heaps", 2);
        await Fixture.PlanAsync(id, new ScheduleEntry("A11", "heaps", new(2026, 11, 16), 10, null, 1));

        var zone = await Fixture.GetAsync<ZoneProgress>($"/api/v1/campaigns/{id}/progress/zones/A11?on={Day:yyyy-MM-dd}");
        Assert.Equal((20, 6), Week(zone));
        Assert.Equal((12, 6, 6), (zone.Why!.PlannedBy, zone.Why.Done, zone.Why.Missing));
        Assert.Equal((10, 8), Week(await Fixture.GetAsync<ZoneProgress>($"/api/v1/campaigns/{id}/progress/zones/A11?on={Day:yyyy-MM-dd}&asKnown=now")));
        Assert.Equal((10, 8), Week(await Fixture.GetAsync<ZoneProgress>($"/api/v1/campaigns/{id}/progress/zones/A11")));

        var days = await Fixture.GetAsync<ProgressDays>($"/api/v1/campaigns/{id}/progress/days");
        var at = days.Days.ToList().IndexOf(Day);
        Assert.Equal([0.3m, 0.8m], days.Rows.Single(row => row.Code == "A11").Percent.Skip(at).Take(2).OfType<decimal>());

        static (decimal, decimal) Week(ZoneProgress zone)
        {
            var week = zone.Weeks.Single(week => week.Week == new DateOnly(2026, 11, 16)).Quantities[0];
            return (week.Planned, week.Done);
        }
    }

    [Fact]
    public async Task What_begins_before_the_freeze_and_ends_after_it_is_late()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select now()", transaction: transaction); // its now() is fixed here

        await Fixture.FreezeAsync(id, Day);
        var recordedAt = await CampaignStore.MoveOnAsync(transaction, id);
        await transaction.RollbackAsync();
        var frozenAt = (await Fixture.ProgressAsync(id, $"on={Day:yyyy-MM-dd}")).FrozenAt;
        Assert.True(recordedAt > frozenAt!.Value.UtcDateTime);
    }

    [Fact]
    public async Task A_day_is_frozen_once_and_not_before_it_comes()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.FreezeAsync(id, Day);
        var address = $"/api/v1/campaigns/{id}/freezes";
        await Fixture.RefusedAsync(HttpMethod.Post, address, new { day = "2026-11-18" }, HttpStatusCode.Conflict, "already_frozen");
        await Fixture.RefusedAsync(HttpMethod.Post, address, new { day = "2026-11-22" }, HttpStatusCode.BadRequest, "bad_day", "day");
        await Fixture.RefusedAsync(HttpMethod.Post, address, new { day = "2026-08-31" }, HttpStatusCode.BadRequest, "bad_day", "day");
        await Fixture.RefusedAsync(HttpMethod.Post, address, new { }, HttpStatusCode.BadRequest, "bad_day", "day");
    }

    private static (decimal Planned, decimal PlannedBy, decimal Done, int HeadCount) Figures(ProgressAnswer answer, string code)
    {
        var row = answer.Rows.Single(row => row.Code == code);
        return (row.Quantities[0].Planned, row.Quantities[0].PlannedBy, row.Quantities[0].Done, row.HeadCount);
    }
}
