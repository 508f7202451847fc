using System.IO.Compression;
using GridMap.Core.Tiles;
using Microsoft.Net.Http.Headers;

namespace GridMap.Api.Tiles;

/// <summary>A tile on the wire: gzip for those who take it, 304 for those who have it, 204 where there is nothing.</summary>
/// <param name="Gzip">The tile, compressed; no bytes for an empty one.</param>
/// <param name="CacheControl">How long it may be kept.</param>
/// <param name="Tag">Of its content, for the entity tag.</param>
internal sealed record TileAnswer(byte[] Gzip, string CacheControl, string Tag) : IResult
{
    /// <summary>For an address that names its content.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>For an address whose content changes: kept, but asked about each time.</summary>
    public const string Revalidate = "no-cache";

    /// <summary>The same where it depends on who asks: no cache on the way keeps it.</summary>
    public const string Private = "private, no-cache";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var compressed = TakesGzip(request);

        // Two forms of one tile have two tags; whoever has one of them has the tile.
        var tag = compressed ? $"\"{Tag}-gzip\"" : $"\"{Tag}\"";
        response.Headers.CacheControl = CacheControl;
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.Headers.IfNoneMatch.Count > 0 && IsHeld(request, new EntityTagHeaderValue(tag)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (Gzip.Length == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = MvtWriter.MediaType;
        if (compressed)
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = Gzip.Length;
            await response.BodyWriter.WriteAsync(Gzip, httpContext.RequestAborted);
        }
        else
        {
            await using var plain = new GZipStream(new MemoryStream(Gzip), CompressionMode.Decompress);
            await plain.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
    }

    // What browsers send is known without taking it apart, which takes as long as all the rest of a tile from the cache.
    private static bool TakesGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding is [("gzip" or "gzip, deflate" or "gzip, deflate, br" or "gzip, deflate, br, zstd")]
        || request.GetTypedHeaders().AcceptEncoding.Any(encoding =>
            (encoding.Value == "gzip" || encoding.Value == "*") && encoding.Quality is not 0);

    private static bool IsHeld(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(held => held.Tag == "*" || held.Compare(tag, useStrongComparison: false));
}
