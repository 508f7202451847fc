namespace GridMap.Api.Snapshots;

/// <summary>The header <c>GridMap-Generation</c> of answers that come from a snapshot.</summary>
internal static class GenerationHeader
{
    public const string Name = "GridMap-Generation";

    public static void Set(HttpContext context, Snapshot snapshot) =>
        context.Response.Headers[Name] = snapshot.Generation.Number.ToString();
}
