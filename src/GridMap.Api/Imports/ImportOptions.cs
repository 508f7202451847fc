using System.ComponentModel.DataAnnotations;

namespace GridMap.Api.Imports;

/// <summary>Bounds of an import; every default stands here. Section <c>GridMap:Import</c>, environment <c>GridMap__Import__…</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "GridMap:Import";

    /// <summary>Minutes after which GDAL is stopped.</summary>
    [Range(1, 240)]
    public int GdalMinutes { get; set; } = 10;

    /// <summary>Address space of a GDAL process, MiB.</summary>
    [Range(256, 1 << 20)]
    public int GdalMegabytes { get; set; } = 4096;

    /// <summary>The most that GDAL may hand over for one layer, bytes.</summary>
    [Range(1, long.MaxValue)]
    public long GdalMaxBytes { get; set; } = 4L << 30;

    /// <summary>The most that an archive may unpack to, bytes.</summary>
    [Range(1, long.MaxValue)]
    public long UnpackedMaxBytes { get; set; } = 2L << 30;

    /// <summary>The most features in one import.</summary>
    [Range(1, 10_000_000)]
    public int MaxFeatures { get; set; } = 500_000;

    /// <summary>How many repairs of a kind a report lists with their places; all are counted.</summary>
    [Range(0, 100_000)]
    public int ReportedRepairs { get; set; } = 200;
}
