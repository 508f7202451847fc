namespace GridMap.Core.Issues;

/// <summary>How grave an issue is. The wire words are these names in lower case.</summary>
public enum IssueSeverity
{
    /// <summary>It can wait.</summary>
    Minor,

    /// <summary>As most are.</summary>
    Normal,

    /// <summary>It hurts or endangers somebody.</summary>
    Severe,
}
