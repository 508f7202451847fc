using GridMap.Api.Snapshots;

namespace GridMap.Api.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it has a snapshot to answer from.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => "ok").ExcludeFromDescription();
        routes.MapGet("/readyz", IResult (SnapshotProvider snapshots) => snapshots.IsReady
            ? TypedResults.Text("ready")
            : TypedResults.Text("loading", statusCode: StatusCodes.Status503ServiceUnavailable)).ExcludeFromDescription();
    }
}
