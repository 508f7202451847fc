using System.Text.Json;
using GridMap.Core.GeoJson;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMap.Api.Hosting;

/// <summary>A refusal, as every route may answer it (RFC 9457).</summary>
/// <param name="Type">What the status means.</param>
/// <param name="Title">The same in words.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Detail">What is wrong and what to do.</param>
/// <param name="Code">Stable: may be compared.</param>
/// <param name="Errors">By field, what is wrong with it.</param>
internal sealed record ProblemAnswer(
    string? Type, string Title, int Status, string? Detail, string Code, IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>GeoJSON (RFC 7946), with the cursor of the next page as a foreign member.</summary>
internal sealed record FeatureCollectionAnswer(string Type, IReadOnlyList<FeatureAnswer> Features, string? Next = null);

/// <summary>One feature of a collection.</summary>
internal sealed record FeatureAnswer(
    string Type, JsonElement Geometry, IReadOnlyDictionary<string, JsonElement> Properties, long? Id = null);

/// <summary>Says in the API document what every operation may answer: a problem, and GeoJSON where it is offered.</summary>
internal sealed class ApiResponses : IOpenApiOperationTransformer
{
    private const string ProblemType = "application/problem+json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var problem = await SchemaAsync<ProblemAnswer>(context, "Problem", cancellationToken);
        operation.Responses ??= [];
        operation.Responses.TryAdd("default", new OpenApiResponse
        {
            Description = "Refused, with the reason.",
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemType] = new OpenApiMediaType() },
        });
        foreach (var (type, media) in operation.Responses.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()))
        {
            if (type == ProblemType)
            {
                media.Schema = problem;
            }
            else if (type == GeoJsonWriter.MediaType)
            {
                media.Schema = await SchemaAsync<FeatureCollectionAnswer>(context, "FeatureCollection", cancellationToken);
            }
        }
    }

    /// <summary>A reference to the schema of a type, made the first time that it is needed.</summary>
    private static async Task<OpenApiSchemaReference> SchemaAsync<T>(OpenApiOperationTransformerContext context, string name, CancellationToken cancel)
    {
        var document = context.Document ?? throw new InvalidOperationException("An operation outside a document.");
        if (document.Components?.Schemas?.ContainsKey(name) != true)
        {
            document.AddComponent(name, await context.GetOrCreateSchemaAsync(typeof(T), null, cancel));
        }

        return new OpenApiSchemaReference(name, document);
    }
}
