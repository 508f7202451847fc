using GridMap.Core.GeoJson;
using GridMap.Core.Posters;

namespace GridMap.Api.Context;

/// <summary>Water, roads and green as shapes, for maps on paper: read when first asked for, and again when the file has changed. Thread safe.</summary>
internal sealed partial class ContextShapes(ContextLayers layers, ILogger<ContextShapes> log)
{
    private sealed record Loaded(DateTime Written, IReadOnlyList<SheetGround> Shapes);

    private volatile Loaded? loaded;

    /// <summary>All shapes; none when there is no file, or none that can be read.</summary>
    public IReadOnlyList<SheetGround> All()
    {
        if (!layers.Exist)
            return [];
        var written = File.GetLastWriteTimeUtc(layers.File);
        if (loaded is not { } held || held.Written != written)
            loaded = held = new Loaded(written, Read());
        return held.Shapes;
    }

    private IReadOnlyList<SheetGround> Read()
    {
        try
        {
            return
            [
                .. GeoJsonReader.ReadAll(File.ReadAllBytes(layers.File)).Where(feature => feature.Geometry is { IsEmpty: false })
                    .Select(feature => new SheetGround(
                        feature.Properties.TryGetProperty("layer", out var layer) ? layer.GetString() ?? "" : "",
                        feature.Properties.TryGetProperty("rank", out var rank) && rank.TryGetInt32(out var number) ? number : int.MaxValue, feature.Geometry!)),
            ];
        }
        catch (Exception e) when (e is GeoJsonException or InvalidOperationException)
        {
            Unreadable(log, layers.File, e.Message);
            return [];
        }
    }

    [LoggerMessage(4101, LogLevel.Warning, "{File} cannot be read, so maps on paper are without it: {Message}")]
    private static partial void Unreadable(ILogger log, string file, string message);
}
