namespace GridMap.Api.Grids;

/// <summary>The address of the resident's page of a grid, as a QR code takes it to a wall: who answers for the place, and a report.</summary>
internal static class GridAddress
{
    /// <summary>The address under which the request came, so that behind a proxy it is the public one.</summary>
    public static string Of(HttpRequest request, string code) => $"{request.Scheme}://{request.Host}{request.PathBase}/r/{code}";
}
