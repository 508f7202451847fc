using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GridMap.Core.Coordinates;

namespace GridMap.Core.Locating;

/// <summary>
/// Squared distances in metres from the origin of a local plane to edges: four edges at once where the processor can, with the same steps
/// in the same order and so the same bits. An immutable value.
/// </summary>
/// <param name="centreX">The origin's longitude in lattice units.</param>
/// <param name="centreY">Its latitude in lattice units.</param>
/// <param name="metresPerUnitEast">Metres in a lattice unit to the east.</param>
/// <param name="metresPerUnitNorth">Metres in a lattice unit to the north.</param>
internal readonly struct EdgeDistance(double centreX, double centreY, double metresPerUnitEast, double metresPerUnitNorth)
{
    private const int Lanes = 4;

    /// <summary>A place in degrees, on the lattice, as metres from the origin: lattice values and their differences are exact as doubles.</summary>
    public (double East, double North) ToMetres(double lon, double lat) =>
        ((lon * Lattice.UnitsPerDegree - centreX) * metresPerUnitEast, (lat * Lattice.UnitsPerDegree - centreY) * metresPerUnitNorth);

    /// <summary>The square of the distance to the nearest of the edges between points one after the other.</summary>
    /// <param name="ordinates">lon, lat, lon, lat … in degrees; two points or more.</param>
    public double SquaredToNearest(ReadOnlySpan<double> ordinates)
    {
        var edges = ordinates.Length / 2 - 1;
        if (!Avx.IsSupported || edges < Lanes)
            return SquaredToNearestOneByOne(ordinates);
        ref var first = ref MemoryMarshal.GetReference(ordinates);
        var nearest = Vector256.Create(double.PositiveInfinity);
        for (var edge = 0; edge < edges; edge += Lanes)
        {
            // The last four may be in part the ones before.
            var at = (nuint)(2 * Math.Min(edge, edges - Lanes));
            nearest = Vector256.MinNative(nearest, SquaredToFour(
                Vector256.LoadUnsafe(ref first, at), Vector256.LoadUnsafe(ref first, at + 4),
                Vector256.LoadUnsafe(ref first, at + 2), Vector256.LoadUnsafe(ref first, at + 6)));
        }
        return double.MinNative(double.MinNative(nearest[0], nearest[1]), double.MinNative(nearest[2], nearest[3]));
    }

    /// <summary>The same without vector instructions.</summary>
    public double SquaredToNearestOneByOne(ReadOnlySpan<double> ordinates)
    {
        var nearest = double.PositiveInfinity;
        var a = ToMetres(ordinates[0], ordinates[1]);
        for (var i = 2; i < ordinates.Length; i += 2)
        {
            var b = ToMetres(ordinates[i], ordinates[i + 1]);
            nearest = Math.Min(nearest, SquaredToEdge(a, b));
            a = b;
        }
        return nearest;
    }

    // Two points lie in a vector; of both ends, the edges come in the same order.
    private Vector256<double> SquaredToFour(Vector256<double> from01, Vector256<double> from23, Vector256<double> to01, Vector256<double> to23)
    {
        var aEast = Metres(Avx.UnpackLow(from01, from23), centreX, metresPerUnitEast);
        var aNorth = Metres(Avx.UnpackHigh(from01, from23), centreY, metresPerUnitNorth);
        var alongEast = Metres(Avx.UnpackLow(to01, to23), centreX, metresPerUnitEast) - aEast;
        var alongNorth = Metres(Avx.UnpackHigh(to01, to23), centreY, metresPerUnitNorth) - aNorth;
        var length = alongEast * alongEast + alongNorth * alongNorth;
        var share = -(aEast * alongEast + aNorth * alongNorth) / length;
        // No number where an edge is a point.
        var t = Vector256.GreaterThan(length, Vector256<double>.Zero) & Vector256.MinNative(Vector256.MaxNative(share, Vector256<double>.Zero), Vector256<double>.One);
        var (east, north) = (aEast + t * alongEast, aNorth + t * alongNorth);
        return east * east + north * north;
    }

    private static Vector256<double> Metres(Vector256<double> degrees, double centre, double metresPerUnit) =>
        (degrees * Lattice.UnitsPerDegree - Vector256.Create(centre)) * metresPerUnit;

    private static double SquaredToEdge((double East, double North) a, (double East, double North) b)
    {
        double alongEast = b.East - a.East, alongNorth = b.North - a.North;
        var length = alongEast * alongEast + alongNorth * alongNorth;
        var t = length > 0 ? Math.Clamp(-(a.East * alongEast + a.North * alongNorth) / length, 0, 1) : 0;
        double east = a.East + t * alongEast, north = a.North + t * alongNorth;
        return east * east + north * north;
    }
}
