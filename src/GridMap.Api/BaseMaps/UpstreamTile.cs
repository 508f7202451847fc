namespace GridMap.Api.BaseMaps;

/// <summary>What the other server gave for one tile.</summary>
internal abstract record UpstreamTile
{
    private UpstreamTile()
    {
    }

    /// <summary>A picture.</summary>
    /// <param name="Bytes">As they came.</param>
    /// <param name="ContentType">One of <see cref="PictureTypes"/>.</param>
    /// <param name="KeepSeconds">So long it may be kept; 0: not at all.</param>
    public sealed record Picture(byte[] Bytes, string ContentType, int KeepSeconds) : UpstreamTile;

    /// <summary>It has none there.</summary>
    public sealed record Missing : UpstreamTile;

    /// <summary>It did not do what it should.</summary>
    /// <param name="Reason">For the log; neither address nor key.</param>
    public sealed record Failed(string Reason) : UpstreamTile;
}

/// <summary>The media types that are passed on: pictures without script in them, so not SVG.</summary>
internal static class PictureTypes
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/png", "image/jpeg", "image/webp", "image/gif", "image/avif",
    };

    /// <summary>The type as it is written here; null when it is not passed on.</summary>
    public static string? Find(string? mediaType) => mediaType is not null && Known.TryGetValue(mediaType, out var known) ? known : null;
}
