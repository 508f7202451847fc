using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;

namespace GridMap.Api.Photos;

/// <summary><c>/api/v1/photos</c>: photos by signed addresses.</summary>
internal static class PhotoEndpoints
{
    public static void MapPhotos(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/photos/{file}", Get).Needs(Permission.None).WithTags("issues").Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg")
            .WithSummary("A photo by a signed address, as the reporter's page and the public board have them.");

    /// <summary>A file that is a picture and is shown as nothing else.</summary>
    public static IResult Send(HttpContext context, PhotoStore photos, string file, bool small, string mediaType, string cache)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = cache;
        var path = photos.PathOf(file, small);
        return File.Exists(path) ? TypedResults.PhysicalFile(path, mediaType) : Problem.NotFound("unknown_photo", "There is no such photo any more.").ToResult();
    }

    private static async Task<IResult> Get(HttpContext context, PhotoStore photos, PhotoLinks links, string file, long until, string sign, bool small = false) =>
        await links.HoldsAsync(file, small, until, sign)
            ? Send(context, photos, file, small, "image/jpeg", "private, max-age=3600")
            : new Problem(StatusCodes.Status403Forbidden, "link_expired", "This address of a photo no longer holds. Open the page again that showed it.").ToResult();
}
