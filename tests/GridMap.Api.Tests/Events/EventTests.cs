using System.Text.Json;
using Dapper;
using GridMap.Api.Events;
using GridMap.Api.Tests.Issues;
using GridMap.Core.Issues;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Events;

/// <summary>The stream of events: all that is committed, once, in one order, whoever comes late.</summary>
public sealed class EventTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const int Disconnected = 1301;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            await Service.PublishAsync(TestTownship.First);
        }

        await Service.EventsToldAsync();
    }

    [Fact]
    public async Task A_report_and_each_step_are_told_with_public_facts_only()
    {
        await using var stream = await EventStream.OpenAsync(Client);
        Assert.Equal("ping", stream.Greeting);
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.True(stream.Response.Headers.CacheControl?.NoStore);
        var point = TestTownship.Point(10, 30);
        var receipt = (await Client.PostJsonAsync(
            TestReports.Address,
            new { category = TestService.Category, lon = point.Lon, lat = point.Lat, description = "secret", contact = "secret" })).Json;
        var number = receipt.GetProperty("number").GetString();
        await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/claim", new { by = "secret", note = "secret" });

        await AssertToldAsync(stream, number, "report", "reported");
        await AssertToldAsync(stream, number, "claim", "claimed");
    }

    [Fact]
    public async Task Who_loses_the_stream_before_any_event_resumes_and_misses_nothing()
    {
        string id;
        await using (var stream = await EventStream.OpenAsync(Client))
        {
            id = stream.LastId;
        }

        var number = await Client.ReportNumberAsync(1, 1);
        await using var resumed = await EventStream.OpenAsync(Client, id);
        Assert.Equal("ping", resumed.Greeting);
        Assert.Equal([number], await resumed.NumbersAsync(1));
    }

    [Fact]
    public async Task Two_hundred_reports_from_eight_connections_with_transactions_held_open_are_told_once_each_in_one_order()
    {
        await using var steady = await EventStream.OpenAsync(Client);
        using var over = new CancellationTokenSource();
        var wanderer = Task.Run(() => WanderAsync(steady.LastId, 200));

        // These take their place in the order early and commit late, over and over.
        var holding = Task.WhenAll(Enumerable.Range(0, 3).Select(i => HoldAsync(i, over.Token)));
        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var numbers = new List<string>();
            for (var n = 0; n < 25; n++)
            {
                numbers.Add(await Client.ReportNumberAsync(i * 5 + 1, n + 1));
            }

            return numbers;
        }));
        await over.CancelAsync();
        var held = await holding;
        var expected = reports.SelectMany(numbers => numbers).Concat(held.SelectMany(numbers => numbers)).Order().ToList();

        var told = await steady.NumbersAsync(expected.Count);
        Assert.Equal(expected, told.Order());
        Assert.True(steady.IsQuiet);
        // Who lost the stream again and again was told the same in the same order.
        var wandered = await wanderer;
        await using var rest = await EventStream.OpenAsync(Client, wandered.LastId);
        Assert.Equal(told, [.. wandered.Numbers, .. await rest.NumbersAsync(told.Count - wandered.Numbers.Count)]);
    }

    [Fact]
    public async Task What_is_rolled_back_is_never_told()
    {
        await using var stream = await EventStream.OpenAsync(Client);
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await EventOutbox.AddAsync(transaction, EventOutbox.Issue, new { number = "never" });
            await transaction.RollbackAsync();
        }

        var number = await Client.ReportNumberAsync(1, 1);
        Assert.Equal([number], await stream.NumbersAsync(1));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1-")]
    [InlineData("18446744073709551615-0")]
    [InlineData("99999999999999999999999-1")]
    public async Task An_id_that_is_not_of_this_stream_is_told_to_load_anew_and_then_follows(string id)
    {
        await using var stream = await EventStream.OpenAsync(Client, id);
        Assert.Equal("reset", stream.Greeting);
        var number = await Client.ReportNumberAsync(1, 1);
        Assert.Equal([number], await stream.NumbersAsync(1));
    }

    [Fact]
    public async Task Who_was_away_for_longer_than_events_are_kept_is_told_to_load_anew()
    {
        string old;
        await using (var stream = await EventStream.OpenAsync(Client))
        {
            old = stream.LastId;
        }

        await Client.ReportNumberAsync(1, 1);
        string recent;
        await using (var stream = await EventStream.OpenAsync(Client, old))
        {
            await stream.NumbersAsync(1);
            recent = stream.LastId;
        }

        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("update event set at = at - interval '25 hours'");
        }

        await Service.Services.GetRequiredService<EventReader>().DropOldAsync(CancellationToken.None);
        await using var late = await EventStream.OpenAsync(Client, old);
        Assert.Equal("reset", late.Greeting);

        // Who has the last event that was dropped has missed nothing, though the outbox is empty.
        await using var inTime = await EventStream.OpenAsync(Client, recent);
        Assert.Equal("ping", inTime.Greeting);
        var number = await Client.ReportNumberAsync(1, 1);
        Assert.Equal([number], await late.NumbersAsync(1));
        Assert.Equal([number], await inTime.NumbersAsync(1));
    }

    [Fact]
    public async Task A_subscriber_who_does_not_keep_up_is_cut_off_and_nobody_else_waits()
    {
        const int many = EventFeed.Backlog + 500;
        await using var quick = await EventStream.OpenAsync(Client);

        // What was told before is still under way: the feed has come this far when it tells of this one.
        var marker = await Client.ReportNumberAsync(1, 1);
        while ((await quick.NumbersAsync(1))[0] != marker)
        {
        }

        using var slow = Service.Services.GetRequiredService<EventFeed>().Subscribe();
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                "insert into event (kind, payload) select 'issue', jsonb_build_object('number', 'm-' || n) from generate_series(1, @many) n", new { many });
        }

        Assert.Equal(Enumerable.Range(1, many).Select(n => $"m-{n}"), await quick.NumbersAsync(many));
        var got = new List<EventRecord>();
        await foreach (var record in slow.Events.ReadAllAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token))
        {
            got.Add(record);
        }

        Assert.Equal(EventFeed.Backlog, got.Count);
        await using var resumed = await EventStream.OpenAsync(Client, got[^1].Cursor.ToString());
        Assert.Equal(Enumerable.Range(EventFeed.Backlog + 1, 500).Select(n => $"m-{n}"), await resumed.NumbersAsync(500));
    }

    [Fact]
    public async Task The_feed_goes_on_after_its_connection_is_killed()
    {
        await using var stream = await EventStream.OpenAsync(Client);
        await using (var connection = await Service.Superuser.OpenConnectionAsync())
        {
            Assert.Equal(1, await connection.ExecuteScalarAsync<int>(
                "select count(pg_terminate_backend(pid))::int from pg_stat_activity where datname = current_database() and query = 'listen gridmap_event'"));
        }

        var number = await Client.ReportNumberAsync(1, 1);
        Assert.Equal([number], await stream.NumbersAsync(1));
        await Eventually.TrueAsync(() => Service.Log.Entries.Any(entry => entry.Id.Id == Disconnected), "the loss is logged");
        number = await Client.ReportNumberAsync(1, 1);
        Assert.Equal([number], await stream.NumbersAsync(1));
        Service.Log.Take();
    }

    private static async Task AssertToldAsync(EventStream stream, string? number, string transition, string state)
    {
        var item = await stream.NextAsync();
        Assert.Equal("issue", item.EventType);
        Assert.DoesNotContain("secret", item.Data, StringComparison.Ordinal);
        var told = JsonDocument.Parse(item.Data).RootElement;
        Assert.Equal((number, transition, state), (told.GetProperty("number").GetString(), told.GetProperty("transition").GetString(), told.GetProperty("state").GetString()));
        Assert.Equal("T1.2.a", told.GetProperty("code").GetString());
        Assert.Equal(4, told.GetProperty("gridIds").GetArrayLength());
        var shown = PublicPoint.Round(TestTownship.Point(10, 30));
        Assert.Equal((shown.Lon, shown.Lat), (told.GetProperty("point").GetProperty("lon").GetDouble(), told.GetProperty("point").GetProperty("lat").GetDouble()));
    }

    /// <summary>A reader who loses the stream again and again, and resumes from the last id.</summary>
    private async Task<(List<string> Numbers, string LastId)> WanderAsync(string lastId, int least)
    {
        var numbers = new List<string>();
        var random = new Random(3);
        while (numbers.Count < least)
        {
            await using var stream = await EventStream.OpenAsync(Client, lastId);
            Assert.Equal("ping", stream.Greeting);
            numbers.AddRange(await stream.NumbersAsync(Math.Min(random.Next(1, 30), least - numbers.Count)));
            lastId = stream.LastId;
        }

        return (numbers, lastId);
    }

    private async Task<List<string>> HoldAsync(int who, CancellationToken over)
    {
        var numbers = new List<string>();
        while (!over.IsCancellationRequested)
        {
            await using var connection = await Service.Owner.OpenConnectionAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            var number = $"held-{who}-{numbers.Count}";
            await EventOutbox.AddAsync(transaction, EventOutbox.Issue, new { number });
            await Task.Delay(30 + 40 * who, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            numbers.Add(number);
        }

        return numbers;
    }
}
