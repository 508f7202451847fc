using GridMap.Core.Tiles;
using Microsoft.Extensions.Caching.Memory;

namespace GridMap.Api.BaseMaps;

/// <summary>Tiles of base maps: from memory, up to 64 MB of those asked for last, or from their server. Thread safe.</summary>
internal sealed partial class BaseMapTiles(TileServerClient servers, TimeProvider clock, ILogger<BaseMapTiles> log) : IDisposable
{
    private const long MaxBytes = 64 << 20;

    // What an entry takes besides its bytes.
    private const int EntryBytes = 300;

    // A server that is away fails for every tile of every viewer; one line a minute says it.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private readonly Dictionary<string, long> complained = [];

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<UpstreamTile> GetAsync(BaseMap map, string layer, TileAddress address, TileCoord tile, CancellationToken cancel)
    {
        var key = (map.Options.Id, layer, tile);
        if (kept.TryGetValue(key, out UpstreamTile? found))
            return found!;
        var answer = await servers.GetAsync(map, address, tile, cancel);
        switch (answer)
        {
            case UpstreamTile.Picture { KeepSeconds: > 0 } picture:
                Keep(key, picture, picture.Bytes.Length, picture.KeepSeconds);
                break;
            case UpstreamTile.Missing:
                Keep(key, answer, 0, Keeping.ShortestSeconds);
                break;
            case UpstreamTile.Failed failure when MayComplain(map.Options.Id):
                NoTile(log, map.Options.Id, layer, tile, failure.Reason);
                break;
        }

        return answer;
    }

    public void Dispose() => kept.Dispose();

    private void Keep(object key, UpstreamTile tile, int bytes, int seconds) => kept.Set(key, tile, new MemoryCacheEntryOptions
    {
        Size = bytes + EntryBytes,
        AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds),
    });

    private bool MayComplain(string id)
    {
        lock (complained)
        {
            if (complained.TryGetValue(id, out var last) && clock.GetElapsedTime(last) < Quiet)
                return false;
            complained[id] = clock.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(1702, LogLevel.Warning, "The base map {Id} has no tile {Layer} {Tile}: {Reason}")]
    private static partial void NoTile(ILogger log, string id, string layer, TileCoord tile, string reason);
}
