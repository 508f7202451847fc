using System.ComponentModel.DataAnnotations;

namespace GridMap.Api.Settings;

/// <summary>Sessions, and how often somebody may try to begin one. Section <c>GridMap:SignIn</c>, environment <c>GridMap__SignIn__…</c>.</summary>
public sealed class SignInOptions
{
    public const string Section = "GridMap:SignIn";

    /// <summary>A session is over after so many hours, used or not.</summary>
    [Range(1, 24 * 366)]
    public int SessionHours { get; set; } = 24 * 14;

    /// <summary>A session is over after so many hours without use.</summary>
    [Range(1, 24 * 366)]
    public int IdleHours { get; set; } = 24 * 3;

    /// <summary>Wrong passwords for a name before it has to wait: 30 seconds at first, then twice as long each time, an hour at most.</summary>
    [Range(1, 1000)]
    public int FreeAttempts { get; set; } = 5;

    /// <summary>How often one address may try in a minute, whatever the name.</summary>
    [Range(1, 1_000_000)]
    public int AttemptsPerMinute { get; set; } = 20;

    public TimeSpan Idle => TimeSpan.FromHours(IdleHours);
}
