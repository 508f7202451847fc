using Microsoft.AspNetCore.OpenApi;

namespace GridMap.Api.Hosting;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c>: what is said there besides the routes.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddSchemaTransformer<ApiSchemas>();
        options.AddOperationTransformer<ApiResponses>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "GridMap";
            document.Info.Version = "v1";
            document.Info.Description = "Which grid is this point in, who answers for it, and how far has each zone got.";

            // The address depends on who asks; a document that names none is valid wherever it is served.
            document.Servers?.Clear();

            // The framework's own shape of a refusal, which ApiResponses has replaced by the service's.
            document.Components?.Schemas?.Remove("ProblemDetails");
            return Task.CompletedTask;
        });
    }
}
