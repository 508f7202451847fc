using System.Text.Json;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Measures;

/// <summary>What is to be measured.</summary>
/// <param name="Geometry">GeoJSON: a LineString or a Polygon, [lon, lat].</param>
/// <param name="Crs">wgs84 (default), cgcs2000, gcj02, bd09.</param>
public sealed record MeasureBody(JsonElement? Geometry, string? Crs = null);

/// <summary>A measure on the CGCS2000 ellipsoid.</summary>
/// <param name="Metres">The length of the line, or the way round the outline.</param>
/// <param name="SquareMetres">What the outline encloses; a line of three places or more is closed by its last edge. 0 for two places.</param>
/// <param name="Mu">The same in 亩.</param>
public sealed record MeasureAnswer(double Metres, double SquareMetres, double Mu);

/// <summary><c>/api/v1/measures</c>: lengths and areas for whoever draws; the viewer computes none of its own.</summary>
internal static class MeasureEndpoints
{
    private const int FewestInRing = 3;

    public static void MapMeasures(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/measures", Measure).WithTags("measures").Needs(Permission.SeeMap)
            .WithSummary("How long a line is and how much an outline encloses. Nothing is stored.");

    private static Ok<MeasureAnswer> Measure(MeasureBody body)
    {
        var geometry = GeometryInput.Read(body.Geometry, "LineString, Polygon");
        var datum = PointInput.Datum(body.Crs);
        var lines = geometry is Polygon polygon ? polygon.InteriorRings.Prepend(polygon.ExteriorRing) : [(LineString)geometry];
        var metres = 0d;
        Int128 area = 0;
        foreach (var (line, i) in lines.Select((line, i) => (line, i)))
        {
            var places = Array.ConvertAll(line.Coordinates, place => Entered(place, datum));
            metres += places.Zip(places.Skip(1), (from, to) => Distance(LocalPlane.At(Middle(from, to)), from, to)).Sum();
            area += i == 0 ? Enclosed(places) : -Enclosed(places);
        }

        var squareMetres = EllipsoidalArea.ToSquareMetres(area);
        return TypedResults.Ok(new MeasureAnswer(Math.Round(metres, 2), Math.Round(squareMetres, 2), Math.Round(EllipsoidalArea.ToMu(squareMetres), 3)));
    }

    private static Int128 Enclosed(LonLat[] places)
    {
        Int128 sum = 0;
        for (var i = 0; places.Length >= FewestInRing && i < places.Length; i++)
            sum += EllipsoidalArea.EdgeIntegral(places[i], places[(i + 1) % places.Length]);
        return Int128.Abs(sum);
    }

    private static LonLat Entered(Coordinate place, Datum datum)
    {
        var entered = EnteredPoint.Enter(place.X, place.Y, datum);
        return entered.IsAccepted ? entered.Position : throw new ProblemException(Problem.Bad("geometry", "bad_coordinate", entered.Refusal.Message()));
    }

    private static LonLat Middle(LonLat from, LonLat to) => new((from.Lon + to.Lon) / 2, (from.Lat + to.Lat) / 2);

    // In the plane at its middle a drawn edge of 10 km errs by less than a thousandth.
    private static double Distance(LocalPlane plane, LonLat from, LonLat to)
    {
        var (east, north) = plane.ToMetres(from);
        var (otherEast, otherNorth) = plane.ToMetres(to);
        return double.Hypot(east - otherEast, north - otherNorth);
    }
}
