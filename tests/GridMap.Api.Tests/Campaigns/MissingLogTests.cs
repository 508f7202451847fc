using System.Globalization;
using System.Net;
using GridMap.Api.Campaigns;
using GridMap.Api.Settings;
using GridMap.Api.Tests.People;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Who has not logged is found by the calendar, listed, and told once a day: by a leader or by the service itself.</summary>
public sealed class MissingLogTests(WorkLogPeople service) : ServiceTest(service), IClassFixture<WorkLogPeople>
{
    private WorkLogPeople People => (WorkLogPeople)Service;

    [Fact]
    public async Task Silence_is_counted_in_workdays_with_made_up_ones_and_ends_with_a_late_log()
    {
        var id = await People.CreateAsync();
        foreach (var zone in (string[])["A11", "A12", "A21", "A22", "B11", "B12", "B21"])
        {
            await People.LogAsync(id, zone, People.Today.AddDays(-4), ("heaps", 1));
            if (zone != "A11")
                await People.LogAsync(id, zone, People.Today, ("heaps", 0));
        }

        var missing = await MissingAsync(Client, id);
        // Four days back to the last log, one of them a day of rest; weekends are worked.
        Assert.Equal([("B22", 21, null), ("A11", 3, People.Today.AddDays(-4))], missing.Rows.Select(row => (row.Code, row.SilentDays, row.LastDay)));
        Assert.Equal((true, 2, 8, 3), (missing.Workday, missing.Missing, missing.Zones, missing.Level));
        var towns = await MissingAsync(Client, id, "level=1");
        Assert.Equal([("A", 1, 4), ("B", 1, 4)], towns.Rows.Select(row => (row.Code, row.Missing, row.Zones)).Order());

        var rest = await MissingAsync(Client, id, $"on={WorkLogPeople.Text(People.Rest)}");
        Assert.False(rest.Workday);
        Assert.Empty(rest.Rows);
        await People.LogAsync(id, "A11", People.Today.AddDays(-1), ("heaps", 2));
        Assert.Equal(1, (await MissingAsync(Client, id)).Rows.Single(row => row.Code == "A11").SilentDays);
        foreach (var (query, code) in new[] { ($"on={WorkLogPeople.Text(People.Today.AddDays(1))}", "bad_on"), ("on=2020-01-01", "bad_on"), ("level=4", "level_too_fine") })
        {
            (await Client.GetAnswerAsync($"{WorkLogPeople.LogOf(id)}/missing?{query}")).AssertProblem(HttpStatusCode.BadRequest, code);
        }
    }

