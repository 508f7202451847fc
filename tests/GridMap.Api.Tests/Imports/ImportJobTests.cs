using System.Net;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Imports;

/// <summary>Jobs that a stopped process left behind, and those that a living one has in hand.</summary>
public sealed class ImportJobTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private ImportJobs Jobs => Service.Services.GetRequiredService<ImportJobs>();

    [Fact]
    public async Task A_job_that_nobody_has_in_hand_is_called_interrupted_and_a_living_one_is_not()
    {
        var (living, lease) = await Jobs.AddAsync("{}", Caller.Program, default);
        await using (lease)
        {
            await Jobs.ProgressAsync(living, new ImportProgress("node", 40, 100), default);
            await using var connection = await Service.Owner.OpenConnectionAsync();
            var dead = await connection.ExecuteScalarAsync<long>(
                "insert into import_job (state, stage, parameters, created_by) values ('running', 'read', '{}', 'test') returning id");
            Assert.Equal(1, await Jobs.BuryAsync(default));
            var problem = AssertRefused((await Admin.GetAnswerAsync($"{Address}/{dead}")).Json, "interrupted");
            Assert.Contains("send it again", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            var job = (await Admin.GetAnswerAsync($"{Address}/{living}")).Json;
            Assert.Equal(("running", "node", 40, 100), (job.GetProperty("state").GetString(), job.GetProperty("stage").GetString(), job.GetProperty("done").GetInt32(), job.GetProperty("total").GetInt32()));
        }

        // Whoever had it in hand is gone.
        await Eventually.TrueAsync(async () => await Jobs.BuryAsync(default) == 1, "the job is called dead");
    }

    [Fact]
    public async Task A_job_called_dead_meanwhile_stores_no_plan()
    {
        var (id, lease) = await Jobs.AddAsync("{}", Caller.Program, default);
        await lease.DisposeAsync();
        await Eventually.TrueAsync(async () => await Jobs.BuryAsync(default) == 1, "the job is called dead");
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var e = await Assert.ThrowsAsync<GridMap.Api.Hosting.ProblemException>(() => ImportJobs.DoneAsync(transaction, id, new ImportOutcome(1, new ImportReport())));
        Assert.Equal("interrupted", e.Problem.Code);
    }

    [Fact]
    public async Task Imports_sent_together_run_one_after_the_other_and_all_end()
    {
        var files = Enumerable.Range(0, 4).Select(i => TownshipFile($"f{i}.geojson", new TestGrid($"q{i}", 1, null, "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"))).ToList();
        var jobs = await Task.WhenAll(files.Select(file => ImportAsync(file, "level=1", "mode=replace")));
        Assert.Equal(4, jobs.Select(AssertDone).Distinct().Count());
        var listed = (await Admin.GetAnswerAsync($"{Address}?limit=4")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("id").GetInt64()).ToList();
        Assert.Equal(listed.OrderDescending(), listed);
        var times = jobs.Select(job => job.GetProperty("finishedAt").GetDateTimeOffset()).ToList();
        Assert.Equal(4, times.Distinct().Count());
        await Eventually.TrueAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(Service.DataFolder, "imports")).Any(), "the uploads are gone");
    }
}
