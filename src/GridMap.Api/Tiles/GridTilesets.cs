using GridMap.Api.Snapshots;

namespace GridMap.Api.Tiles;

/// <summary>
/// The tileset of the present generation, and that of the one before: a map that is open asks for it until it has heard of the new one.
/// Thread safe.
/// </summary>
public sealed class GridTilesets(SnapshotProvider snapshots)
{
    private readonly Lock gate = new();
    private GridTileset? current;
    private GridTileset? previous;

    /// <summary>Of the snapshot that is served now.</summary>
    public GridTileset Current
    {
        get
        {
            lock (gate)
            {
                // Read inside: whoever comes later must not put an older snapshot in place.
                var snapshot = snapshots.Current;
                if (current is null || current.Generation != snapshot.Generation.Number)
                {
                    previous = current;
                    current = new GridTileset(snapshot);
                }

                return current;
            }
        }
    }

    /// <summary>Of a generation by number, if it is the present one or the one before.</summary>
    /// <param name="generation">As asked for in <c>g</c>.</param>
    /// <param name="version">As asked for in <c>v</c>; null for any.</param>
    /// <param name="cancel">Stops a refresh of the snapshot.</param>
    public async Task<GridTileset?> FindAsync(int generation, string? version, CancellationToken cancel)
    {
        var now = Current;
        if (generation == now.Generation + 1)
        {
            // Another process has told of it already; this one is a moment behind.
            await snapshots.RefreshAsync(cancel);
            now = Current;
        }

        GridTileset? before;
        lock (gate)
        {
            before = previous;
        }

        return new[] { now, before }.FirstOrDefault(tileset =>
            tileset?.Generation == generation && (version is null || version == tileset.Version));
    }
}
