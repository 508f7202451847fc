namespace GridMap.Core.Posters.Battle;

/// <summary>A row in its place. Immutable.</summary>
/// <param name="Row">Index of the row as it was given.</param>
/// <param name="Rank">From 1; equal figures share one; null when nothing is planned.</param>
internal sealed record RankedRow(int Row, int? Rank);

/// <summary>Ranks the rows of a poster. Stateless.</summary>
internal static class PosterRanking
{
    /// <summary>The best first: by SPI, then by percent; on the layer of percent by that alone. Those without a plan last.</summary>
    public static IReadOnlyList<RankedRow> Of(IReadOnlyList<PosterRow> rows, PosterLayer layer)
    {
        var ranked = new List<RankedRow>(rows.Count);
        (decimal? Figure, decimal? Percent) Key(PosterRow row) => layer == PosterLayer.Light ? (row.Spi, row.Percent) : (row.Percent, null);
        foreach (var row in Enumerable.Range(0, rows.Count).OrderByDescending(i => Key(rows[i]).Figure ?? -1).ThenByDescending(i => Key(rows[i]).Percent ?? -1).ThenBy(i => i))
        {
            int? rank = Key(rows[row]).Figure is null ? null
                : ranked.Count > 0 && Key(rows[ranked[^1].Row]) == Key(rows[row]) ? ranked[^1].Rank
                : ranked.Count + 1;
            ranked.Add(new RankedRow(row, rank));
        }

        return ranked;
    }
}
