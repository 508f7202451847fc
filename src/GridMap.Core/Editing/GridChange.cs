namespace GridMap.Core.Editing;

/// <summary>What an edit does to one grid. Immutable.</summary>
/// <param name="Before">The grid as it was; null when it is new.</param>
/// <param name="After">The grid as it becomes; null when it is gone.</param>
/// <param name="Kind">In which way it differs.</param>
public sealed record GridChange(PlannedGrid? Before, PlannedGrid? After, GridChangeKind Kind)
{
    /// <summary>Identity of the grid.</summary>
    public long Id => (After ?? Before)!.Id;

    /// <summary>The change that takes this one back.</summary>
    public GridChange Inverse() => new(After, Before, Kind switch
    {
        GridChangeKind.Added => GridChangeKind.Removed,
        GridChangeKind.Removed => GridChangeKind.Added,
        _ => Kind,
    });
}

/// <summary>In which way a grid differs after an edit.</summary>
public enum GridChangeKind
{
    /// <summary>It was not there.</summary>
    Added,

    /// <summary>It is there no more.</summary>
    Removed,

    /// <summary>It covers other ground.</summary>
    Reshaped,

    /// <summary>It has vertices more on borders that run as before, within the rounding of the lattice.</summary>
    ReNoded,

    /// <summary>It covers the same ground under another code, name, kind, parent or attribute.</summary>
    Updated,
}
