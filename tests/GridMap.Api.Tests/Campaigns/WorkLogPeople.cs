using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dapper;
using GridMap.Api.Campaigns;
using GridMap.Api.Hosting;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>
/// People who sign in, over a campaign that runs since three weeks and for three more. Every day is worked, weekends too (调休), but for the
/// <see cref="Rest"/> two days ago: what a test says of a day does not hang on the day on which it runs.
/// </summary>
public sealed class WorkLogPeople : PeopleService
{
    public DateOnly Today { get; private set; }

    public DateOnly Rest => Today.AddDays(-2);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // Noon in Shanghai: no midnight comes while the tests run.
        Today = DateOnly.FromDateTime(Clock.Now.UtcDateTime.AddHours(8));
        SetHour(12, 0);
        await using var connection = await Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into calendar_day (day, is_workday, name, source) select @Today + i, i <> -2, 'test', 'test' from generate_series(-30, 30) i on conflict (day) do update set is_workday = excluded.is_workday", new { Today });
    }

    /// <summary>Puts the clock to an hour of today in Shanghai.</summary>
    public void SetHour(int hour, int minute) =>
        Clock.Now = new DateTimeOffset(Today.ToDateTime(new TimeOnly(hour, minute)), TimeSpan.FromHours(8));

    internal async Task<long> CreateAsync()
    {
        var made = (await Admin.PostJsonAsync("/api/v1/campaigns", CampaignService.Wanted(Today.AddDays(-21), Today.AddDays(21)))).AssertStatus(HttpStatusCode.Created);
        return made.Json.GetProperty("id").GetInt64();
    }

    internal static string LogOf(long id) => $"/api/v1/campaigns/{id}/worklog";

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Logs as the administrator; the ids of the entries.</summary>
    internal async Task<IReadOnlyList<long>> LogAsync(long id, string grid, DateOnly day, params (string Item, decimal Quantity)[] entries) =>
        (await ReadAsync<WorkLogReceipt>(await Admin.PostAsJsonAsync(LogOf(id), Body(grid, day, entries)), HttpStatusCode.Created)).Ids;

    internal async Task PlanAsync(long campaign, params ScheduleEntry[] entries)
    {
        using var answer = await Admin.PutAsJsonAsync($"/api/v1/campaigns/{campaign}/schedule", entries, CampaignService.Json);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    internal static NewWorkLog Body(string grid, DateOnly day, params (string Item, decimal Quantity)[] entries) =>
        new(grid, day, [.. entries.Select(entry => new NewWorkLogEntry(entry.Item, entry.Quantity))], null, "陈片长", null, null);

    internal static async Task<T> GetAsync<T>(HttpClient client, string address) =>
        await ReadAsync<T>(await client.GetAsync(new Uri(address, UriKind.Relative)), HttpStatusCode.OK);

    internal static async Task<T> ReadAsync<T>(HttpResponseMessage answer, HttpStatusCode status)
    {
        using (answer)
        {
            Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return (await answer.Content.ReadFromJsonAsync<T>(CampaignService.Json))!;
        }
    }

    /// <summary>What somebody's inbox says of missing logs: the zones' codes, newest first.</summary>
    internal static async Task<List<string>> RemindedAsync(SignedIn who) =>
        [.. (await GetAsync<Page<GridMap.Api.Inbox.InboxItem>>(who.Client, "/api/v1/inbox")).Items
            .Where(item => item.Kind == "worklog.missing").Select(item => item.Parameters.GetProperty("grid").GetString()!)];
}
