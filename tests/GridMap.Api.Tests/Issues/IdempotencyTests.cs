using System.Net;
using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GridMap.Api.Tests.Issues;

/// <summary>Sending again is safe: one report for each key, whatever comes between.</summary>
public sealed class IdempotencyTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private static object Report => TestReports.Body(TestTownship.Point(1, 1));

    [Fact]
    public async Task The_same_again_gets_the_same_answer_and_is_stored_once()
    {
        var key = NewKey();
        var first = await SendAsync(Report, key);
        var again = await SendAsync(Report, key);
        Assert.Equal(first.AssertStatus(HttpStatusCode.Created).Text, again.AssertStatus(HttpStatusCode.Created).Text);
        Assert.Equal(first.Header("Location"), again.Header("Location"));
        Assert.Equal(1, await CountAsync(first));
    }

    [Fact]
    public async Task The_same_report_in_other_words_of_json_is_the_same()
    {
        var key = NewKey();
        var point = TestTownship.Point(1, 1);
        var first = await SendAsync(new { category = "litter", lon = point.Lon, lat = point.Lat }, key);
        var again = await SendAsync(new { lat = point.Lat, lon = point.Lon, category = "litter", crs = "wgs84", description = "" }, key);
        Assert.Equal(first.Text, again.AssertStatus(HttpStatusCode.Created).Text);
    }

    [Fact]
    public async Task Another_report_under_the_same_key_is_422()
    {
        var key = NewKey();
        var first = await SendAsync(Report, key);
        (await SendAsync(TestReports.Body(TestTownship.Point(2, 2)), key))
            .AssertProblem(HttpStatusCode.UnprocessableEntity, "key_reused", "Idempotency-Key");
        Assert.Equal(1, await CountAsync(first));
    }

    [Fact]
    public async Task Photos_belong_to_the_report()
    {
        var key = NewKey();
        Task<Answer> Send(byte[] photo) => Client.AskAsync(
            HttpMethod.Post, TestReports.Address, TestReports.Form(TestTownship.Point(1, 1), photo), (IdempotencyKey.Header, key));
        var first = await Send(TestPictures.Jpeg);
        Assert.Equal(first.Text, (await Send(TestPictures.Jpeg)).AssertStatus(HttpStatusCode.Created).Text);
        (await Send(TestPictures.Png)).AssertProblem(HttpStatusCode.UnprocessableEntity, "key_reused");
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Service.DataFolder, "photos")).Length); // one photo, whole and small
    }

    [Fact]
    public async Task Callers_do_not_share_keys()
    {
        var key = NewKey();
        var publicly = await SendAsync(Report, key);
        var asAdmin = await Service.Admin.PostJsonAsync(TestReports.Address, Report, (IdempotencyKey.Header, key));
        Assert.NotEqual(
            publicly.Json.GetProperty("number").GetString(), asAdmin.AssertStatus(HttpStatusCode.Created).Json.GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_refused_report_leaves_its_key_free()
    {
        var key = NewKey();
        (await SendAsync(new { category = "nonsense", lon = 113, lat = 23 }, key)).AssertStatus(HttpStatusCode.BadRequest);
        (await SendAsync(Report, key)).AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Twenty_at_once_store_one_and_hear_201_or_409()
    {
        var key = NewKey();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(Report, key)));
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.Conflict]));
        var stored = answers.Where(answer => answer.Status == HttpStatusCode.Created).ToList();
        Assert.NotEmpty(stored);
        Assert.Single(stored.Select(answer => answer.Text).Distinct());
        Assert.Equal(1, await CountAsync(stored[0]));
        foreach (var waiting in answers.Where(answer => answer.Status == HttpStatusCode.Conflict))
        {
            waiting.AssertProblem(HttpStatusCode.Conflict, "still_running");
            Assert.Equal("1", waiting.Header("Retry-After"));
        }
    }

    [Fact]
    public async Task While_the_first_still_runs_the_second_is_409_and_told_when_to_come_again()
    {
        var key = NewKey();
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("lock table issue in exclusive mode", transaction: transaction);
        var first = SendAsync(Report, key);
        await Eventually.TrueAsync(WaitsForTableAsync, "the first holds its key and waits");
        var second = await SendAsync(Report, key);
        second.AssertProblem(HttpStatusCode.Conflict, "still_running");
        Assert.Equal("1", second.Header("Retry-After"));
        await transaction.CommitAsync();
        (await first).AssertStatus(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(200, HttpStatusCode.Created)]
    [InlineData(201, HttpStatusCode.BadRequest)]
    [InlineData(0, HttpStatusCode.BadRequest)]
    public async Task A_key_has_1_to_200_characters(int length, HttpStatusCode status)
    {
        var answer = await SendAsync(Report, NewKey().PadRight(length, 'k')[..length]);
        answer.AssertStatus(status);
        if (status == HttpStatusCode.BadRequest)
        {
            answer.AssertProblem(status, "bad_idempotency_key", "Idempotency-Key");
        }
    }

    [Fact]
    public async Task After_seven_days_a_key_is_forgotten_and_its_row_goes()
    {
        var key = NewKey();
        var first = await SendAsync(Report, key);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("update idempotency_key set created_at = created_at - interval '8 days'");
        var later = await SendAsync(Report, key);
        Assert.NotEqual(first.Text, later.AssertStatus(HttpStatusCode.Created).Text);
        await SendAsync(Report, NewKey());
        await connection.ExecuteAsync("update idempotency_key set created_at = created_at - interval '8 days' where key <> @key", new { key });
        await Service.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().RunAsync(CancellationToken.None);
        Assert.Equal([key], await connection.QueryAsync<string>("select key from idempotency_key"));
    }

    private static string NewKey() => Guid.NewGuid().ToString();

    private Task<Answer> SendAsync(object report, string key) => Client.PostJsonAsync(TestReports.Address, report, (IdempotencyKey.Header, key));

    private async Task<bool> WaitsForTableAsync()
    {
        await using var connection = await Service.Superuser.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'relation')");
    }

    private async Task<int> CountAsync(Answer receipt)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from issue where number = @number", new { number = receipt.Json.GetProperty("number").GetString() });
    }
}
