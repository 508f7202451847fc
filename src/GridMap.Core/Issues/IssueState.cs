namespace GridMap.Core.Issues;

/// <summary>Where an issue (问题) stands. The wire words are these names in camel case.</summary>
public enum IssueState
{
    /// <summary>Reported and not yet taken up.</summary>
    Reported,

    /// <summary>The office took it in (立案).</summary>
    Filed,

    /// <summary>Somebody took it up (认领).</summary>
    Claimed,

    /// <summary>Said to be mended (整改); to be checked by another person.</summary>
    Rectified,

    /// <summary>Checked and closed (销号).</summary>
    WrittenOff,

    /// <summary>Closed because it is none.</summary>
    Rejected,

    /// <summary>Closed because another issue is the same.</summary>
    Duplicate,
}

/// <summary>The states as they are grouped.</summary>
public static class IssueStates
{
    /// <summary>True for a state in which nobody has anything left to do.</summary>
    public static bool IsClosed(this IssueState state) => state is IssueState.WrittenOff or IssueState.Rejected or IssueState.Duplicate;
}
