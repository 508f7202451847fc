using GridMap.Api.Events;

namespace GridMap.Api.Hosting;

/// <summary>HEAD is answered wherever GET is: as GET, and the server leaves the body out.</summary>
internal static class HeadRequests
{
    public static Task AsGet(HttpContext context, RequestDelegate next)
    {
        // A stream has no end to wait for.
        if (HttpMethods.IsHead(context.Request.Method) && !context.Request.Path.Equals(EventEndpoints.Path))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }
}
