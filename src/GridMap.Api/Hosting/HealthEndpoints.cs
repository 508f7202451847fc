using GridMap.Api.Callers;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;

namespace GridMap.Api.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it has a snapshot to answer from.</summary>
internal static class HealthEndpoints
{
    private static readonly byte[] Ok = "ok"u8.ToArray();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", Alive).Needs(Permission.None).ExcludeFromDescription();
        routes.MapGet("/readyz", IResult (SnapshotProvider snapshots) => snapshots.IsReady
            ? TypedResults.Text("ready")
            : TypedResults.Text("loading", statusCode: StatusCodes.Status503ServiceUnavailable)).Needs(Permission.None).ExcludeFromDescription();
    }

    // Watchers ask it all day, and the benchmark takes it for what any answer costs: no more than the server itself.
    private static Task Alive(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = Ok.Length;
        return context.Response.BodyWriter.WriteAsync(Ok).AsTask();
    }
}
