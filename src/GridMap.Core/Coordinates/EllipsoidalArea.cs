using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>
/// Areas on the CGCS2000 ellipsoid of polygons whose edges are straight in longitude and latitude. Stateless, thread safe.
/// </summary>
/// <remarks>
/// An area is the sum of one integral per edge. Each integral is a whole number of square millimetres and changes sign
/// exactly when the edge is reversed, so the areas of parts that share edges vertex for vertex add up to the area of the
/// whole to the last digit, whatever the order of summation. PostGIS agrees to 1e-9 of the area, or to the
/// few square centimetres that its own sum wavers by.
/// </remarks>
public static class EllipsoidalArea
{
    /// <summary>Square metres in one 亩: a fifteenth of a hectare.</summary>
    public const double SquareMetresPerMu = 10_000d / 15;

    private const double SquareMillimetresPerSquareMetre = 1e6;

    // Three Gauss-Legendre nodes err by less than 1e-7 m² on a piece of this height; edges of the lattice are one piece.
    private const double PieceDegrees = Lattice.MaxEdgeDegrees;
    private const double OuterNode = 0.77459666924148337704; // sqrt(3/5)
    private const double OuterWeight = 5d / 18;
    private const double InnerWeight = 8d / 18;

    private static readonly double Eccentricity = Math.Sqrt(Ellipsoid.EccentricitySquared);

    /// <summary>The area of a Polygon or MultiPolygon, in square metres; never negative, whichever way its rings turn.</summary>
    /// <param name="polygonal">Coordinates in degrees, lon lat. An empty geometry has area 0.</param>
    /// <exception cref="ArgumentException">The geometry is not polygonal.</exception>
    public static double SquareMetres(Geometry polygonal) => ToSquareMetres(SquareMillimetres(polygonal));

    /// <summary>The area of a Polygon or MultiPolygon in whole square millimetres, for sums that must come out exactly.</summary>
    /// <param name="polygonal">Coordinates in degrees, lon lat. An empty geometry has area 0.</param>
    /// <exception cref="ArgumentException">The geometry is not polygonal.</exception>
    public static Int128 SquareMillimetres(Geometry polygonal)
    {
        Int128 sum = 0;
        switch (polygonal)
        {
            case Polygon polygon:
                if (!polygon.IsEmpty)
                    sum = Enclosed(polygon.Shell);
                foreach (var hole in polygon.Holes)
                    sum -= Enclosed(hole);
                return sum;
            case MultiPolygon parts:
                foreach (var part in parts.Geometries)
                    sum += SquareMillimetres(part);
                return sum;
            default:
                throw new ArgumentException($"Not a Polygon or MultiPolygon but a {polygonal.GeometryType}.", nameof(polygonal));
        }
    }

    /// <summary>
    /// What one directed edge contributes to the area on its left, in whole square millimetres: the signed area between the edge
    /// and the equator. The sum over a closed counter-clockwise ring is the ring's area, over a clockwise one its negative.
    /// </summary>
    /// <returns>Exactly the negative of the integral of the reversed edge; 0 along a meridian.</returns>
    public static Int128 EdgeIntegral(LatticePoint a, LatticePoint b) => EdgeIntegral(a.ToLonLat(), b.ToLonLat());

    /// <inheritdoc cref="EdgeIntegral(LatticePoint, LatticePoint)"/>
    /// <param name="a">Start of the edge, degrees.</param>
    /// <param name="b">End of the edge, degrees.</param>
    public static Int128 EdgeIntegral(LonLat a, LonLat b)
    {
        // Always from west to east, so that both directions take the same way through rounding.
        if (a.Lon == b.Lon)
            return 0;
        return a.Lon < b.Lon ? -UnderEdge(a, b) : UnderEdge(b, a);
    }

    /// <summary>Whole square millimetres as square metres.</summary>
    public static double ToSquareMetres(Int128 squareMillimetres) => (double)squareMillimetres / SquareMillimetresPerSquareMetre;

    /// <summary>Square metres as 亩.</summary>
    public static double ToMu(double squareMetres) => squareMetres / SquareMetresPerMu;

    /// <summary>The area of a closed ring in whole square millimetres, never negative.</summary>
    internal static Int128 Enclosed(ReadOnlySpan<LatticePoint> ring)
    {
        Int128 sum = 0;
        for (var i = 1; i < ring.Length; i++)
            sum += EdgeIntegral(ring[i - 1], ring[i]);
        return Int128.Abs(sum);
    }

    private static Int128 Enclosed(LineString ring)
    {
        var points = ring.CoordinateSequence;
        Int128 sum = 0;
        for (var i = 1; i < points.Count; i++)
        {
            sum += EdgeIntegral(
                new LonLat(points.GetX(i - 1), points.GetY(i - 1)),
                new LonLat(points.GetX(i), points.GetY(i)));
        }

        return Int128.Abs(sum);
    }

    private static Int128 UnderEdge(LonLat west, LonLat east)
    {
        var height = east.Lat - west.Lat;
        var pieces = Math.Max(1, (int)Math.Ceiling(Math.Abs(height) / PieceDegrees));
        double sum = 0;
        for (var piece = 0; piece < pieces; piece++)
        {
            var middle = west.Lat + height * (piece + 0.5) / pieces;
            var offset = OuterNode * height / (2 * pieces);
            sum += OuterWeight * (ToEquator(middle - offset) + ToEquator(middle + offset)) + InnerWeight * ToEquator(middle);
        }

        var squareMetres = double.DegreesToRadians(east.Lon - west.Lon) * sum / pieces;
        return (Int128)Math.Round(squareMetres * SquareMillimetresPerSquareMetre);
    }

    /// <summary>
    /// The area between a parallel and the equator per radian of longitude, in square metres: the authalic radius squared
    /// times the sine of the authalic latitude (Snyder, Map Projections: A Working Manual, equations 3-11 and 3-12).
    /// </summary>
    private static double ToEquator(double lat)
    {
        var sin = Math.Sin(double.DegreesToRadians(lat));
        const double PolarAxisSquared = Ellipsoid.SemiMajorAxis * Ellipsoid.SemiMajorAxis * (1 - Ellipsoid.EccentricitySquared);
        return PolarAxisSquared / 2
            * (sin / (1 - Ellipsoid.EccentricitySquared * sin * sin) + Math.Atanh(Eccentricity * sin) / Eccentricity);
    }
}
