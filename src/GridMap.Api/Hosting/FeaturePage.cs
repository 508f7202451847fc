using System.Text.Json;
using GridMap.Core.GeoJson;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Hosting;

/// <summary>A page as a GeoJSON FeatureCollection, with the cursor in a foreign member <c>next</c>.</summary>
internal sealed class FeaturePage<T>(
    Page<T> page, Func<T, long> id, Func<T, Geometry> geometry, Action<Utf8JsonWriter, T> properties) : IResult
{
    private const int FlushBytes = 1 << 16;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = GeoJsonWriter.MediaType;
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter.AsStream());
        GeoJsonWriter.StartCollection(writer);
        foreach (var item in page.Items)
        {
            GeoJsonWriter.WriteFeature(writer, id(item), geometry(item), target => properties(target, item));
            if (writer.BytesPending > FlushBytes)
            {
                await writer.FlushAsync(httpContext.RequestAborted);
            }
        }

        writer.WriteEndArray();
        writer.WriteString("next", page.Next);
        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>Whether the caller asked for GeoJSON instead of JSON.</summary>
internal static class GeoJsonNegotiation
{
    public static bool WantsGeoJson(this HttpContext context) => context.Request.GetTypedHeaders().Accept
        .Any(type => type.MediaType.Equals(GeoJsonWriter.MediaType, StringComparison.OrdinalIgnoreCase));
}
