using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

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
    double OverhangSquareMetres)
{
    /// <summary>Counts the faces of a map before any repair.</summary>
    internal static CoverageCounts Of(ArcMap map, int[] claims, ClaimFaults faults, int polygons, int inputEdges, int nodedEdges)
    {
        var counts = new int[4];
        var areas = new Int128[4];
        for (var face = 1; face < map.FaceCount; face++)
        {
            var fault = (int)faults.Of(claims[face]).Fault;
            counts[fault]++;
            areas[fault] += map.SquareMillimetres[face];
        }
        return new CoverageCounts(
            polygons, inputEdges, nodedEdges, map.FaceCount - 1,
            counts[(int)ClaimFault.Gap], EllipsoidalArea.ToSquareMetres(areas[(int)ClaimFault.Gap]),
            counts[(int)ClaimFault.Overlap], EllipsoidalArea.ToSquareMetres(areas[(int)ClaimFault.Overlap]),
            counts[(int)ClaimFault.ChildOutside], EllipsoidalArea.ToSquareMetres(areas[(int)ClaimFault.ChildOutside]));
    }
}
