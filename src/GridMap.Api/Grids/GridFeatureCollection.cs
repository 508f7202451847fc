using System.Text.Json;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Grids;

/// <summary>A page of grids with their polygons, as a GeoJSON FeatureCollection with the cursor in a foreign member <c>next</c>.</summary>
internal sealed class GridFeatureCollection(Snapshot snapshot, Page<GridFacts> page) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = GeoJsonWriter.MediaType;
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter.AsStream());
        GeoJsonWriter.StartCollection(writer);
        foreach (var grid in page.Items)
        {
            GeoJsonWriter.WriteFeature(writer, grid.Id, grid.Shape.Polygon, properties => Write(properties, grid));
            if (writer.BytesPending > 1 << 16)
            {
                await writer.FlushAsync(httpContext.RequestAborted);
            }
        }

        writer.WriteEndArray();
        writer.WriteString("next", page.Next);
        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter writer, GridFacts grid)
    {
        writer.WriteString("code", grid.Code);
        writer.WriteString("name", grid.Name);
        writer.WriteNumber("level", grid.Level);
        writer.WriteString("kind", grid.Kind);
        writer.WriteString("parent", snapshot.Parent(grid)?.Code);
        writer.WriteNumber("areaSquareMetres", Math.Round(grid.AreaSquareMetres, 2));
    }
}
