using System.ComponentModel.DataAnnotations;
using System.Net;

namespace GridMap.Api.Settings;

/// <summary>
/// Single sign-on by a reverse proxy that has signed people in and says their names in a header. Off unless all three are given.
/// Section <c>GridMap:SingleSignOn</c>, environment <c>GridMap__SingleSignOn__…</c>.
/// </summary>
public sealed class SingleSignOnOptions : IValidatableObject
{
    public const string Section = "GridMap:SingleSignOn";

    private const int ShortestSecret = 24;

    /// <summary>The proxy's own addresses or networks, such as 127.0.0.1/32: the header of anybody else is not looked at.</summary>
    public string[] Addresses { get; set; } = [];

    /// <summary>What the proxy sends in <see cref="SecretHeader"/>, at least 24 characters.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The header that holds the secret.</summary>
    [Required]
    public string SecretHeader { get; set; } = "X-GridMap-Secret";

    /// <summary>The header that holds the name of the account.</summary>
    [Required]
    public string NameHeader { get; set; } = "X-GridMap-User";

    /// <summary>Whether a name that no account has gets one, without roles.</summary>
    public bool CreateAccounts { get; set; }

    public bool IsOn => Addresses.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var address in Addresses.Where(address => Networks.Parse(address) is null))
            yield return new ValidationResult($"{address} is no address or network.", [nameof(Addresses)]);
        if (IsOn && Secret.Length < ShortestSecret)
        {
            yield return new ValidationResult(
                $"Single sign-on needs a secret of at least {ShortestSecret} characters that the proxy sends in {SecretHeader}.", [nameof(Secret)]);
        }
    }
}

/// <summary>Networks as settings name them.</summary>
internal static class Networks
{
    /// <summary>A network, or a single address as one; null for neither.</summary>
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
