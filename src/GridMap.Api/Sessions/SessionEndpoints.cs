using System.ComponentModel.DataAnnotations;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Sessions;

/// <summary>Who signs in.</summary>
public sealed record SignInBody([property: Required] string? Name, [property: Required] string? Password);

/// <summary><c>/api/v1/session</c>: signing in and out.</summary>
internal static class SessionEndpoints
{
    public const string Path = "/api/v1/session";

    private const int MaxText = 200;

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("session");
        group.MapPost("/", Begin).Needs(Permission.None).WithSummary("Sign in: a cookie for the viewer. Ask /api/v1/me next.");
        group.MapDelete("/", End).Needs(Permission.None).WithSummary("Sign out.");
    }

    private static async Task<NoContent> Begin(HttpContext context, SignIn signIn, SignInBody body, CancellationToken cancel)
    {
        var name = InputText.Clean(body.Name, "name", MaxText);
        var password = body.Password ?? "";
        if (name.Length == 0 || password.Length is 0 or > MaxText)
        {
            throw new ProblemException(Problem.Bad(name.Length == 0 ? "name" : "password", "bad_credentials", "Send name and password."));
        }

        await signIn.RunAsync(context, name, password, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> End(HttpContext context, Caller caller, SessionStore sessions, CancellationToken cancel)
    {
        if (caller is { AccountId: { } account, SessionId: { } session })
        {
            await sessions.EndAsync(caller, account, session, cancel);
        }

        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }
}
