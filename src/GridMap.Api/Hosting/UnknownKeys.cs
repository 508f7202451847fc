using Microsoft.AspNetCore.Authentication;

namespace GridMap.Api.Hosting;

/// <summary>A key that is not known is refused everywhere: to go on as the public would hide that it does not work.</summary>
internal static class UnknownKeys
{
    public static async Task Refuse(HttpContext context, RequestDelegate next)
    {
        var result = await context.AuthenticateAsync();
        await (result.Failure is null ? next(context) : context.ChallengeAsync());
    }
}
