using System.Net;
using System.Net.Http.Json;
using GridMap.Api.Campaigns;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>What a campaign is called changes; what its figures are made of does not.</summary>
public sealed class CampaignChangeTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private CampaignService Fixture => (CampaignService)Service;

    [Fact]
    public async Task Names_and_phases_change_and_figures_do_not()
    {
        var campaign = await Fixture.CreateAsync();
        await Fixture.PlanAsync(campaign.Id, new ScheduleEntry("A11", "heaps", new(2026, 10, 5), 5, null, 0));
        await Fixture.LogAsync(campaign.Id, "A11", new(2026, 10, 6), "heaps", 2);
        var before = await Fixture.ProgressAsync(campaign.Id);

        var changed = await PutAsync(campaign, Body(campaign.Version));
        Assert.Equal(("环境整治", "Clean-up", campaign.Version + 1), (changed.Name, changed.NameEn, changed.Version));
        Assert.Equal([("heaps", "积存垃圾"), ("sheds", "乱搭建"), ("cables", "三线")], changed.Items.Select(item => (item.Code, item.Name)));
        Assert.Equal(campaign.Items.Select(item => (item.Unit, item.Weight)), changed.Items.Select(item => (item.Unit, item.Weight)));
        Assert.Equal([new CampaignPhase("干净", "", new(2026, 9, 1), new(2026, 9, 30))], changed.Phases);
        Assert.Equivalent(changed, await Fixture.GetAsync<CampaignAnswer>($"/api/v1/campaigns/{campaign.Id}"), strict: true);
        Assert.Equivalent(before.Rows, (await Fixture.ProgressAsync(campaign.Id)).Rows, strict: true);

        var again = await PutAsync(campaign, Body(changed.Version) with { Phases = [] });
        Assert.Empty(again.Phases);
    }

    [Fact]
    public async Task Who_read_it_before_somebody_else_changed_it_is_told()
    {
        var campaign = await Fixture.CreateAsync();
        await PutAsync(campaign, Body(campaign.Version));
        await Fixture.RefusedAsync(HttpMethod.Put, Address(campaign), Body(campaign.Version) with { Name = "别的" }, HttpStatusCode.Conflict, "changed_meanwhile");
        Assert.Equal("环境整治", (await Fixture.GetAsync<CampaignAnswer>(Address(campaign))).Name);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_field()
    {
        var campaign = await Fixture.CreateAsync();
        var body = Body(campaign.Version);
        await RefusedAsync(body with { Name = " " }, "bad_text", "name");
        await RefusedAsync(body with { Items = [new("huts", "棚", null)] }, "bad_item", "items[0].code");
        await RefusedAsync(body with { Items = [new("heaps", "a", null), new("heaps", "b", null)] }, "duplicate_item", "items[1].code");
        await RefusedAsync(body with { Items = [new("heaps", "", null)] }, "bad_text", "items[0].name");
        await RefusedAsync(body with { Phases = [new("晚", null, new(2026, 11, 1), new(2026, 12, 1))] }, "bad_phase", "phases[0]");
        await Fixture.RefusedAsync(HttpMethod.Put, "/api/v1/campaigns/4711", body, HttpStatusCode.NotFound, "unknown_campaign");
        Assert.Equivalent(campaign, await Fixture.GetAsync<CampaignAnswer>(Address(campaign)), strict: true);

        Task RefusedAsync(ChangedCampaign wrong, string code, string field) => Fixture.RefusedAsync(HttpMethod.Put, Address(campaign), wrong, HttpStatusCode.BadRequest, code, field);
    }

    private static string Address(CampaignAnswer campaign) => $"/api/v1/campaigns/{campaign.Id}";

    private static ChangedCampaign Body(int version) => new("环境整治", "Clean-up", [new("heaps", "积存垃圾", null)], [new("干净", null, new(2026, 9, 1), new(2026, 9, 30))], version);

    private async Task<CampaignAnswer> PutAsync(CampaignAnswer campaign, ChangedCampaign body)
    {
        using var answer = await Service.Admin.PutAsJsonAsync(Address(campaign), body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<CampaignAnswer>(CampaignService.Json))!;
    }
}
