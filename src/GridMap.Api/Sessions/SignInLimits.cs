using System.Threading.RateLimiting;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Sessions;

/// <summary>How often one address may try to sign in, whatever the name: who tries one password on all names meets this. Thread safe.</summary>
internal sealed class SignInLimits(IOptions<SignInOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context => RateLimitPartition.GetSlidingWindowLimiter(ClientAddress.Network(context), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = options.Value.AttemptsPerMinute,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));

    /// <exception cref="ProblemException">429.</exception>
    public void Take(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            throw Wait((int)Window.TotalSeconds);
        }
    }

    /// <summary>The refusal of who has to wait.</summary>
    public static ProblemException Wait(int seconds) => new(new Problem(
        StatusCodes.Status429TooManyRequests, "too_many_attempts",
        $"Too many attempts. Wait {seconds} seconds; whoever has forgotten the password asks the administrator for a new one.")
    { RetryAfterSeconds = seconds });

    public void Dispose() => limiter.Dispose();
}
