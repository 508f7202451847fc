using GridMap.Core.Tiles;

namespace GridMap.Api.BaseMaps;

/// <summary>Where the tiles of one layer are at the other server. Made of settings alone; a request adds three whole numbers, nothing else.</summary>
internal sealed class TileAddress
{
    /// <summary>What an address may have in it.</summary>
    public static readonly string[] Tokens = ["{z}", "{x}", "{y}", "{-y}", "{s}", "{key}", "{layer}"];

    private readonly string template;
    private readonly string[] subdomains;

    public TileAddress(BaseMapOptions map, string layer)
    {
        subdomains = map.Subdomains;
        template = (map.Kind == BaseMapKinds.Wmts ? GetTile(map) : map.Url)
            .Replace("{layer}", Uri.EscapeDataString(layer))
            .Replace("{key}", Uri.EscapeDataString(map.Key));
    }

    public Uri Of(TileCoord tile)
    {
        var address = template
            .Replace("{z}", tile.Z.ToString())
            .Replace("{x}", tile.X.ToString())
            .Replace("{y}", tile.Y.ToString())
            .Replace("{-y}", ((1 << tile.Z) - 1 - tile.Y).ToString());
        return new Uri(subdomains is [] ? address : address.Replace("{s}", subdomains[(tile.X + tile.Y) % subdomains.Length]));
    }

    /// <summary>A whole address, to see whether it is one, and its host.</summary>
    public static string Example(BaseMapOptions map) =>
        Tokens.Except(["{s}"]).Aggregate(map.Url.Replace("{s}", map.Subdomains.FirstOrDefault() ?? "s"), (url, token) => url.Replace(token, "0"));

    // OGC 07-057r7, 8.2: GetTile as key-value pairs.
    private static string GetTile(BaseMapOptions map) =>
        $"{map.Url}{(map.Url.Contains('?') ? '&' : '?')}SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={{layer}}&STYLE={Uri.EscapeDataString(map.Style)}" +
        $"&TILEMATRIXSET={Uri.EscapeDataString(map.MatrixSet)}&FORMAT={Uri.EscapeDataString(map.Format)}" +
        $"&TILEMATRIX={string.Join("{z}", map.Matrix.Split("{z}").Select(Uri.EscapeDataString))}&TILEROW={{y}}&TILECOL={{x}}";
}
