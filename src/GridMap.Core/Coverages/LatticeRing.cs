using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>The points of rings on the lattice.</summary>
internal static class LatticeRing
{
    /// <summary>The nearest lattice points of a line's points, in order, repeated ones included.</summary>
    public static LatticePoint[] Of(LineString line)
    {
        var sequence = line.CoordinateSequence;
        var points = new LatticePoint[sequence.Count];
        for (var i = 0; i < points.Length; i++)
            points[i] = LatticePoint.FromDegrees(sequence.GetX(i), sequence.GetY(i));
        return points;
    }

    /// <summary>A ring of points that are closed.</summary>
    public static LinearRing ToGeometry(LatticePoint[] closed) =>
        Lattice.Factory.CreateLinearRing(Array.ConvertAll(closed, point => point.ToCoordinate()));
}
