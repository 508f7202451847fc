namespace GridMap.Api.Hosting;

/// <summary>The viewer's pages: one document for every address that is no resource and no file.</summary>
internal static class ViewerEndpoints
{
    public static void MapViewer(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["api", "tiles", "ogc", "open311", "openapi"])
        {
            routes.MapFallback($"/{prefix}/{{**rest}}", (HttpContext context) => Problem.NotFound(
                "unknown_route", $"There is nothing at {context.Request.Path}. /openapi/v1.json lists what there is.").ToResult());
        }

        routes.MapFallbackToFile("index.html", new StaticFileOptions
        {
            // The document names its scripts by their hashes: it must be asked for each time, they need not be.
            OnPrepareResponse = served => served.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
