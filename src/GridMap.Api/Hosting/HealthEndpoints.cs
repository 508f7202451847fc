using GridMap.Api.Callers;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;

namespace GridMap.Api.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it has a snapshot to answer from.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => "ok").Needs(Permission.None).ExcludeFromDescription();
        routes.MapGet("/readyz", IResult (SnapshotProvider snapshots) => snapshots.IsReady
            ? TypedResults.Text("ready")
            : TypedResults.Text("loading", statusCode: StatusCodes.Status503ServiceUnavailable)).Needs(Permission.None).ExcludeFromDescription();
    }
}
