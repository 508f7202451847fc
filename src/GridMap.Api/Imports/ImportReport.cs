using GridMap.Api.Imports.Drafting;
using GridMap.Api.Imports.Sources;

namespace GridMap.Api.Imports;

/// <summary>What an import read, put right, left wrong and cost. Kept with the job and with the plan's edit.</summary>
public sealed record ImportReport
{
    /// <summary>The layers that were read.</summary>
    public IReadOnlyList<ReportedSource> Sources { get; init; } = [];

    /// <summary>Which fields were used.</summary>
    public IReadOnlyList<ReportedFields> Fields { get; init; } = [];

    /// <summary>Features read from all files.</summary>
    public int Features { get; init; }

    /// <summary>How many made no grid.</summary>
    public int SkippedCount { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<SkippedFeature> Skipped { get; init; } = [];

    /// <summary>add, replace or match.</summary>
    public string Mode { get; init; } = "";

    /// <summary>Gaps and overlaps narrower than this were closed, metres.</summary>
    public double ToleranceMetres { get; init; }

    /// <summary>By level, outermost first.</summary>
    public IReadOnlyList<ReportedLevel> Levels { get; init; } = [];

    /// <summary>By kind.</summary>
    public IReadOnlyList<ReportedRepairs> Repairs { get; init; } = [];

    /// <summary>Area that changed hands, each place counted once, m².</summary>
    public double RepairedSquareMetres { get; init; }

    /// <summary>By kind; the plan has every single one.</summary>
    public IReadOnlyList<ReportedDefects> Defects { get; init; } = [];

    /// <summary>How many defects block publishing.</summary>
    public int BlockingDefects { get; init; }

    /// <summary>The farthest that any vertex or edge was moved by the lattice, metres.</summary>
    public double LargestDisplacementMetres { get; init; }

    /// <summary>What there was, before any repair.</summary>
    public ReportedCounts? Counts { get; init; }

    /// <summary>Seconds by stage: read, repair, node, faces, store.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>();

    /// <summary>The largest working set of this process so far, bytes.</summary>
    public long PeakMemoryBytes { get; init; }
}

/// <summary>A layer that was read.</summary>
public sealed record ReportedSource(
    string Name, string Format, string? Layer, string Crs, double? CrsAccuracyMetres, string? Encoding, int Features)
{
    internal static ReportedSource Of(SourceSummary source) =>
        new(source.Name, source.Format, source.Layer, source.Crs, source.CrsAccuracyMetres, source.Encoding, source.Features);
}

/// <summary>Which property held what on a level, and which of these were guessed from their names.</summary>
public sealed record ReportedFields(
    int Level, string? Code, string? Name, string? Parent, string? Kind, string? Households, IReadOnlyList<string> Guessed)
{
    internal static ReportedFields Of(SourceFields fields) =>
        new(fields.Level, fields.Code, fields.Name, fields.Parent, fields.Kind, fields.Households, fields.Guessed);
}

/// <summary>The grids of a level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Imported">Grids that the import brings.</param>
/// <param name="New">Of all grids of the level: those that were not there.</param>
/// <param name="Changed">Those of which anything differs.</param>
/// <param name="Removed">Those that are gone.</param>
/// <param name="Total">Grids of the level afterwards.</param>
/// <param name="SquareMetresRead">Area of the polygons that came in; null when the level was dissolved or left alone.</param>
/// <param name="SquareMetres">Area of the level's grids afterwards.</param>
public sealed record ReportedLevel(
    int Level, int Imported, int New, int Changed, int Removed, int Total, double? SquareMetresRead, double SquareMetres);

/// <summary>Repairs of a kind.</summary>
/// <param name="Kind">ring_order, self_intersection, duplicate_points, gap_closed, overlap_resolved, sliver_absorbed, child_clipped, ring_fixed.</param>
/// <param name="Count">How many.</param>
/// <param name="SquareMetres">Area that changed hands.</param>
/// <param name="WidestMetres">The widest of them.</param>
/// <param name="Places">The first of them.</param>
public sealed record ReportedRepairs(string Kind, int Count, double SquareMetres, double WidestMetres, IReadOnlyList<ReportedPlace> Places);

/// <summary>Where a repair is: a point in or on it, degrees, and the grids concerned, the one that received the place first.</summary>
public sealed record ReportedPlace(double Lon, double Lat, IReadOnlyList<string> Codes, double SquareMetres, double WidthMetres);

/// <summary>Defects of a kind.</summary>
public sealed record ReportedDefects(string Kind, int Count, int Blocking, double? SquareMetres);

/// <summary>What there was before any repair.</summary>
public sealed record ReportedCounts(
    int Polygons, int Edges, int NodedEdges, int Faces, int GapFaces, double GapSquareMetres, int OverlapFaces, double OverlapSquareMetres,
    int OverhangFaces, double OverhangSquareMetres);
