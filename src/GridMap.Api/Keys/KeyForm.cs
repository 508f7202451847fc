using System.ComponentModel.DataAnnotations;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;

namespace GridMap.Api.Keys;

/// <summary>A key, without its secret.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Prefix">How it begins, for telling one from another.</param>
/// <param name="AccountId">Whose it is: it may no more than they.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Scopes">The permissions that it is narrowed to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it is over.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null: never.</param>
/// <param name="RevokedAt">When it was ended before its time.</param>
public sealed record KeyItem(
    long Id, string Name, string Prefix, long AccountId, string Account, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>A key that was made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What is sent as Authorization: Bearer; shown this once.</param>
public sealed record KeyReceipt(KeyItem Key, string Secret);

/// <summary>A new key.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">Permissions that it is narrowed to, such as see-map, report, handle-issues.</param>
/// <param name="Days">How long it is valid; 365 by default, 730 at most.</param>
/// <param name="AccountId">Another's account; for the administrator.</param>
public sealed record NewKeyBody(
    [property: Required] string? Name, [property: Required] IReadOnlyList<string?>? Scopes, int? Days = null, long? AccountId = null);

/// <summary>A new key that was understood.</summary>
internal sealed record KeyForm(string Name, IReadOnlyList<string> Scopes, int Days)
{
    private const int MaxName = 100;
    private const int DefaultDays = 365;
    private const int MaxDays = 730;

    /// <exception cref="ProblemException">400: which field, and what it should be.</exception>
    public static KeyForm Read(NewKeyBody body)
    {
        var name = InputText.Clean(body.Name, "name", MaxName);
        if (name.Length == 0)
        {
            throw new ProblemException(Problem.Bad("name", "bad_name", "Say what the key is for."));
        }

        if (body.Scopes is not { Count: > 0 } scopes || scopes.Any(scope => !Permission.All.Contains(scope)))
        {
            throw new ProblemException(Problem.Bad("scopes", "bad_scopes", $"Name at least one of {string.Join(", ", Permission.All)}."));
        }

        return body.Days is null or (>= 1 and <= MaxDays)
            ? new KeyForm(name, [.. scopes.OfType<string>().Distinct().Order()], body.Days ?? DefaultDays)
            : throw new ProblemException(Problem.Bad("days", "bad_days", $"A key is valid for 1 to {MaxDays} days."));
    }
}
