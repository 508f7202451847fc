using System.Security.Claims;
using System.Text.Encodings.Web;
using GridMap.Api.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Callers;

/// <summary>Tells the framework who asks, and answers those who may not. A wrong key is refused; without any one is the public.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerSource source)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = CallerSource.SchemeName;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await source.FindAsync(Context, Context.RequestAborted) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), SchemeName))
            : AuthenticateResult.Fail("The key is not known.");

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return new Problem(
            StatusCodes.Status401Unauthorized,
            "key_required",
            "Sign in, or send the header Authorization: Bearer <key>. The first administrator's key is in the file admin-key of the data folder.")
            .ToResult().ExecuteAsync(Context);
    }

    // The public is a caller as well: to it a refusal says how to become somebody.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.User.Caller() switch
    {
        { Kind: CallerKind.Public } => HandleChallengeAsync(properties),
        { MustChange: true } => new Problem(
            StatusCodes.Status403Forbidden, "password_change_required", "Choose a password of your own first: POST /api/v1/me/password.")
            .ToResult().ExecuteAsync(Context),
        _ => new Problem(
            StatusCodes.Status403Forbidden, "forbidden", "Your roles do not allow that. Who appoints people on your grids can give you one that does.")
            .ToResult().ExecuteAsync(Context),
    };
}
