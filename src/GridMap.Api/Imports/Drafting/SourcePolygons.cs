using GridMap.Api.Hosting;
using GridMap.Api.Imports.Sources;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace GridMap.Api.Imports.Drafting;

/// <summary>The polygons of a feature on WGS84; what has none is left out, what cannot be anywhere on the map is refused.</summary>
internal static class SourcePolygons
{
    /// <summary>True when the feature has a polygon.</summary>
    public static bool Any(SourceFeature feature) =>
        feature.Feature.Geometry is { IsEmpty: false } geometry && PolygonExtracter.GetPolygons(geometry).Any(polygon => !polygon.IsEmpty);

    /// <summary>Takes the polygons out of a feature's geometry.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="squareMetres">The area of the polygons as they came.</param>
    /// <returns>Null when the feature has no polygons; else polygons in degrees, unsnapped unless they were converted.</returns>
    /// <exception cref="ProblemException">A coordinate is out of range, beyond 85 degrees or across longitude 180.</exception>
    public static Geometry? Of(SourceFeature feature, out double squareMetres)
    {
        squareMetres = 0;
        if (feature.Feature.Geometry is not { IsEmpty: false } geometry)
            return null;
        var parts = PolygonExtracter.GetPolygons(geometry).Cast<Polygon>().Where(polygon => !polygon.IsEmpty).ToArray();
        if (parts.Length == 0)
            return null;
        var polygons = geometry.Factory.CreateMultiPolygon(parts);
        var entered = LatticeGeometry.Enter(polygons, feature.Datum);
        if (entered.Refusal is not (EntryRefusal.None or EntryRefusal.Empty))
            throw Refuse(feature, entered);
        if (entered.Geometry is { } onLattice)
            squareMetres = EllipsoidalArea.SquareMetres(onLattice);
        // Handed on off the lattice, so that the build reports what snapping moves.
        if (feature.Datum is not (Datum.Wgs84 or Datum.Cgcs2000))
            polygons.Apply(new ToWgs84(feature.Datum));
        return polygons;
    }

    private sealed class ToWgs84(Datum datum) : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq)
        {
            for (var i = 0; i < seq.Count; i++)
            {
                var (lon, lat) = Datums.ToWgs84(new LonLat(seq.GetX(i), seq.GetY(i)), datum);
                seq.SetX(i, lon);
                seq.SetY(i, lat);
            }
        }
    }

    private static ProblemException Refuse(SourceFeature feature, EnteredGeometry entered)
    {
        var place = entered.RefusedAt is { } at ? $" (at {at.X:R}, {at.Y:R})" : "";
        return new ProblemException(Problem.Bad("file", entered.Refusal.Code(), $"{feature}{place}: {entered.Refusal.Message()}"));
    }
}
