using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using GridMap.Api.Hosting;
using GridMap.Api.Sessions;
using GridMap.Api.Settings;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Callers;

/// <summary>
/// Finds out who asks: by <c>Authorization: Bearer &lt;key&gt;</c>, else by a trusted proxy's word, else by the session's cookie, else
/// the public. A wrong key is refused; a session that is over is the public.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AdminKey admin, CallerReader callers,
    TrustedProxy proxy, PublicAccess access, IOptions<SignInOptions> signIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var cancel = Context.RequestAborted;
        Caller? caller;
        if (AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            && header.Scheme.Equals(SchemeName, StringComparison.OrdinalIgnoreCase))
        {
            caller = await ByKeyAsync(header.Parameter ?? "", cancel);
            if (caller is null)
            {
                return AuthenticateResult.Fail("The key is not known.");
            }
        }
        else if (proxy.NameOf(Context) is { } name)
        {
            caller = await proxy.FindAsync(name, cancel);
        }
        else
        {
            caller = SessionCookie.TokenOf(Context) is { } token
                ? await callers.BySessionAsync(Secret.Hash(token), signIn.Value.Idle, cancel)
                : null;
        }

        caller = (caller ?? PublicAccess.Nobody) with { Public = access.Permissions, Address = ClientAddress.Of(Context) };
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), SchemeName));
    }

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

    private async Task<Caller?> ByKeyAsync(string key, CancellationToken cancel) =>
        admin.Matches(key) ? new Caller { Kind = CallerKind.AdminKey, Name = Role.Admin }
        : key.StartsWith(Secret.KeyPrefix, StringComparison.Ordinal) ? await callers.ByKeyAsync(Secret.Hash(key), cancel)
        : null;
}
