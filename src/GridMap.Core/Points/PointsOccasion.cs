namespace GridMap.Core.Points;

/// <summary>For what points are given or taken: what a rule names. The words of the wire and of the database.</summary>
public static class PointsOccasion
{
    /// <summary>采纳上报: a report was taken up for the first time. The reporter's.</summary>
    public const string Accepted = "accepted";

    /// <summary>按时整改: written off, and mended by its due time. Of who mended it.</summary>
    public const string Fixed = "fixed";

    /// <summary>超期整改: written off, and mended after its due time. Of who mended it.</summary>
    public const string Late = "late";

    /// <summary>核查: checked and written off. Of who checked.</summary>
    public const string Verified = "verified";

    /// <summary>虚假上报: rejected, and said to be false. The reporter's; a rejection alone costs nothing.</summary>
    public const string False = "false";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Accepted, Fixed, Late, Verified, False];

    /// <summary>
    /// Whether opening the issue again takes it back: what was held to be done is not, what was held to be false is not. That it was late
    /// stays true, and so does that the report was taken up.
    /// </summary>
    public static bool IsTakenBack(string occasion) => occasion is Fixed or Verified or False;
}
