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

/// <summary>Figures of a build, of what came in. An immutable value.</summary>
/// <param name="Polygons">Polygons that came in.</param>
/// <param name="InputEdges">Different edges that came in, on the lattice.</param>
/// <param name="NodedEdges">Edges after cutting them where they meet.</param>
/// <param name="Faces">Faces between these, without the outside, before any repair.</param>
/// <param name="GapFaces">Faces among these that are surrounded and that nobody claims on some level.</param>
/// <param name="GapSquareMetres">Their area in m².</param>
/// <param name="OverlapFaces">Faces among these that several grids of a level claim.</param>
/// <param name="OverlapSquareMetres">Their area in m².</param>
/// <param name="OverhangFaces">Faces among these that a grid claims whose parent does not.</param>
/// <param name="OverhangSquareMetres">Their area in m².</param>
public readonly record struct CoverageCounts(
    int Polygons,
    int InputEdges,
    int NodedEdges,
    int Faces,
    int GapFaces,
    double GapSquareMetres,
    int OverlapFaces,
    double OverlapSquareMetres,
    int OverhangFaces,
    double OverhangSquareMetres);
