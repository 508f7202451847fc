using System.Threading.Channels;
using GridMap.Api.Hosting;

namespace GridMap.Api.Imports;

/// <summary>Runs queued imports one at a time, and at the start buries those that a stopped process left behind.</summary>
internal sealed partial class ImportWorker(ImportQueue queue, ImportJobs jobs, ImportRunner runner, DataFolder data, ILogger<ImportWorker> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var dead = await jobs.BuryAsync(cancellationToken);
        if (dead > 0)
            Buried(log, dead);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var job in queue.Reader.ReadAllAsync(stoppingToken))
                await RunAsync(job, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what still waits is told below.
        }

        while (queue.Reader.TryRead(out var left))
            await EndAsync(left, ImportJobs.Interrupted);
    }

    private async Task RunAsync(QueuedImport job, CancellationToken cancel)
    {
        Problem? problem = null;
        await using (var progress = new JobProgress(jobs, job.Id))
        {
            try
            {
                Directory.CreateDirectory(data.Sub("imports"));
                await runner.RunAsync(
                    job.Request, job.Parameters, job.By, progress, (transaction, outcome) => ImportJobs.DoneAsync(transaction, job.Id, outcome), cancel);
            }
            catch (ProblemException e)
            {
                problem = e.Problem;
                if (problem.Status == StatusCodes.Status403Forbidden)
                    await jobs.RefusedAsync(job, problem);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                problem = ImportJobs.Interrupted;
            }
#pragma warning disable CA1031 // Whatever one import does, the next one is served; the reason is logged in full.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Failed(log, e, job.Id);
                problem = new Problem(StatusCodes.Status500InternalServerError, "internal", "The import failed; the reason is in the service's log. Nothing was stored.");
            }
        }

        await EndAsync(job, problem);
    }

    private async Task EndAsync(QueuedImport job, Problem? problem)
    {
        if (problem is not null)
            await jobs.FailedAsync(job.Id, problem);
        await queue.ReleaseAsync(job);
        Ended(log, job.Id, problem?.Code ?? "done");
    }

    /// <summary>Writes progress to the job's row: the latest only, at most one write at a time.</summary>
    private sealed class JobProgress : IProgress<ImportProgress>, IAsyncDisposable
    {
        private readonly Channel<ImportProgress> latest =
            Channel.CreateBounded<ImportProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        private readonly Task writing;

        public JobProgress(ImportJobs jobs, long id) => writing = WriteAsync(jobs, id);

        public void Report(ImportProgress value) => latest.Writer.TryWrite(value);

        public async ValueTask DisposeAsync()
        {
            latest.Writer.Complete();
            await writing;
        }

        private async Task WriteAsync(ImportJobs jobs, long id)
        {
            await foreach (var progress in latest.Reader.ReadAllAsync())
                await jobs.ProgressAsync(id, progress, CancellationToken.None);
        }
    }

    [LoggerMessage(3201, LogLevel.Warning, "{Count} imports were interrupted by a stop of the service")]
    private static partial void Buried(ILogger log, int count);

    [LoggerMessage(3202, LogLevel.Error, "Import {Job} failed")]
    private static partial void Failed(ILogger log, Exception exception, long job);

    [LoggerMessage(3203, LogLevel.Information, "Import {Job} ended: {Outcome}")]
    private static partial void Ended(ILogger log, long job, string outcome);
}
