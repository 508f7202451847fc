namespace GridMap.Core.Coverages;

/// <summary>Borders cross each other millions of times: not a map of grids, and more than a build should spend memory on.</summary>
public sealed class TangledBordersException : Exception
{
    /// <summary>With the message that says what to do.</summary>
    public TangledBordersException()
        : base("The polygons cross each other millions of times; check that they are grids of the given levels, and their coordinates.")
    {
    }
}
