using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>The points of rings on the lattice.</summary>
internal static class LatticeRing
{
    /// <summary>The nearest lattice points of a line's points, in order, repeated ones included.</summary>
    public static LatticePoint[] Of(LineString line)
    {
        if (PackedPolygons.TryGet(line, out var ordinates))
        {
            var packed = new LatticePoint[ordinates.Length / 2];
            for (var i = 0; i < packed.Length; i++)
                packed[i] = LatticePoint.FromDegrees(ordinates[i * 2], ordinates[i * 2 + 1]);
            return packed;
        }

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
