using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;

namespace GridMap.Api.BaseMaps;

/// <summary>A base map as it was found when the service started. Immutable.</summary>
internal sealed class BaseMap
{
    /// <summary>The one layer of a map that names none.</summary>
    private const string OnlyLayer = "tiles";

    private readonly Dictionary<string, TileAddress> addresses = [];

    public BaseMap(BaseMapOptions options, DataFolder folder)
    {
        Options = options;
        Refused = BaseMapRefusal.OfDatum(options) ?? BaseMapRefusal.OfKey(options);
        if (options.Kind != BaseMapKinds.Pmtiles)
        {
            Layers = options.Layers is [] ? [OnlyLayer] : options.Layers;
            addresses = Layers.ToDictionary(layer => layer, layer => new TileAddress(options, layer));
            return;
        }

        File = Path.Combine(folder.Path, options.File);
        if (Refused is null)
            (Archive, Refused) = BaseMapRefusal.OfFile(File, options.File);
    }

    public BaseMapOptions Options { get; }

    /// <summary>Why it is not offered; null when it is.</summary>
    public BaseMapRefusal? Refused { get; }

    /// <summary>The lowest first; none of a file.</summary>
    public IReadOnlyList<string> Layers { get; } = [];

    /// <summary>Of a file, where it is.</summary>
    public string? File { get; }

    /// <summary>Of a file that is as it should be, what it holds.</summary>
    public PmtilesHeader? Archive { get; }

    /// <summary>Where a layer's tiles are; null when there is no such layer.</summary>
    public TileAddress? Address(string layer) => addresses.GetValueOrDefault(layer);
}

/// <summary>Why a base map is not offered.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Detail">For people, with what to do; never the address or the key.</param>
internal sealed record BaseMapRefusal(string Code, string Detail)
{
    private const string Remedy = "Use tiles in WGS84 or CGCS2000, such as those of Tianditu.";

    /// <summary>Shifted maps look right and are not: grids would lie on the wrong side of the street, and nobody would notice.</summary>
    public static BaseMapRefusal? OfDatum(BaseMapOptions map)
    {
        if (map.Kind != BaseMapKinds.Pmtiles && ShiftedHosts.Find(new Uri(TileAddress.Example(map)).Host) is { } known)
            return Shifted(known, "The tiles of this server are");
        if (map.Datum.Length == 0)
            return new BaseMapRefusal("datum_missing", "It does not say its datum. Set Datum to wgs84 or cgcs2000 if its maker says so.");
        if (!Datums.TryParse(map.Datum, out var datum))
            return new BaseMapRefusal("datum_unknown", "Datum is none of wgs84, cgcs2000, gcj02, bd09.");
        return datum is Datum.Wgs84 or Datum.Cgcs2000 ? null : Shifted(datum, "It is");
    }

    public static BaseMapRefusal? OfKey(BaseMapOptions map) =>
        map.Key.Length == 0 && map.Url.Contains("{key}") ? new BaseMapRefusal("key_missing", "Its address needs a key, and none is set.") : null;

    public static (PmtilesHeader? Archive, BaseMapRefusal? Refused) OfFile(string path, string name)
    {
        try
        {
            return PmtilesHeader.Read(path) is { } header
                ? (header, null)
                : (null, new BaseMapRefusal("file_unreadable", $"{name} is no PMTiles archive of version 3 with vector tiles or pictures."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new BaseMapRefusal("file_missing", $"The data folder has no file {name} that can be read. Put it there and start again."));
        }
    }

    private static BaseMapRefusal Shifted(Datum datum, string subject) => datum == Datum.Bd09
        ? new BaseMapRefusal("datum_bd09", $"{subject} in BD-09: the map would lie up to 1,200 m beside the grids. {Remedy}")
        : new BaseMapRefusal("datum_gcj02", $"{subject} in GCJ-02: the map would lie 100 to 700 m beside the grids. {Remedy}");
}
