using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Making campaigns, and what is refused.</summary>
public sealed class CampaignTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private const string Address = "/api/v1/campaigns";

    [Fact]
    public async Task A_campaign_is_answered_as_it_was_made_over_the_zones_of_the_present_generation()
    {
        var body = CampaignService.Wanted();
        body["phases"] = new object[]
        {
            new { name = "干净", nameEn = "Clean", from = "2026-09-01", to = "2026-09-30" }, new { name = "秀美", from = "2026-10-01", to = "2026-11-30" },
        };
        using var made = await Service.Admin.PostAsJsonAsync(Address, body);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var answer = await Client.GetStringAsync(made.Headers.Location);
        var json = JsonDocument.Parse(answer).RootElement;
        Assert.Equal(("2026-09-01", "2026-11-30", "2026-11-21"), (Text("from"), Text("to"), Text("today")));
        Assert.Equal((3, 24), (json.GetProperty("zoneLevel").GetInt32(), json.GetProperty("zones").GetInt32()));
        Assert.Equal(Service.Snapshots.Current.Generation.Number, json.GetProperty("generation").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("lastLog").ValueKind);
        Assert.Equal((0.95m, 0.8m), (json.GetProperty("limits").GetProperty("green").GetDecimal(), json.GetProperty("limits").GetProperty("yellow").GetDecimal()));
        Assert.Equal(
            [new("heaps", "垃圾堆", "", "处", 3), new("sheds", "乱搭建", "Sheds", "平方米", 2), new("cables", "三线", "", "公里", 0.5m)],
            json.GetProperty("items").Deserialize<CampaignItem[]>(CampaignService.Json)!);
        Assert.Equal(
            [new("干净", "Clean", new(2026, 9, 1), new(2026, 9, 30)), new("秀美", "", new(2026, 10, 1), new(2026, 11, 30))],
            json.GetProperty("phases").Deserialize<CampaignPhase[]>(CampaignService.Json)!);

        string Text(string name) => json.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task The_list_has_the_newest_first_in_pages()
    {
        var fixture = (CampaignService)Service;
        foreach (var month in (int[])[3, 1, 2])
        {
            await fixture.CreateAsync(new DateOnly(2031, month, 1), new DateOnly(2031, month, 20));
        }

        var first = await fixture.GetAsync<Page<CampaignAnswer>>($"{Address}?limit=2");
        var second = await fixture.GetAsync<Page<CampaignAnswer>>($"{Address}?limit=2&cursor={first.Next}");
        Assert.Equal([3, 2, 1], first.Items.Concat(second.Items).Take(3).Select(campaign => campaign.From.Month));
        Assert.DoesNotContain(second.Items, campaign => first.Items.Any(other => other.Id == campaign.Id));
    }

    [Theory]
    [InlineData("{}", "bad_text", "name")]
    [InlineData("""{"name":" "}""", "bad_text", "name")]
    [InlineData("""{"name":"a"}""", "bad_from", "from")]
    [InlineData("""{"name":"a","from":"0001-01-01"}""", "bad_from", "from")]
    [InlineData("""{"name":"a","from":"2026-09-01"}""", "bad_to", "to")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-08-31"}""", "bad_to", "to")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2036-09-01"}""", "bad_to", "to")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-31"}""", "bad_json", "to")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30"}""", "bad_zone_level", "zoneLevel")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":5}""", "bad_zone_level", "zoneLevel")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":"three"}""", "bad_json", "zoneLevel")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3}""", "bad_items", "items")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[]}""", "bad_items", "items")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[null]}""", "bad_items", "items[0]")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{}]}""", "bad_item_code", "items[0].code")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"清运"}]}""", "bad_item_code", "items[0].code")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"a"}]}""", "bad_weight", "items[0].weight")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"a","weight":0}]}""", "bad_weight", "items[0].weight")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"a","weight":1.0001}]}""", "bad_weight", "items[0].weight")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"a","weight":9999999}]}""", "bad_weight", "items[0].weight")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"a","weight":1}]}""", "bad_text", "items[0].name")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[{"code":"a","weight":1,"name":"a"}]}""", "bad_text", "items[0].unit")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[I,I]}""", "duplicate_item", "items[1].code")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[I],"limits":{"green":0.8,"yellow":0.95}}""", "bad_limits", "limits")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[I],"limits":{"green":1.2,"yellow":0.95}}""", "bad_limits", "limits")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[I],"phases":[{"name":"a"}]}""", "bad_phase", "phases[0]")]
    [InlineData("""{"name":"a","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[I],"phases":[{"name":"a","from":"2026-09-01","to":"2026-10-01"}]}""", "bad_phase", "phases[0]")]
    [InlineData("""{"name":"a\u0000b","from":"2026-09-01","to":"2026-09-30","zoneLevel":3,"items":[I]}""", "bad_text", null)]
    [InlineData("[]", "bad_json", "body")]
    public async Task What_is_no_campaign_is_refused_by_field_and_nothing_is_stored(string body, string code, string? field) =>
        await ((CampaignService)Service).RefusedAsync(
            HttpMethod.Post, Address, JsonDocument.Parse(body.Replace("I", """{"code":"a","name":"a","unit":"a","weight":1}""", StringComparison.Ordinal)).RootElement,
            HttpStatusCode.BadRequest, code, field);

    [Theory]
    [InlineData("POST", "/api/v1/campaigns")]
    [InlineData("POST", "/api/v1/campaigns/1/worklog")]
    [InlineData("POST", "/api/v1/campaigns/1/freezes")]
    [InlineData("PUT", "/api/v1/campaigns/1/schedule")]
    public async Task Who_has_no_key_changes_nothing(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = JsonContent.Create(CampaignService.Wanted()) };
        using var answer = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/progress")]
    [InlineData("/progress/days")]
    [InlineData("/progress/zones/A11")]
    [InlineData("/schedule")]
    [InlineData("/worklog")]
    public async Task A_campaign_that_is_not_there_is_404(string rest) =>
        await ((CampaignService)Service).RefusedAsync(HttpMethod.Get, $"{Address}/4711{rest}", null, HttpStatusCode.NotFound, "unknown_campaign");

    [Fact]
    public async Task The_campaign_keeps_the_zones_of_its_generation_when_grids_change_later()
    {
        var fixture = (CampaignService)Service;
        var campaign = await fixture.CreateAsync();
        await fixture.LogAsync(campaign.Id, "B34", CampaignService.From, "heaps", 2);
        var before = await fixture.ProgressAsync(campaign.Id, "level=1");
        var grids = Service.Snapshots.Current.Grids;
        try
        {
            // Town B is gone.
            await Service.PublishAsync([.. CampaignService.Towns().Where(grid => !grid.Code.StartsWith('B'))]);
            Assert.Equivalent(before, await fixture.ProgressAsync(campaign.Id, "level=1"), strict: true);
            Assert.Equal(24, (await fixture.ProgressAsync(campaign.Id)).Rows.Count);
        }
        finally
        {
            await Service.PublishAsync([.. CampaignService.Towns()]);
        }

        Assert.Equal(grids.Count, Service.Snapshots.Current.Grids.Count);
    }
}
