using System.Threading.RateLimiting;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Sessions;

/// <summary>
/// How often one address may fail to sign in, whatever the name: who tries one password on all names meets this. An office behind one
/// address signs in freely; only a flood of attempts, right or wrong, is held off too. Thread safe.
/// </summary>
internal sealed class SignInLimits(IOptions<SignInOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int AttemptsForEachFailure = 10;

    private readonly PartitionedRateLimiter<HttpContext> failures = Limiter(options.Value.AttemptsPerMinute);
    private readonly PartitionedRateLimiter<HttpContext> attempts = Limiter(options.Value.AttemptsPerMinute * AttemptsForEachFailure);

    /// <summary>Before a password is looked at.</summary>
    /// <exception cref="ProblemException">429.</exception>
    public void Take(HttpContext context)
    {
        using var failed = failures.AttemptAcquire(context, permitCount: 0);
        using var tried = attempts.AttemptAcquire(context);
        if (!failed.IsAcquired || !tried.IsAcquired)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status429TooManyRequests, "too_many_attempts",
                $"Too many attempts from your address. Wait {(int)Window.TotalSeconds} seconds.")
            { RetryAfterSeconds = (int)Window.TotalSeconds });
        }
    }

    /// <summary>After it was wrong.</summary>
    public void Failed(HttpContext context) => failures.AttemptAcquire(context).Dispose();

    /// <summary>The refusal of who has to wait.</summary>
    public static ProblemException Wait(int seconds) => new(new Problem(
        StatusCodes.Status429TooManyRequests, "too_many_attempts",
        $"Too many attempts. Wait {seconds} seconds; whoever has forgotten the password asks the administrator for a new one.")
    { RetryAfterSeconds = seconds });

    public void Dispose()
    {
        failures.Dispose();
        attempts.Dispose();
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(int permits) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetSlidingWindowLimiter(ClientAddress.Network(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));
}
