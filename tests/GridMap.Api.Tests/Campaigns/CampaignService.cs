using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using GridMap.Api.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>
/// A service over two towns of three communities of four zones each, all squares, with a clock that the test sets.
/// Codes: <c>A</c>, <c>A1</c>, <c>A11</c>. On level 4 the zone A11 alone is divided, into <c>A11a</c> and a remainder.
/// </summary>
public sealed class CampaignService : TestService
{
    private const int Zone = 4;

    public static readonly DateOnly From = new(2026, 9, 1);
    public static readonly DateOnly To = new(2026, 11, 30);

    private static readonly string[] Items = ["heaps", "sheds", "cables"];

    /// <summary>The wire's forms, for reading answers into the records that they were written from.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public TestClock Clock { get; } = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PublishAsync([.. Towns()]);
    }

    /// <summary>Makes a campaign over level 3 with items <c>heaps</c> (weight 3), <c>sheds</c> (2) and <c>cables</c> (0.5).</summary>
    internal async Task<CampaignAnswer> CreateAsync(DateOnly? from = null, DateOnly? to = null)
    {
        using var answer = await Admin.PostAsJsonAsync("/api/v1/campaigns", Wanted(from, to));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.Content.ReadFromJsonAsync<CampaignAnswer>(Json);
        Assert.Equal($"/api/v1/campaigns/{made!.Id}", answer.Headers.Location?.ToString());
        return made;
    }

    internal static Dictionary<string, object?> Wanted(DateOnly? from = null, DateOnly? to = null) => new()
    {
        ["name"] = "人居环境百日攻坚",
        ["nameEn"] = "Hundred days",
        ["from"] = Text(from ?? From),
        ["to"] = Text(to ?? To),
        ["zoneLevel"] = 3,
        ["items"] = new object[]
        {
            new { code = "heaps", name = "垃圾堆", unit = "处", weight = 3 },
            new { code = "sheds", name = "乱搭建", nameEn = "Sheds", unit = "平方米", weight = 2 },
            new { code = "cables", name = "三线", unit = "公里", weight = 0.5 },
        },
    };

    internal async Task<T> GetAsync<T>(string address)
    {
        using var answer = await Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
    }

    internal Task<ProgressAnswer> ProgressAsync(long campaign, string query = "") => GetAsync<ProgressAnswer>($"/api/v1/campaigns/{campaign}/progress?{query}");

    /// <summary>Logs one item for a zone; the id of the entry.</summary>
    internal async Task<long> LogAsync(long campaign, string grid, DateOnly day, string item, decimal quantity, long? corrects = null, int? headCount = null)
    {
        using var answer = await Admin.PostAsJsonAsync($"/api/v1/campaigns/{campaign}/worklog", new
        {
            grid,
            day = Text(day),
            entries = new[] { new { item, quantity } },
            by = "陈片长",
            corrects,
            headCount,
        });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<WorkLogReceipt>(Json))!.Ids.Single();
    }

    internal async Task<List<ScheduleEntry>> PlanAsync(long campaign, params ScheduleEntry[] entries)
    {
        using var answer = await Admin.PutAsJsonAsync($"/api/v1/campaigns/{campaign}/schedule", entries, Json);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<List<ScheduleEntry>>(Json))!;
    }

    internal async Task FreezeAsync(long campaign, DateOnly day)
    {
        using var answer = await Admin.PostAsJsonAsync($"/api/v1/campaigns/{campaign}/freezes", new { day = Text(day) });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Plans, logs, corrections, freezes and changed plans, at random and in turn.</summary>
    /// <returns>The frozen days.</returns>
    internal async Task<List<DateOnly>> FillAsync(CampaignAnswer campaign, Random random)
    {
        string[] zones = [.. from town in "AB" from community in "123" from zone in "1234" select $"{town}{community}{zone}"];
        string[] planning = [.. zones.Where(_ => random.Next(6) > 0), "A2", "B"];
        var plan = (from grid in planning
                    from item in Items
                    from week in Enumerable.Range(0, 14)
                    where random.Next(4) > 0
                    select new ScheduleEntry(grid, item, new DateOnly(2026, 8, 31).AddDays(7 * week), random.Next(0, 20_000) / 1000m, null, 0)).ToArray();
        var stored = await PlanAsync(campaign.Id, plan);
        var frozen = new List<DateOnly>();
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 25; i++)
            {
                var grid = random.Next(8) == 0 ? "A2" : zones[random.Next(zones.Length)];
                var day = From.AddDays(random.Next(0, 82));
                var item = Items[random.Next(3)];
                var id = await LogAsync(campaign.Id, grid, day, item, random.Next(0, 40_000) / 1000m + 1);
                if (random.Next(6) == 0)
                {
                    await LogAsync(campaign.Id, grid, day, item, -random.Next(0, 1000) / 1000m, corrects: id);
                }
            }

            var freeze = From.AddDays(random.Next(0, 82));
            if (!frozen.Contains(freeze))
            {
                frozen.Add(freeze);
                await FreezeAsync(campaign.Id, freeze);
            }

            var some = random.GetItems([.. Enumerable.Range(0, stored.Count)], 12).Distinct().ToList();
            var changed = await PlanAsync(campaign.Id, [.. some.Select(i => stored[i] with { Quantity = random.Next(0, 20_000) / 1000m })]);
            foreach (var (i, entry) in some.Zip(changed))
            {
                stored[i] = entry;
            }
        }

        return frozen;
    }

    /// <summary>Holds a refusal to status, code and field, and to having stored nothing.</summary>
    internal async Task RefusedAsync(HttpMethod method, string address, object? body, HttpStatusCode status, string code, string? field = null)
    {
        var before = await StoredAsync();
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body, options: Json) };
        using var answer = await Admin.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        if (field is not null)
        {
            Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        }

        Assert.Equal(before, await StoredAsync());
    }

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);

    private async Task<string> StoredAsync()
    {
        await using var connection = await Owner.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<string>(
            """
            select format('%s %s %s %s %s %s %s %s %s %s %s', (select count(*) from campaign), (select count(*) from campaign_zone), (select count(*) from schedule_change),
                (select count(*) from schedule_goal), (select count(*) from work_log), (select count(*) from head_count),
                (select count(*) from frozen_day), (select sum(revision) from campaign),
                (select count(*) from arrangement), (select count(*) from recurring_arrangement), (select count(*) from campaign_focus))
            """))!;
    }

    internal static IEnumerable<TestGrid> Towns()
    {
        for (var town = 0; town < 2; town++)
        {
            var name = $"{(char)('A' + town)}";
            var x = town * 5 * Zone;
            yield return new TestGrid(name, 1, null, Block(x, 0, 4, 3)) { Name = $"镇{name}" };
            for (var community = 1; community <= 3; community++)
            {
                var y = (community - 1) * Zone;
                yield return new TestGrid($"{name}{community}", 2, name, Block(x, y, 4, 1));
                for (var zone = 1; zone <= 4; zone++)
                {
                    yield return new TestGrid($"{name}{community}{zone}", 3, $"{name}{community}", Block(x + (zone - 1) * Zone, y, 1, 1));
                }
            }
        }

        yield return new TestGrid("A11a", 4, "A11", "POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))");
    }

    /// <summary>A rectangle of so many zones, with a vertex at every corner of one: neighbours match vertex for vertex.</summary>
    private static string Block(int x, int y, int wide, int high)
    {
        var ring = Enumerable.Range(0, wide).Select(i => (x + i * Zone, y))
            .Concat(Enumerable.Range(0, high).Select(i => (x + wide * Zone, y + i * Zone)))
            .Concat(Enumerable.Range(0, wide).Select(i => (x + (wide - i) * Zone, y + high * Zone)))
            .Concat(Enumerable.Range(0, high + 1).Select(i => (x, y + (high - i) * Zone)));
        return $"POLYGON (({string.Join(", ", ring.Select(point => $"{point.Item1} {point.Item2}"))}))";
    }
}

/// <summary>A clock that stands where a test puts it. The database keeps its own.</summary>
public sealed class TestClock : TimeProvider
{
    /// <summary>Saturday evening of the twelfth week of the campaign, in Shanghai.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 18, 0, 0, TimeSpan.FromHours(8));

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
