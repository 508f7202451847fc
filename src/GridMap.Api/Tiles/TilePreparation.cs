using GridMap.Api.Snapshots;

namespace GridMap.Api.Tiles;

/// <summary>
/// Makes what all tiles of a new generation need as soon as it is served, so that nobody's first tile waits for it. Tiles that are asked for
/// meanwhile wait for the part that they need.
/// </summary>
internal sealed class TilePreparation(SnapshotProvider snapshots, GridTilesets tilesets) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = snapshots.NextSwap;
            if (snapshots.IsReady)
            {
                await Task.Run(() => tilesets.Current.Tiles.Prepare(), stoppingToken);
            }

            await next.WaitAsync(stoppingToken);
        }
    }
}
