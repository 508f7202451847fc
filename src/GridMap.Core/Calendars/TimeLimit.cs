namespace GridMap.Core.Calendars;

/// <summary>In what a time limit is counted. The wire words are these names in lower case.</summary>
public enum LimitUnit
{
    /// <summary>Hours on the clock, day and night.</summary>
    Hours,

    /// <summary>Hours in which the office is open.</summary>
    WorkHours,

    /// <summary>Days that are worked; the day of the report does not count, and the last one counts until the office closes.</summary>
    Workdays,
}

/// <summary>How long something may take.</summary>
/// <param name="Value">More than 0; of workdays a part counts as a whole.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct TimeLimit(decimal Value, LimitUnit Unit)
{
    /// <summary>The wire word of the unit.</summary>
    public string UnitWord => Unit switch
    {
        LimitUnit.Hours => "hours",
        LimitUnit.WorkHours => "workhours",
        _ => "workdays",
    };

    /// <summary>The unit of a wire word.</summary>
    /// <exception cref="ArgumentException">There is no such unit.</exception>
    public static LimitUnit UnitOf(string word) => word switch
    {
        "hours" => LimitUnit.Hours,
        "workhours" => LimitUnit.WorkHours,
        "workdays" => LimitUnit.Workdays,
        _ => throw new ArgumentException($"{word} is no unit of a time limit.", nameof(word)),
    };
}

/// <summary>When something is due.</summary>
/// <param name="At">The moment.</param>
/// <param name="IsCertain">False when a year was counted through whose days of rest are not known: they were taken as Monday to Friday.</param>
public readonly record struct DueTime(DateTimeOffset At, bool IsCertain);

/// <summary>A time in which the clock stands, from one moment up to another.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment behind the last.</param>
public readonly record struct ClockPause(DateTimeOffset From, DateTimeOffset To);
