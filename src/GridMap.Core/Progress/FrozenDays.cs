namespace GridMap.Core.Progress;

/// <summary>
/// The days of a campaign whose figures stand as they were: what is recorded after a day was frozen does not change that day's
/// figures, and counts in those of later days. Immutable and thread safe.
/// </summary>
public sealed class FrozenDays
{
    private readonly Dictionary<DateOnly, DateTimeOffset> moments;
    private readonly DateOnly[] days;
    private readonly DateTimeOffset[] earliestFrom;

    /// <summary>Days with the moment at which each was frozen.</summary>
    public FrozenDays(IEnumerable<KeyValuePair<DateOnly, DateTimeOffset>> frozen)
    {
        moments = new Dictionary<DateOnly, DateTimeOffset>(frozen);
        days = [.. moments.Keys.Order()];
        earliestFrom = [.. days.Select(day => moments[day])];
        for (var i = days.Length - 2; i >= 0; i--)
        {
            earliestFrom[i] = earliestFrom[i] < earliestFrom[i + 1] ? earliestFrom[i] : earliestFrom[i + 1];
        }
    }

    /// <summary>No day is frozen.</summary>
    public static FrozenDays None { get; } = new([]);

    /// <summary>The first moment at which a day was frozen; null without any.</summary>
    public DateTimeOffset? Earliest => earliestFrom is [] ? null : earliestFrom[0];

    /// <summary>When a day was frozen; null while its figures are live.</summary>
    public DateTimeOffset? MomentOf(DateOnly day) => moments.TryGetValue(day, out var moment) ? moment : null;

    /// <summary>Whether an entry about a day was recorded after that day or a later one had been frozen.</summary>
    public bool IsLate(DateOnly day, DateTimeOffset recordedAt)
    {
        var at = Array.BinarySearch(days, day);
        at = at < 0 ? ~at : at;
        return at < days.Length && earliestFrom[at] < recordedAt;
    }

    /// <summary>Whether a plan was changed after any day had been frozen: a day's percentage is of the whole plan, past and to come.</summary>
    public bool IsLateForPlans(DateTimeOffset recordedAt) => Earliest < recordedAt;
}
