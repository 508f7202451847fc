using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>What each arc of a set adds to the faces beside it, and how long it is. Immutable and thread safe once made.</summary>
internal sealed class ArcMeasures
{
    private ArcMeasures(int count)
    {
        Sweeps = new Int128[count];
        SquareMillimetres = new Int128[count];
        Metres = new double[count];
    }

    /// <summary>By arc: what it adds to twice the area of the face to its left, in square lattice units.</summary>
    public Int128[] Sweeps { get; }

    /// <summary>By arc: what it adds to the area of the face to its left on the ellipsoid, in whole mm².</summary>
    public Int128[] SquareMillimetres { get; }

    /// <summary>By arc: its length in metres.</summary>
    public double[] Metres { get; }

    /// <summary>Measures all arcs, side by side.</summary>
    public static ArcMeasures Of(ArcSet arcs)
    {
        var measures = new ArcMeasures(arcs.Count);
        InParallel.For(arcs.Count, measures.Measure(arcs), CancellationToken.None);
        return measures;
    }

    private Action<int> Measure(ArcSet arcs) => arc =>
    {
        var line = arcs[arc];
        Sweeps[arc] = LatticeArea.Sweep(line);
        Metres[arc] = LineMetres.Of(line);
        Int128 sum = 0;
        for (var i = 1; i < line.Length; i++)
            sum += EllipsoidalArea.EdgeIntegral(line[i - 1], line[i]);
        SquareMillimetres[arc] = sum;
    };
}
