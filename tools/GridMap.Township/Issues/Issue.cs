using NetTopologySuite.Geometries;

namespace GridMap.Township.Issues;

/// <summary>A reported point. Times are minutes since the campaign's first midnight; null what has not happened.</summary>
internal sealed class Issue
{
    public required int Reported { get; init; }

    /// <summary>A lattice point, degrees.</summary>
    public required Coordinate Place { get; init; }

    public required Category Category { get; init; }

    public required string Description { get; init; }

    /// <summary>resident, patrol or inspection.</summary>
    public required string Source { get; init; }

    /// <summary>The zone's code; null outside the territory.</summary>
    public string? Zone { get; init; }

    public int? Filed { get; set; }

    public int? Claimed { get; set; }

    public int? Rectified { get; set; }

    public int? WrittenOff { get; set; }

    public string ClaimedBy { get; set; } = "";

    public string RectifiedBy { get; set; } = "";

    public string VerifiedBy { get; set; } = "";

    public string State => WrittenOff is not null ? "writtenOff"
        : Rectified is not null ? "rectified"
        : Claimed is not null ? "claimed"
        : Filed is not null ? "filed" : "reported";
}
