namespace GridMap.Core.GeoJson;

/// <summary>How a GeoJSON text is read. Immutable.</summary>
public sealed record GeoJsonOptions
{
    /// <summary>One document in degrees, rings closed, features up to 64 MiB.</summary>
    public static GeoJsonOptions Default { get; } = new();

    /// <summary>What GDAL's GeoJSONSeq driver writes: a text sequence, in which files of others left some rings open.</summary>
    public static GeoJsonOptions FromGdal { get; } = new() { Sequence = true, CloseRings = true };

    /// <summary>Several values after each other, with or without the record separators of RFC 8142.</summary>
    public bool Sequence { get; init; }

    /// <summary>Appends the first position to a ring that lacks it; otherwise such a ring is refused.</summary>
    public bool CloseRings { get; init; }

    /// <summary>Coordinates are of a projected system: any finite number is in range.</summary>
    public bool Projected { get; init; }

    /// <summary>The most bytes that one feature (or a document without features) may take.</summary>
    public int MaxFeatureBytes { get; init; } = 64 << 20;
}
