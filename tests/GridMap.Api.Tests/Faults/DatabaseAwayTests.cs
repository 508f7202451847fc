using System.Net;
using Dapper;
using GridMap.Api.Tests.Events;
using GridMap.Api.Tests.Issues;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.Faults;

/// <summary>The database goes away and comes back: what is answered meanwhile, and that nobody has to restart anything.</summary>
public sealed class DatabaseAwayTests(DatabaseAwayTests.ServiceBehindProxy service) : ServiceTest(service), IClassFixture<DatabaseAwayTests.ServiceBehindProxy>
{
    private static readonly string[] NeverSaid = ["Npgsql", "gridmap_test", "Password", "Host=", "127.0.0.1", "select ", "   at ", "Exception"];

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
    public async Task While_it_is_away_lookups_go_on_and_the_rest_is_503_and_after_it_all_is_well()
    {
        service.Proxy.TakeAway();
        var number = await TestPublication.PublishAsync(Service.Owner, TestTownship.Second);
        foreach (var address in (string[])
            ["/api/v1/lookup?lon=113.01&lat=23.03", "/api/v1/grids", "/api/v1/grids/T1", "/api/v1/settings", "/tiles/grids.json", "/readyz", "/healthz", "/"])
        {
            (await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK);
        }

        (await Client.PostTextAsync("/api/v1/lookup/batch", """{"points":[[113.01,23.03]]}""")).AssertStatus(HttpStatusCode.OK);
        foreach (var address in (string[])["/api/v1/issues", "/api/v1/issues/counts", "/api/v1/issues/1", "/api/v1/generations", "/api/v1/categories", "/api/v1/events", "/api/v1/grids/T1/history"])
        {
            AssertUnavailable(await Client.GetAnswerAsync(address));
        }

        AssertUnavailable(await Client.PostJsonAsync(TestReports.Address, TestReports.Body(TestTownship.Point(1, 1))));
        AssertUnavailable(await Service.Admin.PostJsonAsync("/api/v1/issues/1/claim", new { by = "x" }));

        service.Proxy.GiveBack();
        await Eventually.TrueAsync(async () => (await TryReportAsync()).Status == HttpStatusCode.Created, "reports are stored again", seconds: 10);
        await Eventually.TrueAsync(() => Service.Snapshots.Current.Generation.Number == number, "what was published meanwhile is served", seconds: 10);
        Assert.DoesNotContain(Service.Log.Take(), entry => entry.Level >= LogLevel.Critical);
    }

    [Fact]
    public async Task A_request_that_is_under_way_when_it_goes_is_503_and_is_not_stored()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var before = await connection.ExecuteScalarAsync<long>("select count(*) from issue");
        Task<Answer> report;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("lock table issue in exclusive mode", transaction: transaction);
            report = Client.PostJsonAsync(TestReports.Address, TestReports.Body(TestTownship.Point(1, 1)));
            await Eventually.TrueAsync(WaitsForTableAsync, "the report waits");
            service.Proxy.TakeAway();
            AssertUnavailable(await report);
        }

        service.Proxy.GiveBack();
        Assert.Equal(before, await connection.ExecuteScalarAsync<long>("select count(*) from issue"));
        await Eventually.TrueAsync(async () => (await TryReportAsync()).Status == HttpStatusCode.Created, "reports are stored again", seconds: 10);
        Service.Log.Take();
    }

    [Fact]
    public async Task When_the_server_ends_all_connections_at_most_a_few_requests_notice()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Client.ReportNumberAsync(i, 1)));
        await using (var connection = await Service.Superuser.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                $"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = '{TestRoles.Service}'");
        }

        var answers = new List<Answer>();
        while (answers.Count == 0 || answers[^1].Status != HttpStatusCode.Created)
        {
            answers.Add(await TryReportAsync());
            Assert.True(answers.Count < 25, "it recovers");
        }

        answers.SkipLast(1).ToList().ForEach(AssertUnavailable);
        await Eventually.TrueAsync(
            () => Service.Log.Entries.Count(entry => entry.Id.Id is 1202 or 1301) == 2, "both listeners noticed");
        Service.Log.Take();
    }

    [Fact]
    public async Task A_stream_of_events_that_outlives_the_database_misses_nothing()
    {
        await using var stream = await EventStream.OpenAsync(Client);
        var first = await Client.ReportNumberAsync(1, 1);
        Assert.Equal([first], await stream.NumbersAsync(1));
        service.Proxy.TakeAway();

        // Another process of the installation still reaches it.
        await using (var connection = await Service.Owner.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("""insert into event (kind, payload) values ('issue', '{"number": "meanwhile"}')""");
        }

        service.Proxy.GiveBack();
        Assert.Equal(["meanwhile"], await stream.NumbersAsync(1));
        Service.Log.Take();
    }

    private static void AssertUnavailable(Answer answer)
    {
        answer.AssertProblem(HttpStatusCode.ServiceUnavailable, "database_unavailable");
        Assert.Equal("2", answer.Header("Retry-After"));
        Assert.All(NeverSaid, words => Assert.DoesNotContain(words, answer.Text, StringComparison.OrdinalIgnoreCase));
    }

    private Task<Answer> TryReportAsync() => Client.PostJsonAsync(TestReports.Address, TestReports.Body(TestTownship.Point(1, 1)));

    private async Task<bool> WaitsForTableAsync()
    {
        await using var connection = await Service.Superuser.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'relation')");
    }

    public sealed class ServiceBehindProxy : TestService
    {
        private DatabaseProxy? proxy;

        internal DatabaseProxy Proxy => proxy ??= new DatabaseProxy(ServiceConnection);

        protected override string ServiceConnectionSeen => Proxy.Through(ServiceConnection);

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            Proxy.Dispose();
        }
    }
}
