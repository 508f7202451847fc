using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Arcs, their order around nodes and the faces between them, without who claims these. Immutable and thread safe.</summary>
internal sealed class ArcMap
{
    public ArcMap(ArcSet arcs, ArcMeasures measures, HalfArcs halves, int[] leftFace, int faceCount)
    {
        Arcs = arcs;
        Halves = halves;
        LeftFace = leftFace;
        FaceCount = faceCount;
        Borders = FaceBorders.Of(faceCount, leftFace);
        DoubledAreas = new Int128[faceCount];
        SquareMillimetres = new Int128[faceCount];
        ArcMetres = measures.Metres;
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var (left, right) = (leftFace[arc * 2], leftFace[arc * 2 + 1]);
            DoubledAreas[left] += measures.Sweeps[arc];
            DoubledAreas[right] -= measures.Sweeps[arc];
            SquareMillimetres[left] += measures.SquareMillimetres[arc];
            SquareMillimetres[right] -= measures.SquareMillimetres[arc];
        }
    }

    public ArcSet Arcs { get; }

    public HalfArcs Halves { get; }

    /// <summary>By half-arc (arc * 2, plus 1 backwards): the face to its left.</summary>
    public int[] LeftFace { get; }

    public int FaceCount { get; }

    /// <summary>By face: the half-arcs that have it to their left.</summary>
    public FaceBorders Borders { get; }

    /// <summary>By face: twice its area in square lattice units, exactly; of the outside, minus that of all others.</summary>
    public Int128[] DoubledAreas { get; }

    /// <summary>By face: its area in whole mm² on the ellipsoid; of the outside, minus that of all others.</summary>
    public Int128[] SquareMillimetres { get; }

    /// <summary>By arc: its length in metres.</summary>
    public double[] ArcMetres { get; }

    /// <summary>The face to the right of a half-arc.</summary>
    public int Across(int half) => LeftFace[half ^ 1];

    /// <summary>The points of a ring of half-arcs, closed.</summary>
    public LatticePoint[] PointsOf(ReadOnlySpan<int> ring)
    {
        var count = 1;
        foreach (var half in ring)
            count += Arcs[half >> 1].Length - 1;
        var points = new LatticePoint[count];
        var at = 0;
        foreach (var half in ring)
        {
            var line = Arcs[half >> 1];
            var piece = points.AsSpan(at, line.Length);
            line.CopyTo(piece);
            if ((half & 1) == 1)
                piece.Reverse();
            at += line.Length - 1;
        }
        return points;
    }
}
