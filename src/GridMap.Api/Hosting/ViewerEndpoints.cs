using GridMap.Api.Callers;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.StaticFiles;

namespace GridMap.Api.Hosting;

/// <summary>The viewer's files, and one document for every address that is no resource and no file.</summary>
internal static class ViewerEndpoints
{
    private static readonly StaticFileOptions Files = new() { OnPrepareResponse = Prepare };

    /// <summary>Serves the files; asked before anything else.</summary>
    public static void UseViewer(this WebApplication app)
    {
        // There is one folder with a document; to look for others would read the disk at every request.
        app.UseWhen(context => context.Request.Path == "/", root => root.UseDefaultFiles());
        app.UseStaticFiles(Files);
    }

    /// <summary>Serves the document for the viewer's own addresses; asked after everything else.</summary>
    public static void MapViewer(this IEndpointRouteBuilder routes)
    {
        // The resident's pages: /r/CODE from a sticker, /t/WORD from the reporter's link, /s/CODE of a survey, the board for everybody.
        foreach (var address in (string[])["/r/{code?}", "/t/{word}", "/s/{code}", "/board"])
            routes.MapFallbackToFile(address, "report.html", Files).Needs(Permission.None);
        routes.MapFallbackToFile("index.html", Files).Needs(Permission.None);
    }

    // The document names its scripts by their hashes: it must be asked for each time, they need not be.
    private static void Prepare(StaticFileResponseContext served) =>
        served.Context.Response.Headers.CacheControl =
            served.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
