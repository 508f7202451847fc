using System.Threading.Channels;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using Npgsql;

namespace GridMap.Api.Imports;

/// <summary>A job that waits or runs, with what it needs.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Request">What to import.</param>
/// <param name="Parameters">The same as it was written.</param>
/// <param name="By">Who sent it.</param>
/// <param name="Folder">Holds its files; deleted at the end.</param>
/// <param name="Lease">Says that this process has it in hand.</param>
internal sealed record QueuedImport(long Id, ImportRequest Request, string Parameters, Caller By, string Folder, NpgsqlConnection Lease);

/// <summary>Imports that were sent to this process, one after the other: a build takes all the memory that one import may. Thread safe.</summary>
internal sealed class ImportQueue(ImportJobs jobs)
{
    private const int Capacity = 16;

    private readonly Channel<QueuedImport> channel = Channel.CreateUnbounded<QueuedImport>(new UnboundedChannelOptions { SingleReader = true });
    private int length;

    /// <summary>Jobs as they come.</summary>
    public ChannelReader<QueuedImport> Reader => channel.Reader;

    /// <summary>Writes a job down and takes it on.</summary>
    /// <exception cref="ProblemException">503: too many are waiting.</exception>
    public async Task<long> AddAsync(ImportRequest request, string parameters, Caller by, string folder, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref length) > Capacity)
        {
            Interlocked.Decrement(ref length);
            throw new ProblemException(new Problem(
                StatusCodes.Status503ServiceUnavailable, "queue_full", $"{Capacity} imports are waiting already. Send it again when one is done."));
        }

        var taken = false;
        try
        {
            var (id, lease) = await jobs.AddAsync(parameters, by, cancel);
            taken = channel.Writer.TryWrite(new QueuedImport(id, request, parameters, by, folder, lease));
            return id;
        }
        finally
        {
            if (!taken)
                Interlocked.Decrement(ref length);
        }
    }

    /// <summary>Lets go of a job that is done with.</summary>
    public async Task ReleaseAsync(QueuedImport job)
    {
        Interlocked.Decrement(ref length);
        await job.Lease.DisposeAsync();
        if (Directory.Exists(job.Folder))
            Directory.Delete(job.Folder, recursive: true);
    }
}
