using GridMap.Api.Snapshots;

namespace GridMap.Api.Callers;

/// <summary>
/// The grids that a permission reaches: some with all that lies inside them, or everything. In a query it is the parameter
/// <c>@reach</c>, null for everything, and the rows are narrowed by <c>reach(@reach)</c>, which the database works out. Immutable.
/// </summary>
/// <param name="Roots">The grids that duties are held on; null for the whole territory and what lies outside it.</param>
public sealed record Reach(long[]? Roots)
{
    public static Reach Everywhere { get; } = new((long[]?)null);

    public static Reach Nothing { get; } = new([]);

    public bool IsEverywhere => Roots is null;

    public bool IsNothing => Roots is [];

    /// <summary>The same for what one process holds in memory; a row in the database is for the database to decide.</summary>
    public bool Covers(Snapshot snapshot, long grid)
    {
        if (Roots is null || Roots.Contains(grid))
        {
            return true;
        }

        for (var at = snapshot.Home(grid); at is not null; at = snapshot.Parent(at))
        {
            if (Roots.Contains(at.Id))
            {
                return true;
            }
        }

        return false;
    }
}
