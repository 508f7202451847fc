using System.Text.Json;
using GridMap.Api.Duties;
using GridMap.Api.Lookup.Batches;
using GridMap.Api.Snapshots;

namespace GridMap.Api.Lookup;

/// <summary>
/// What answers say of the grids of one snapshot, as UTF-8: rendered when it is first asked for, and links again when a term on the
/// grid begins or ends. It is filled while it serves and so not immutable; what it hands out is, and each slot is written whole.
/// Thread safe without a lock: two who render the same at once render the same text. Some 300 bytes for each grid that was asked for.
/// </summary>
/// <param name="snapshot">Whose grids.</param>
/// <param name="names">How people are named in public; a setting that holds while the process lives.</param>
/// <param name="json">How answers are written.</param>
internal sealed class SnapshotTexts(Snapshot snapshot, PublicNames names, JsonSerializerOptions json)
{
    private readonly LinkText?[] links = new LinkText?[snapshot.Grids.Count];
    private GridKeys? keys;

    public Snapshot Snapshot { get; } = snapshot;

    /// <summary>The number of the generation, for the header.</summary>
    public string Generation { get; } = snapshot.Generation.Number.ToString();

    /// <summary>Codes and ids, for batches.</summary>
    public GridKeys Keys => LazyInitializer.EnsureInitialized(ref keys, () => new GridKeys(Snapshot.Grids));

    /// <summary>The grid as a link of a chain, with who answers for it at an instant.</summary>
    /// <param name="grid">Position in the snapshot's list.</param>
    /// <param name="instant">The present.</param>
    public LinkText Link(int grid, DateTimeOffset instant)
    {
        var link = Volatile.Read(ref links[grid]);
        if (link is null || !link.HoldsAt(instant))
        {
            link = LinkText.Of(Snapshot.Grids[grid], instant, names, json);
            Volatile.Write(ref links[grid], link);
        }

        return link;
    }
}
