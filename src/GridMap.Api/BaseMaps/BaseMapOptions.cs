using System.ComponentModel.DataAnnotations;

namespace GridMap.Api.BaseMaps;

/// <summary>The base maps that an office offers under its grids; none unless it names some. Section <c>GridMap:BaseMaps</c>, a list.</summary>
public sealed class BaseMapsOptions : IValidatableObject
{
    /// <summary>The section that holds the list <c>BaseMaps</c>.</summary>
    public const string Section = "GridMap";

    /// <summary>In the order in which they are offered.</summary>
    public BaseMapOptions[] BaseMaps { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < BaseMaps.Length; i++)
        {
            var at = $"{nameof(BaseMaps)}:{i}";
            foreach (var fault in BaseMapValidation.Faults(BaseMaps[i]))
                yield return new ValidationResult($"GridMap:{at}: {fault}", [at]);
            if (BaseMaps[..i].Any(other => other.Id == BaseMaps[i].Id))
                yield return new ValidationResult($"GridMap:{at}: there is another base map with the Id {BaseMaps[i].Id}.", [at]);
        }
    }
}

/// <summary>One base map as an office describes it.</summary>
public sealed class BaseMapOptions
{
    /// <summary>Its name in addresses: lower-case letters, digits and hyphens.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it is called, Chinese.</summary>
    public string Name { get; set; } = "";

    /// <summary>The same in English; the Chinese name without it.</summary>
    public string NameEn { get; set; } = "";

    /// <summary><c>xyz</c> (tiles by an address), <c>wmts</c> (OGC WMTS, key-value pairs) or <c>pmtiles</c> (a file here).</summary>
    public string Kind { get; set; } = BaseMapKinds.Xyz;

    /// <summary>
    /// Of xyz: an address with <c>{z}</c>, <c>{x}</c> and <c>{y}</c> (or <c>{-y}</c>, rows from the south). Of wmts: that of the service. Either may have
    /// <c>{layer}</c>, <c>{key}</c> and, in the host, <c>{s}</c>.
    /// </summary>
    public string Url { get; set; } = "";

    /// <summary>Of pmtiles: the file, seen from the data folder, which it must lie in.</summary>
    public string File { get; set; } = "";

    /// <summary>Layers that are drawn one on the other, the lowest first; wmts needs one at least.</summary>
    public string[] Layers { get; set; } = [];

    /// <summary>Of wmts: STYLE.</summary>
    public string Style { get; set; } = "default";

    /// <summary>Of wmts: TILEMATRIXSET, one in Web Mercator whose levels are zooms.</summary>
    public string MatrixSet { get; set; } = "GoogleMapsCompatible";

    /// <summary>Of wmts: TILEMATRIX, where its levels are not called by the number alone.</summary>
    public string Matrix { get; set; } = "{z}";

    /// <summary>Of wmts: FORMAT.</summary>
    public string Format { get; set; } = "image/png";

    /// <summary>What <c>{s}</c> stands for, in turn.</summary>
    public string[] Subdomains { get; set; } = [];

    /// <summary>What <c>{key}</c> stands for. It stays here: viewers ask this service for tiles.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whom to thank, shown on the map and on every picture of it; plain text. OpenStreetMap for vector tiles that name nobody.</summary>
    public string Attribution { get; set; } = "";

    /// <summary>What its coordinates refer to: wgs84, cgcs2000, gcj02 or bd09. The latter two are refused. There is no default: a wrong guess shifts the map.</summary>
    public string Datum { get; set; } = "";

    /// <summary>The first zoom that has tiles.</summary>
    public int MinZoom { get; set; }

    /// <summary>The last zoom that has tiles; beyond it they are enlarged.</summary>
    public int MaxZoom { get; set; } = 18;

    /// <summary>Pixels, 256 or 512.</summary>
    public int TileSize { get; set; } = 256;

    /// <summary>Its approval number (审图号), shown while it is on.</summary>
    public string Approval { get; set; } = "";

    /// <summary>So long the other server may take for a tile.</summary>
    public int TimeoutSeconds { get; set; } = 8;
}

/// <summary>The words of <see cref="BaseMapOptions.Kind"/>.</summary>
internal static class BaseMapKinds
{
    public const string Xyz = "xyz";
    public const string Wmts = "wmts";
    public const string Pmtiles = "pmtiles";
}
