namespace GridMap.Core.Coverages;

/// <summary>A grid as a coverage knows it: who it is and where it hangs, without its polygon. Immutable.</summary>
/// <param name="Id">The grid's identity, unique in a coverage.</param>
/// <param name="Code">The grid's code.</param>
/// <param name="Level">1 (outermost) to <see cref="MaxLevel"/>.</param>
/// <param name="ParentId">Identity of the grid of the next outer level that it belongs to; null on level 1.</param>
public sealed record CoverageGrid(long Id, string Code, int Level, long? ParentId)
{
    /// <summary>The innermost level that there can be.</summary>
    public const int MaxLevel = 6;
}
