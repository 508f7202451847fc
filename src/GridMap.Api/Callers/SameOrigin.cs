using GridMap.Api.Hosting;
using GridMap.Api.Sessions;
using GridMap.Api.Settings;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Callers;

/// <summary>
/// A write that a browser's cookie (or a proxy's word, which the browser earns by a cookie too) speaks for must come from a page
/// of this service: else any page on the web could send it. Keys are sent on purpose, and are not asked.
/// </summary>
internal sealed class SameOrigin(IOptions<GridMapOptions> options)
{
    public Task RefuseOthers(HttpContext context, RequestDelegate next) =>
        IsRead(context.Request.Method) || !IsAmbient(context) || IsOwn(context.Request)
            ? next(context)
            : new Problem(
                StatusCodes.Status403Forbidden, "foreign_origin",
                "This was sent from another site, or without the header Origin. Programs send a key instead of a cookie: POST /api/v1/keys.")
                .ToResult().ExecuteAsync(context);

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Signing in is one as well: else somebody could be signed in as another without noticing.
    private static bool IsAmbient(HttpContext context) =>
        context.User.Caller().Kind is CallerKind.Session or CallerKind.Proxy
        || (context.Request.Path.StartsWithSegments(SessionEndpoints.Path) && IsBrowser(context.Request));

    private static bool IsBrowser(HttpRequest request) => request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    private bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is ["same-origin"])
        {
            return true;
        }

        return request.Headers.Origin is [{ Length: > 0 } origin]
            && (options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
                || (request.Headers["Sec-Fetch-Site"].Count == 0
                    && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)));
    }
}
