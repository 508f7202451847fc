using System.Security.Claims;
using GridMap.Core.Permissions;

namespace GridMap.Api.Callers;

/// <summary>
/// A read that everybody may do, by somebody who says nothing of who they are, goes straight to its endpoint: to find out who
/// asks, and whether they may, would cost more than most answers. All other requests go on to be asked. Immutable; thread safe.
/// </summary>
internal sealed class OpenReads(PublicAccess access, TrustedProxy proxy)
{
    // A closed map changes the headers even of what stays open (see PrivateAnswers).
    private readonly bool isOpen = access.Permissions.Contains(Permission.SeeMap);

    // One for all: a read writes nothing down, so that nobody's address is asked for.
    private readonly ClaimsPrincipal nobody = new(new CallerIdentity(PublicAccess.Nobody with { Public = access.Permissions }));

    public Task Pass(HttpContext context, RequestDelegate next)
    {
        if (!isOpen || !HttpMethods.IsGet(context.Request.Method) || SaysWhoAsks(context.Request)
            || context.GetEndpoint() is not { RequestDelegate: { } answer } endpoint || !IsForEverybody(endpoint))
        {
            return next(context);
        }

        context.User = nobody;
        return answer(context);
    }

    private bool SaysWhoAsks(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || request.Headers.Cookie.Count > 0 || proxy.IsHeardIn(request);

    // A group and an endpoint of it may each need one, and then both are needed. None at all is a fault for others to find.
    private bool IsForEverybody(Endpoint endpoint)
    {
        var needed = endpoint.Metadata.GetOrderedMetadata<NeededPermission>();
        for (var i = 0; i < needed.Count; i++)
        {
            if (needed[i].Permission != Permission.None && !access.Permissions.Contains(needed[i].Permission))
            {
                return false;
            }
        }

        return needed.Count > 0;
    }
}
