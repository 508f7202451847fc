namespace GridMap.Api.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it has a snapshot to answer from.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => "ok").ExcludeFromDescription();
        routes.MapGet("/readyz", () => "ready").ExcludeFromDescription();
    }
}
