using System.Net.Http.Headers;
using GridMap.Api.Hosting;
using GridMap.Api.Sessions;
using GridMap.Api.Settings;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Callers;

/// <summary>
/// Finds out who asks: by <c>Authorization: Bearer &lt;key&gt;</c>, else by a trusted proxy's word, else by the session's cookie, else
/// the public. A session that is over is the public. Thread safe.
/// </summary>
internal sealed class CallerSource(
    AdminKey admin, CallerReader callers, TrustedProxy proxy, PublicAccess access, IOptions<SignInOptions> signIn)
{
    public const string SchemeName = "Bearer";

    /// <summary>Who asks; null for a key that is not known.</summary>
    public async Task<Caller?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        Caller? caller;
        if (AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            && header.Scheme.Equals(SchemeName, StringComparison.OrdinalIgnoreCase))
        {
            caller = await ByKeyAsync(header.Parameter ?? "", cancel);
            if (caller is null)
            {
                return null;
            }
        }
        else if (proxy.NameOf(context) is { } name)
        {
            caller = await proxy.FindAsync(name, cancel);
        }
        else
        {
            caller = SessionCookie.TokenOf(context) is { } token
                ? await callers.BySessionAsync(Secret.Hash(token), signIn.Value.Idle, cancel)
                : null;
        }

        return (caller ?? PublicAccess.Nobody) with { Public = access.Permissions, Address = ClientAddress.Of(context) };
    }

    private async Task<Caller?> ByKeyAsync(string key, CancellationToken cancel) =>
        admin.Matches(key) ? new Caller { Kind = CallerKind.AdminKey, Name = Role.Admin }
        : key.StartsWith(Secret.KeyPrefix, StringComparison.Ordinal) ? await callers.ByKeyAsync(Secret.Hash(key), cancel)
        : null;
}
