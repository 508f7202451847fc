using GridMap.Api.Hosting;

namespace GridMap.Api.BaseMaps;

/// <summary>A base map as a viewer needs to know it.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What it is called.</param>
/// <param name="NameEn">The same in English.</param>
/// <param name="Kind">How its tiles come: from an address each, or out of one file by range requests.</param>
/// <param name="Content">Pictures, or vector tiles in the Protomaps schema.</param>
/// <param name="Layers">To be drawn one on the other, the lowest first; none of one that is refused.</param>
/// <param name="TileSize">Pixels.</param>
/// <param name="MinZoom">The first zoom that has tiles.</param>
/// <param name="MaxZoom">The last.</param>
/// <param name="Attribution">Plain text, to be shown with it; may be empty.</param>
/// <param name="Approval">审图号; may be empty.</param>
/// <param name="Refused">Why it is not offered; null when it is.</param>
public sealed record BaseMapItem(
    string Id, string Name, string NameEn, [property: BaseMapSource] string Kind, [property: BaseMapContent] string Content,
    IReadOnlyList<BaseMapLayer> Layers, int TileSize, int MinZoom, int MaxZoom, string Attribution, string Approval, BaseMapRefused? Refused)
{
    // Archives in the Protomaps schema are made of OpenStreetMap, whose licence asks to be named.
    private const string VectorAttribution = "© OpenStreetMap";

    internal static BaseMapItem Of(BaseMap map)
    {
        var (settings, archive) = (map.Options, map.Archive);
        var isVector = archive?.IsVector == true;
        return new BaseMapItem(
            settings.Id,
            settings.Name,
            settings.NameEn.Length > 0 ? settings.NameEn : settings.Name,
            settings.Kind == BaseMapKinds.Pmtiles ? BaseMapSourceAttribute.File : BaseMapSourceAttribute.Tiles,
            isVector ? BaseMapContentAttribute.Vector : BaseMapContentAttribute.Raster,
            map.Refused is null ? [.. LayersOf(map)] : [],
            settings.TileSize,
            archive?.MinZoom ?? settings.MinZoom,
            archive?.MaxZoom ?? settings.MaxZoom,
            isVector && settings.Attribution.Length == 0 ? VectorAttribution : settings.Attribution,
            settings.Approval,
            map.Refused is { } refusal ? new BaseMapRefused(refusal.Code, refusal.Detail) : null);
    }

    private static IEnumerable<BaseMapLayer> LayersOf(BaseMap map) => map.File is null
        ? map.Layers.Select(layer => new BaseMapLayer(layer, $"/basemaps/{map.Options.Id}/{layer}/{{z}}/{{x}}/{{y}}"))
        : [new BaseMapLayer("file", $"/basemaps/{map.Options.Id}.pmtiles")];
}

/// <summary>A layer of a base map.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Url">Of its tiles, with {z}, {x} and {y}, or of its file; on this service.</param>
public sealed record BaseMapLayer(string Id, string Url);

/// <summary>Why a base map is not offered.</summary>
/// <param name="Code">Stable: may be compared.</param>
/// <param name="Detail">For people, with what to do.</param>
public sealed record BaseMapRefused([property: BaseMapRefusalCode] string Code, string Detail);

/// <summary>How a base map's tiles come.</summary>
public sealed class BaseMapSourceAttribute() : WordsAttribute(Tiles, File)
{
    public const string Tiles = "tiles";
    public const string File = "pmtiles";
}

/// <summary>What a base map's tiles are.</summary>
public sealed class BaseMapContentAttribute() : WordsAttribute(Raster, Vector)
{
    public const string Raster = "raster";
    public const string Vector = "vector";
}

/// <summary>Why a base map is not offered.</summary>
public sealed class BaseMapRefusalCodeAttribute()
    : WordsAttribute("datum_missing", "datum_unknown", "datum_gcj02", "datum_bd09", "key_missing", "file_missing", "file_unreadable");
