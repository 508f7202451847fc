using System.Net;
using System.Security.Cryptography;
using GridMap.Api.Accounts;
using GridMap.Api.Settings;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Callers;

/// <summary>
/// Whose name a reverse proxy says it is: only from the configured addresses, by the connection itself and not by a header, and
/// only with the shared secret. The proxy speaks to the identity provider; there is no protocol here. Immutable.
/// </summary>
internal sealed class TrustedProxy(IOptions<SingleSignOnOptions> options, CallerReader callers, AccountStore accounts)
{
    private readonly SingleSignOnOptions settings = options.Value;
    private readonly IPNetwork[] networks = [.. options.Value.Addresses.Select(Networks.Parse).OfType<IPNetwork>()];
    private readonly byte[] secret = Secret.Hash(options.Value.Secret);

    /// <summary>Whether a proxy, trusted or not, says a name.</summary>
    public bool IsHeardIn(HttpRequest request) => settings.IsOn && request.Headers.ContainsKey(settings.NameHeader);

    /// <summary>The name; null when nobody trusted says one.</summary>
    public string? NameOf(HttpContext context)
    {
        if (!settings.IsOn || context.Request.Headers[settings.NameHeader] is not [{ Length: > 0 } name])
        {
            return null;
        }

        var peer = ClientAddress.PeerOf(context);
        return peer is not null && networks.Any(network => network.Contains(peer))
            && context.Request.Headers[settings.SecretHeader] is [{ } sent] && CryptographicOperations.FixedTimeEquals(Secret.Hash(sent), secret)
            ? name
            : null;
    }

    /// <summary>Who that is; null when no account has the name and none is made, or it is switched off.</summary>
    public async Task<Caller?> FindAsync(string name, CancellationToken cancel)
    {
        if (await callers.ByNameAsync(name, cancel) is { } caller)
        {
            return caller;
        }

        return settings.CreateAccounts && await accounts.CreateFromProxyAsync(name, cancel) ? await callers.ByNameAsync(name, cancel) : null;
    }
}
