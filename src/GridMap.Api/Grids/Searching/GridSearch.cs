using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Searching;

namespace GridMap.Api.Grids.Searching;

/// <summary>A grid with its place in a list: how well it answers what was typed, then level and code.</summary>
internal readonly record struct GridHit(GridFacts Grid, SearchRank Rank)
{
    /// <summary>The key of a cursor: two parts without a search, three with one.</summary>
    public string[] Key(bool searched) =>
        searched ? [((int)Rank).ToString(), Grid.Level.ToString(), Grid.Code] : [Grid.Level.ToString(), Grid.Code];
}

/// <summary>The order of a list of grids, with or without a search, and where in it a page begins.</summary>
internal static class GridSearch
{
    /// <summary>The best first, and within a rank as the snapshot has them; all of them, in its order, without a search.</summary>
    public static IEnumerable<GridHit> Ranked(this IEnumerable<GridFacts> grids, SearchText? text, SearchKeys keys)
    {
        if (text is null)
            return grids.Select(grid => new GridHit(grid, default));
        var hits = new List<GridHit>();
        foreach (var grid in grids)
        {
            if (text.Rank(grid.Code, grid.Name, keys.Of(grid.Name)) is { } rank)
                hits.Add(new GridHit(grid, rank));
        }

        // Stable: a list that is read page by page must not change its order in between.
        return hits.OrderBy(hit => hit.Rank);
    }

    /// <summary>What follows the place that a cursor holds.</summary>
    /// <exception cref="ProblemException">It is not a cursor of this list.</exception>
    public static IEnumerable<GridHit> After(this IEnumerable<GridHit> hits, string? cursor, bool searched)
    {
        if (Paging.Key(cursor, searched ? 3 : 2) is not { } key)
            return hits;
        var rank = searched ? Number(key[0]) : 0;
        var (level, code) = (Number(key[^2]), key[^1]);
        return hits.Where(hit => ((int)hit.Rank, hit.Grid.Level).CompareTo((rank, level)) is var order
            && (order > 0 || (order == 0 && string.CompareOrdinal(hit.Grid.Code, code) > 0)));
    }

    private static int Number(string part) => int.TryParse(part, out var number) ? number : throw Paging.BadCursor();
}
