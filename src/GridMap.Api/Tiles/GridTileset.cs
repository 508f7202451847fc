using System.Security.Cryptography;
using System.Text;
using GridMap.Api.Snapshots;
using GridMap.Core.Tiles;

namespace GridMap.Api.Tiles;

/// <summary>The tiles of one generation's grids. Thread safe; what it answers never changes.</summary>
public sealed class GridTileset
{
    public const string Name = "grids";

    // Raised when the same grids come out as other tiles: what browsers keep for ever is then asked for under another address.
    private const int Revision = 2;

    public GridTileset(Snapshot snapshot)
    {
        Generation = snapshot.Generation.Number;
        Version = VersionOf(snapshot.Generation);
        Tiles = new GridTiles(snapshot.Coverage, [.. snapshot.Coverage.Grids.Select(grid => Caption(snapshot, grid.Id))]);
    }

    /// <summary>The generation's number, 0 before the first.</summary>
    public int Generation { get; }

    /// <summary>
    /// Tells this generation from one of the same number in another database, and these tiles from those of another program:
    /// a short text for URLs and entity tags.
    /// </summary>
    public string Version { get; }

    public GridTiles Tiles { get; }

    private static GridCaption Caption(Snapshot snapshot, long id)
    {
        var facts = snapshot.ById(id)!;
        return new GridCaption(facts.Name, facts.Kind);
    }

    private static string VersionOf(GenerationFacts generation) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Revision} {generation.Number} {generation.PublishedAt.UtcTicks}")).AsSpan(0, 4));
}
