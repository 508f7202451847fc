namespace GridMap.Api.Sessions;

/// <summary>
/// The viewer's cookie: no script reads it, no other site sends it along with a write, and over TLS it carries the prefix that
/// binds it to this host.
/// </summary>
internal static class SessionCookie
{
    private const string Plain = "gridmap-session";
    private const string Secure = "__Host-gridmap-session";

    /// <summary>The token that came along; null for none.</summary>
    public static string? TokenOf(HttpContext context) =>
        context.Request.Cookies[NameFor(context)] is { Length: > 0 and <= 100 } token ? token : null;

    public static void Set(HttpContext context, string token, DateTimeOffset expires) =>
        context.Response.Cookies.Append(NameFor(context), token, Options(context, expires));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context, null));

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