    [Fact]
    public async Task Who_answers_is_named_to_those_who_may_see_names_only()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("worker", ("grid_worker", "A11"));
        var leader = await NewAsync("leader", ("grid_leader", "A1"));
        var open = await MissingAsync(Client, id);
        Assert.Contains(new LogHolder("grid_worker", null), open.Rows.Single(row => row.Code == "A11").Holders);
        Assert.DoesNotContain(worker.Name, (await Client.GetAnswerAsync($"{WorkLogPeople.LogOf(id)}/missing")).Text, StringComparison.Ordinal);
        var seen = (await MissingAsync(leader.Client, id)).Rows.Single(row => row.Code == "A11");
        Assert.Contains(new LogHolder("grid_worker", worker.Name), seen.Holders);
        Assert.Equal(("A1", true), (seen.Parent, seen.MayRemind));
        Assert.False(open.Rows[0].MayRemind);
        Assert.False((await MissingAsync(leader.Client, id)).Rows.Single(row => row.Code == "B11").MayRemind);
    }

    [Fact]
    public async Task A_leader_reminds_once_a_day_and_is_told_what_became_of_it()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("told", ("grid_worker", "A21"));
        var leader = await NewAsync("telling", ("grid_leader", "A2"));
        await People.LogAsync(id, "A22", People.Today, ("heaps", 1));

        var first = await RemindAsync(leader.Client, id, "A21", "A22");
        Assert.Equivalent(new ReminderReceipt(["A21"], [], ["A22"], []), first, strict: true);
        Assert.Equivalent(new ReminderReceipt([], ["A21"], ["A22"], []), await RemindAsync(leader.Client, id, "A21", "A22"), strict: true);
        Assert.Equal(["A21"], await WorkLogPeople.RemindedAsync(worker));
        Assert.NotNull((await MissingAsync(leader.Client, id)).Rows.Single(row => row.Code == "A21").RemindedAt);
        var audited = (await People.AuditAsync("worklog.remind")).Where(entry => entry.Subject == $"{id}").ToList();
        Assert.Equal((leader.Name, true), (Assert.Single(audited).Who, audited[0].After!.Contains("A21", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_reminded_of_is_refused_and_nobody_is_told()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("spared", ("grid_worker", "B11"));
        var leader = await NewAsync("refused", ("grid_leader", "B1"));
        (await PostAsync(leader.Client, id, new { grids = new[] { "B11", "A11" } })).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await PostAsync(leader.Client, id, new { grids = new[] { "B11" }, day = People.Rest })).AssertProblem(HttpStatusCode.BadRequest, "no_workday", "day");
        (await PostAsync(leader.Client, id, new { grids = new[] { "B11" }, day = People.Today.AddDays(1) })).AssertProblem(HttpStatusCode.BadRequest, "bad_day", "day");
        (await PostAsync(leader.Client, id, new { grids = new[] { "B1" } })).AssertProblem(HttpStatusCode.BadRequest, "bad_grid", "grids[0]");
        (await PostAsync(leader.Client, id, new { })).AssertProblem(HttpStatusCode.BadRequest, "bad_grids", "grids");
        (await PostAsync(worker.Client, id, new { grids = new[] { "B11" } })).AssertProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty(await WorkLogPeople.RemindedAsync(worker));
    }

    [Fact]
    public async Task Of_many_who_remind_at_once_one_does()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("once", ("grid_worker", "B21"), ("grid_leader", "B22"));
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RemindAsync(Service.Admin, id, i % 2 == 0 ? ["B21", "B22"] : ["B22", "B21"])));
        Assert.Equal(["B21", "B22"], receipts.SelectMany(receipt => receipt.Told).Order());
        Assert.Equal(["B21", "B22"], (await WorkLogPeople.RemindedAsync(worker)).Order());
    }

    [Fact]
    public async Task The_service_reminds_from_the_hour_on_once_a_day_however_many_watch()
    {
        var id = await People.CreateAsync();
        var worker = await NewAsync("watched", ("grid_worker", "A12"));
        try
        {
            foreach (var (hour, minute) in new[] { (16, 59), (19, 0) })
            {
                People.SetHour(hour, minute);
                Assert.Equal(0, await Watch().RunAsync(CancellationToken.None));
            }

            People.SetHour(17, 0);
            Assert.Equal(0, await Watch(off: true).RunAsync(CancellationToken.None));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Watch().RunAsync(CancellationToken.None)));
            Assert.Equal(0, await Watch().RunAsync(CancellationToken.None));
            // Other campaigns of this class lack a log of the zone as well: one message each.
            Assert.Single(await InboxOfAsync(worker), link => link.StartsWith($"/worklog/{id}/A12/", StringComparison.Ordinal));
            Assert.NotNull((await MissingAsync(Service.Admin, id)).Rows.Single(row => row.Code == "A12").RemindedAt);
        }
        finally
        {
            People.SetHour(12, 0);
        }
    }

    [Theory]
    [InlineData("16:30", "16:30")]
    [InlineData("", null)]
    [InlineData(null, "17:00")]
    public void The_hour_is_set_in_the_settings_and_switched_off_by_an_empty_one(string? set, string? hour)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GridMap:Title"] = "x" });
        if (set is not null)
            settings.AddInMemoryCollection(new Dictionary<string, string?> { ["GridMap:WorkLogReminder"] = set });
        var options = settings.Build().GetSection(GridMapOptions.Section).Get<GridMapOptions>()!;
        Assert.Equal(hour is null ? null : TimeOnly.ParseExact(hour, "HH:mm", CultureInfo.InvariantCulture), options.WorkLogReminder);
    }

    private static async Task<List<string>> InboxOfAsync(SignedIn who) =>
        [.. (await WorkLogPeople.GetAsync<GridMap.Api.Hosting.Page<GridMap.Api.Inbox.InboxItem>>(who.Client, "/api/v1/inbox?limit=500")).Items
            .Where(item => item.Kind == "worklog.missing").Select(item => item.Link)];

    private WorkLogWatch Watch(bool off = false) => ActivatorUtilities.CreateInstance<WorkLogWatch>(
        Service.Services, NullLogger<WorkLogWatch>.Instance,
        Options.Create(new GridMapOptions { WorkLogReminder = off ? null : new GridMapOptions().WorkLogReminder }));

    private async Task<SignedIn> NewAsync(string name, params (string Role, string? Grid)[] duties)
    {
        var made = await People.SignInAsync($"missing-{name}", duties);
        await Eventually.TrueAsync(
            () => Service.Snapshots.Current.ByCode(duties[^1].Grid!)!.Duties.Any(duty => duty.PersonName == made.Name), $"{name} is known");
        return made;
    }

    private static Task<MissingLogs> MissingAsync(HttpClient client, long id, string query = "") =>
        WorkLogPeople.GetAsync<MissingLogs>(client, $"{WorkLogPeople.LogOf(id)}/missing?{query}");

    private static Task<Answer> PostAsync(HttpClient client, long id, object body) => client.PostJsonAsync($"{WorkLogPeople.LogOf(id)}/reminders", body);

    private static async Task<ReminderReceipt> RemindAsync(HttpClient client, long id, params string[] grids) =>
        await WorkLogPeople.ReadAsync<ReminderReceipt>((await PostAsync(client, id, new { grids })).Message, HttpStatusCode.OK);
}
