using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.Snapshots;

/// <summary>The copy in memory follows the truth in PostGIS: how soon, and what it does when it cannot.</summary>
public sealed class SnapshotTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const int Disconnected = 1202;
    private const int Unservable = 1203;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            Assert.Equal(JsonValueKind.Null, (await SettingsAsync()).GetProperty("generation").ValueKind);
            await Service.PublishAsync(TestTownship.First);
        }
    }

    [Fact]
    public async Task A_publish_is_served_within_a_second()
    {
        // The median of three: the machine may be busy once, but without NOTIFY each would take the whole two seconds of the poll.
        var times = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            var number = await TestPublication.PublishAsync(Service.Owner, i % 2 == 0 ? TestTownship.Second : TestTownship.First);
            times.Add(await Eventually.TrueAsync(async () => await GenerationAsync() == number, $"generation {number}"));
        }

        Assert.InRange(times.Order().ElementAt(1).TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task A_change_of_people_builds_no_locator_anew()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var before = Service.Snapshots.Current;
        await connection.ExecuteAsync("update person set name = name where id = (select min(id) from person)");
        await Eventually.TrueAsync(() => Task.FromResult(Service.Snapshots.Current.Revision > before.Revision), "another revision");
        var after = Service.Snapshots.Current;
        Assert.NotSame(before, after);
        Assert.Same(before.Locator, after.Locator);
        Assert.Same(before.Coverage, after.Coverage);
    }

    [Fact]
    public async Task A_lost_notification_is_made_good_by_comparing()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("alter table generation disable trigger generation_changed");
        try
        {
            var number = await TestPublication.PublishAsync(Service.Owner, TestTownship.Second);
            var took = await Eventually.TrueAsync(async () => await GenerationAsync() == number, $"generation {number}");
            Assert.InRange(took.TotalSeconds, 0, 3.5);
        }
        finally
        {
            await connection.ExecuteAsync("alter table generation enable trigger generation_changed");
        }
    }

    [Fact]
    public async Task A_killed_listener_comes_back_and_sees_what_it_missed()
    {
        await using var connection = await Service.Superuser.OpenConnectionAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>(
            """
            select count(pg_terminate_backend(pid))::int from pg_stat_activity
            where datname = current_database() and query = 'listen gridmap_snapshot'
            """));
        var number = await TestPublication.PublishAsync(Service.Owner, TestTownship.First);
        await Eventually.TrueAsync(async () => await GenerationAsync() == number, $"generation {number}", seconds: 5);
        await Eventually.TrueAsync(() => Service.Log.Entries.Any(entry => entry.Id.Id == Disconnected), "the loss is logged");
        Service.Log.Take();

        // It listens again: the next one comes by notification.
        await A_publish_is_served_within_a_second();
    }

    [Fact]
    public async Task A_new_person_is_answered_within_a_second()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var name = $"王{Guid.NewGuid():N}";
        await connection.ExecuteAsync(
            """
            with who as (insert into person (name) values (@name) returning id)
            insert into duty (grid_id, person_id, role, from_at)
            select g.grid_id, who.id, 'grid_leader', now() from who, grid_code g where g.code = 'T1'
            """,
            new { name });
        await Eventually.TrueAsync(
            async () => (await Client.GetStringAsync("/api/v1/grids/T1")).Contains(name, StringComparison.Ordinal), "the new leader", seconds: 3);
    }

    [Fact]
    public async Task What_cannot_be_served_is_said_once_and_the_last_snapshot_serves_on()
    {
        var before = await GenerationAsync();
        IReadOnlyList<TestGrid> overlapping = [.. TestTownship.First, new("X", 1, null, "POLYGON ((60 4, 90 4, 90 8, 60 8, 60 4))")];
        await TestPublication.PublishAsync(Service.Owner, overlapping);
        await Eventually.TrueAsync(() => Service.Log.Entries.Any(entry => entry.Id.Id == Unservable), "the complaint");
        Assert.Equal(before, await GenerationAsync());

        var number = await Service.PublishAsync(TestTownship.First);
        Assert.Equal(number, await GenerationAsync());
        Assert.Single(Service.Log.Take(), entry => entry.Level >= LogLevel.Warning && entry.Id.Id == Unservable);
    }

    [Fact]
    public async Task A_generation_that_takes_effect_later_waits_for_its_time()
    {
        var before = await GenerationAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var number = await TestPublication.PublishAsync(Service.Owner, TestTownship.Second, effectiveIn: TimeSpan.FromSeconds(2));
        Assert.Equal(before, await GenerationAsync());
        await Eventually.TrueAsync(async () => await GenerationAsync() == number, $"generation {number}");
        Assert.True(watch.Elapsed.TotalSeconds >= 2);
    }

    [Fact]
    public async Task The_past_is_answered_by_the_generation_of_its_time_and_two_are_kept()
    {
        var first = await Service.PublishAsync(TestTownship.First);
        var second = await Service.PublishAsync(TestTownship.Second);
        var third = await Service.PublishAsync(TestTownship.First);
        await Service.PublishAsync(TestTownship.Second);
        var snapshots = Service.Snapshots;
        var inFirst = await snapshots.AtAsync(await EffectiveAsync(first), CancellationToken.None);
        var inSecond = await snapshots.AtAsync(await EffectiveAsync(second), CancellationToken.None);
        Assert.Equal(first, inFirst!.Generation.Number);
        Assert.Equal(second, inSecond!.Generation.Number);
        Assert.Same(inFirst, await snapshots.AtAsync(await EffectiveAsync(first), CancellationToken.None));
        await snapshots.AtAsync(await EffectiveAsync(third), CancellationToken.None);
        Assert.Same(inFirst, await snapshots.AtAsync(await EffectiveAsync(first), CancellationToken.None));
        Assert.NotSame(inSecond, await snapshots.AtAsync(await EffectiveAsync(second), CancellationToken.None));
    }

    [Fact]
    public async Task The_moment_of_effect_belongs_to_the_new_generation_and_the_instant_before_to_the_old()
    {
        var first = await Service.PublishAsync(TestTownship.First);
        var second = await Service.PublishAsync(TestTownship.Second);
        await Service.PublishAsync(TestTownship.First);
        var moment = await EffectiveAsync(second);
        var snapshots = Service.Snapshots;
        Assert.Equal(second, (await snapshots.AtAsync(moment, CancellationToken.None))!.Generation.Number);
        Assert.Equal(first, (await snapshots.AtAsync(moment.AddMicroseconds(-1), CancellationToken.None))!.Generation.Number);
        Assert.Null(await snapshots.AtAsync(moment.AddYears(-1), CancellationToken.None));
    }

    [Theory]
    [InlineData("/api/v1/settings")]
    [InlineData("/api/v1/grids?limit=1")]
    [InlineData("/api/v1/grids/T1")]
    [InlineData("/api/v1/lookup?lon=113.01&lat=23.01")]
    [InlineData("/api/v1/issues/counts")]
    public async Task Answers_from_the_snapshot_say_which_generation(string address)
    {
        using var answer = await Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(await GenerationAsync(), int.Parse(answer.Headers.GetValues("GridMap-Generation").Single()));
    }

    private async Task<int> GenerationAsync() => (await SettingsAsync()).GetProperty("generation").GetInt32();

    private async Task<JsonElement> SettingsAsync()
    {
        using var settings = JsonDocument.Parse(await Client.GetStringAsync("/api/v1/settings"));
        return settings.RootElement.Clone();
    }

    private async Task<DateTimeOffset> EffectiveAsync(int generation)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<DateTime>("select effective_from from generation where number = @generation", new { generation });
    }
}
