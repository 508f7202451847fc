namespace GridMap.Core.Coverages;

/// <summary>A built coverage and the report on it. Immutable and thread safe.</summary>
/// <param name="Coverage">The coverage, with the defects that are left.</param>
/// <param name="Repairs">Everything that was put right.</param>
/// <param name="Defects">Everything that is still wrong.</param>
/// <param name="MaxDisplacementMetres">The farthest that a vertex was moved onto the lattice, or an edge by cutting it there.</param>
/// <param name="ChangedSquareMetres">By grid, in the order of the inputs: area won plus area lost by repairs, in m².</param>
/// <param name="TotalChangedSquareMetres">Area of all places whose claims a repair changed, each counted once, in m².</param>
/// <param name="Counts">How much there was to do.</param>
public sealed record CoverageBuild(
    Coverage Coverage,
    IReadOnlyList<Repair> Repairs,
    IReadOnlyList<Defect> Defects,
    double MaxDisplacementMetres,
    IReadOnlyList<double> ChangedSquareMetres,
    double TotalChangedSquareMetres,
    CoverageCounts Counts);
