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

    /// <summary>Takes the polygons out of a feature's geometry. Reads and changes nothing but this feature, so that features can be taken side by side.</summary>
    /// <param name="feature">The feature; its geometry is converted to WGS84 in place.</param>
    public static TakenPolygons Of(SourceFeature feature)
    {
        if (feature.Feature.Geometry is not { IsEmpty: false } geometry)
            return default;
        var parts = PolygonExtracter.GetPolygons(geometry).Cast<Polygon>().Where(polygon => !polygon.IsEmpty).ToArray();
        if (parts.Length == 0)
            return default;
        var polygons = geometry.Factory.CreateMultiPolygon(parts);
        var (refusal, refusedAt, squareMetres) = LatticeGeometry.Measure(polygons, feature.Datum);
        if (refusal is not (EntryRefusal.None or EntryRefusal.Empty))
            return new TakenPolygons(null, 0, refusal, refusedAt);
        // Handed on off the lattice, so that the build reports what snapping moves.
        if (feature.Datum is not (Datum.Wgs84 or Datum.Cgcs2000))
            polygons.Apply(new ToWgs84(feature.Datum));
        return new TakenPolygons(polygons, squareMetres, EntryRefusal.None, null);
    }

    /// <summary>What a sender is told of a feature that was refused.</summary>
    public static ProblemException Refuse(SourceFeature feature, TakenPolygons taken)
    {
        var place = taken.RefusedAt is { } at ? $" (at {at.X:R}, {at.Y:R})" : "";
        return new ProblemException(Problem.Bad("file", taken.Refusal.Code(), $"{feature}{place}: {taken.Refusal.Message()}"));
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
}

/// <summary>The polygons of one feature.</summary>
/// <param name="Polygons">Degrees on WGS84, unsnapped unless they were converted; null when there are none.</param>
/// <param name="SquareMetres">Their area as they came.</param>
/// <param name="Refusal">A coordinate is out of range, beyond 85 degrees or across longitude 180, as at <paramref name="RefusedAt"/>.</param>
/// <param name="RefusedAt">Degrees as they were given.</param>
internal readonly record struct TakenPolygons(Geometry? Polygons, double SquareMetres, EntryRefusal Refusal, Coordinate? RefusedAt);
