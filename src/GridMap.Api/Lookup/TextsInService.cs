using System.Text.Json;
using GridMap.Api.Duties;
using GridMap.Api.Snapshots;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace GridMap.Api.Lookup;

/// <summary>The texts of the snapshot that is served: new and empty when the snapshot is swapped, so that a swap waits for none of them. Thread safe.</summary>
internal sealed class TextsInService(SnapshotProvider snapshots, PublicNames names, IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions options = json.Value.SerializerOptions;
    private volatile SnapshotTexts? held;

    /// <summary>Those of the present snapshot.</summary>
    public SnapshotTexts Current
    {
        get
        {
            var snapshot = snapshots.Current;
            var texts = held;

            // Two that meet a swap may each make one, or the slower put an older one back: the next makes it anew, and each answers from its own.
            return texts?.Snapshot == snapshot ? texts : held = new SnapshotTexts(snapshot, names, options);
        }
    }
}
