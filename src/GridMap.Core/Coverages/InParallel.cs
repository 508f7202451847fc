using System.Runtime.ExceptionServices;

namespace GridMap.Core.Coverages;

/// <summary>Loops over all cores. What is done for one number must not touch what is done for another. Stateless and thread safe.</summary>
internal static class InParallel
{
    // Less is done sooner than handed out.
    private const int SmallestShare = 64;

    /// <summary>Does something for 0 to <paramref name="count"/> - 1, in any order.</summary>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public static void For(int count, Action<int> body, CancellationToken cancellationToken)
    {
        if (count <= SmallestShare)
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, body);
        }
        catch (AggregateException e)
        {
            // As if it had been one loop.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
