namespace GridMap.Api.Grids;

/// <summary>The address of a grid's page in the viewer, as a QR code takes it to a wall: who answers for it, and from there to a report.</summary>
internal static class GridAddress
{
    /// <summary>The address under which the request came, so that behind a proxy it is the public one.</summary>
    public static string Of(HttpRequest request, string code) => $"{request.Scheme}://{request.Host}{request.PathBase}/grids/{code}";
}
