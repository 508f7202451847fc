using System.Text.Json;
using System.Text.Json.Nodes;
using GridMap.Api.Hosting;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Grids;

/// <summary>Reads the member <c>geometry</c> of a body, with the one GeoJSON reader that there is.</summary>
internal static class GeometryInput
{
    private const int MaxVertices = 100_000;

    /// <summary>The geometry as it was sent: lon, lat in the datum of the body, not yet on the lattice.</summary>
    /// <param name="json">The member; null when it is not there.</param>
    /// <param name="types">The types that are taken, apart by ", ".</param>
    /// <exception cref="ProblemException">400: what to send instead.</exception>
    public static Geometry Read(JsonElement? json, string types)
    {
        if (json is not { ValueKind: JsonValueKind.Object } value)
        {
            throw new ProblemException(Problem.Bad("geometry", "missing", $"Send geometry: GeoJSON: {types}."));
        }

        try
        {
            var feature = new JsonObject { ["type"] = "Feature", ["properties"] = null, ["geometry"] = JsonNode.Parse(value.GetRawText()) };
            var geometry = GeoJsonReader.ReadAll(JsonSerializer.SerializeToUtf8Bytes(feature)).Single().Geometry;
            if (geometry is null || geometry.IsEmpty || !types.Split(", ").Contains(geometry.GeometryType))
            {
                throw new ProblemException(Problem.Bad("geometry", "bad_geometry", $"Send {types}, and not empty."));
            }

            return geometry.NumPoints <= MaxVertices
                ? geometry
                : throw new ProblemException(Problem.Bad("geometry", "too_many_vertices", $"{geometry.NumPoints} vertices; {MaxVertices} at most."));
        }
        catch (GeoJsonException e)
        {
            throw new ProblemException(Problem.Bad("geometry", e.Problem.Code, e.Problem.Message));
        }
    }
}
