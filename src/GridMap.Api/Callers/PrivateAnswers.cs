using GridMap.Core.Permissions;

namespace GridMap.Api.Callers;

/// <summary>
/// What was answered to somebody is theirs: no cache on the way keeps it for another. Where the map is closed that holds for the
/// tiles too, which would else be anybody's.
/// </summary>
internal sealed class PrivateAnswers(PublicAccess access)
{
    private readonly bool isOpen = access.Permissions.Contains(Permission.SeeMap);

    public Task Mark(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (headers.CacheControl.Count == 0 && context.User.Caller().Kind != CallerKind.Public)
            {
                headers.CacheControl = "private, no-store";
            }
            else if (!isOpen)
            {
                headers.CacheControl = headers.CacheControl.ToString().Replace("public", "private", StringComparison.Ordinal);
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
