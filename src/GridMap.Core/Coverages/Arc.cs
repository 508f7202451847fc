using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>
/// A border line of a coverage, held once for all levels: a maximal chain of straight edges between two nodes (points where
/// other than two edges meet). A closed arc without a node starts and ends at its smallest point. An immutable value.
/// </summary>
/// <param name="Points">Two or more lattice points, no two consecutive ones equal.</param>
/// <param name="LeftFace">Index into <see cref="Coverage.Faces"/> of the face to the left of the direction of the points.</param>
/// <param name="RightFace">Index into <see cref="Coverage.Faces"/> of the face to the right.</param>
public readonly record struct Arc(ReadOnlyMemory<LatticePoint> Points, int LeftFace, int RightFace)
{
    /// <summary>True when the arc ends where it starts.</summary>
    public bool IsClosed => Points.Span[0] == Points.Span[^1];
}
