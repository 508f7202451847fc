namespace GridMap.Core.Issues;

/// <summary>Where an issue (问题) stands. The wire words are these names in camel case.</summary>
public enum IssueState
{
    /// <summary>Reported and not yet taken up.</summary>
    Reported,

    /// <summary>Somebody took it up.</summary>
    Claimed,

    /// <summary>Said to be mended; to be checked by another person.</summary>
    Rectified,

    /// <summary>Checked and closed (销号).</summary>
    WrittenOff,
}
