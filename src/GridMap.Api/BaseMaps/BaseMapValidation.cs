using System.Text.RegularExpressions;
using GridMap.Core.Tiles;

namespace GridMap.Api.BaseMaps;

/// <summary>What is written wrongly in the settings of a base map: the service does not start with it. Never says the address or the key.</summary>
internal static partial class BaseMapValidation
{
    private const int LongestTimeoutSeconds = 60;

    public static IEnumerable<string> Faults(BaseMapOptions map)
    {
        if (!IdForm().IsMatch(map.Id))
            yield return "Id is 1 to 40 lower-case letters, digits and hyphens.";
        if (map.Name.Length == 0)
            yield return "Name is missing.";
        if (map.MinZoom < 0 || map.MaxZoom > TileCoord.MaxZ || map.MinZoom > map.MaxZoom)
            yield return $"MinZoom and MaxZoom are from 0 to {TileCoord.MaxZ}, in this order.";
        if (map.TileSize is not (256 or 512))
            yield return "TileSize is 256 or 512.";
        if (map.TimeoutSeconds is < 1 or > LongestTimeoutSeconds)
            yield return $"TimeoutSeconds is from 1 to {LongestTimeoutSeconds}.";
        foreach (var fault in map.Kind switch
        {
            BaseMapKinds.Xyz or BaseMapKinds.Wmts => ServerFaults(map),
            BaseMapKinds.Pmtiles => FileFaults(map),
            _ => [$"Kind is {BaseMapKinds.Xyz}, {BaseMapKinds.Wmts} or {BaseMapKinds.Pmtiles}."],
        })
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FileFaults(BaseMapOptions map)
    {
        var name = map.File.Replace('\\', '/');
        if (name.Length == 0 || name.StartsWith('/') || name.Split('/').Contains(".."))
            yield return "File is the name of a file in the data folder.";
        if (map.Url.Length > 0)
            yield return "a pmtiles base map has a File, not a Url.";
    }

    private static IEnumerable<string> ServerFaults(BaseMapOptions map)
    {
        if (!Uri.TryCreate(TileAddress.Example(map), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return "Url is an address that begins with https:// or http://.";
        if (map.File.Length > 0)
            yield return "only a pmtiles base map has a File.";
        if (map.Kind == BaseMapKinds.Xyz && !(map.Url.Contains("{z}") && map.Url.Contains("{x}") && (map.Url.Contains("{y}") || map.Url.Contains("{-y}"))))
            yield return "Url has {z}, {x} and {y} in it.";
        if (Token().Matches(map.Url).Select(token => token.Value).Except(TileAddress.Tokens).FirstOrDefault() is { } unknown)
            yield return $"Url has {unknown} in it, which means nothing here.";
        if (AuthorityTokens(map.Url).Any(token => token is not "{s}"))
            yield return "in the host of Url there can be {s} only.";
        if (map.Url.Contains("{s}") != map.Subdomains.Length > 0)
            yield return "Subdomains and {s} in Url go together.";
        if (!map.Subdomains.All(name => SubdomainForm().IsMatch(name)))
            yield return "Subdomains are letters, digits and hyphens.";
        if (map.Key.Length > 0 && !map.Url.Contains("{key}"))
            yield return "there is a Key, but no {key} in Url.";
        if (map.Kind == BaseMapKinds.Wmts && (map.Layers is [] || !map.Matrix.Contains("{z}")))
            yield return "wmts needs Layers, and {z} in Matrix.";
        if (map.Layers.Length > 1 && map.Kind == BaseMapKinds.Xyz && !map.Url.Contains("{layer}"))
            yield return "there are several Layers, but no {layer} in Url.";
        if (!map.Layers.All(layer => LayerForm().IsMatch(layer)) || map.Layers.Distinct().Count() < map.Layers.Length)
            yield return "Layers are letters, digits and . _ : -, each once.";
    }

    private static IEnumerable<string> AuthorityTokens(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOfAny(['/', '?'], start);
        return Token().Matches(end < 0 ? url[start..] : url[start..end]).Select(token => token.Value);
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,80}\z")]
    private static partial Regex LayerForm();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,20}\z")]
    private static partial Regex SubdomainForm();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Token();
}
