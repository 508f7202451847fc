using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMap.Api.Hosting;

/// <summary>Says in the API document what the types alone do not: which words there are, and what may be left out of a request.</summary>
internal sealed class ApiSchemas : IOpenApiSchemaTransformer
{
    // Types of request bodies are named so; there, and only there, what may be null may be left out.
    private const string Request = "Body";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { } property && Attribute<WordsAttribute>(property) is { } words)
        {
            schema.Enum = [.. words.Words.Select(word => (JsonNode)word)];
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        if (context.JsonPropertyInfo is null && context.JsonTypeInfo.Type.Name.EndsWith(Request, StringComparison.Ordinal))
        {
            schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(MayBeLeftOut).Select(member => member.Name));
        }

        return Task.CompletedTask;
    }

    private static bool MayBeLeftOut(JsonPropertyInfo property) => property.IsSetNullable && Attribute<RequiredAttribute>(property) is null;

    private static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
