namespace GridMap.Core.Coverages;

/// <summary>
/// A face of a coverage: a connected piece of the plane that no arc divides, and the grids that claim it on each level. Normally
/// these are none or one a level; several are an overlap, which an unrepaired import can hold and a published coverage never does.
/// Immutable and thread safe; faces with equal claims share them.
/// </summary>
public sealed class Face
{
    private readonly int[] claims;
    private readonly int[] levelStarts;

    internal Face(int[] claims, int[] levelStarts)
    {
        this.claims = claims;
        this.levelStarts = levelStarts;
    }

    /// <summary>Indexes into <see cref="Coverage.Grids"/> of all grids that claim the face: outer levels first, within a level by code.</summary>
    public ReadOnlySpan<int> Claims => claims;

    /// <summary>True when on some level several grids claim the face.</summary>
    public bool IsContested
    {
        get
        {
            for (var level = 1; level < levelStarts.Length; level++)
                if (levelStarts[level] - levelStarts[level - 1] > 1)
                    return true;
            return false;
        }
    }

    /// <summary>Indexes of the grids that claim the face on a level, by code.</summary>
    /// <param name="level">1 to <see cref="CoverageGrid.MaxLevel"/>.</param>
    public ReadOnlySpan<int> ClaimsAt(int level) =>
        level < 1 || level >= levelStarts.Length ? [] : claims.AsSpan(levelStarts[level - 1]..levelStarts[level]);

    /// <summary>Index of the grid that claims the face on a level, the one of the lowest code if several do, -1 if none does.</summary>
    /// <param name="level">1 to <see cref="CoverageGrid.MaxLevel"/>.</param>
    public int GridAt(int level)
    {
        var at = ClaimsAt(level);
        return at.IsEmpty ? -1 : at[0];
    }

    /// <summary>True when the grid with this index claims the face.</summary>
    public bool IsClaimedBy(int grid) => claims.AsSpan().Contains(grid);
}
