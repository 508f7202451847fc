using System.Security.Claims;
using GridMap.Api.Hosting;
using GridMap.Core.Permissions;

namespace GridMap.Api.Callers;

/// <summary>By what somebody is known.</summary>
public enum CallerKind
{
    /// <summary>Not at all.</summary>
    Public,

    /// <summary>The key in the data folder, or the program itself.</summary>
    AdminKey,

    /// <summary>A session's cookie.</summary>
    Session,

    /// <summary>A key of their own.</summary>
    ApiKey,

    /// <summary>The identity header of a trusted proxy.</summary>
    Proxy,
}

/// <summary>A role that somebody holds now.</summary>
/// <param name="Role">One of <see cref="Role.All"/>.</param>
/// <param name="GridId">Null: the whole territory.</param>
/// <param name="DutyId">The duty that gives it.</param>
public sealed record HeldRole(string Role, long? GridId, long DutyId);

/// <summary>Who asks, from where, and what they may. Made once for each request. Immutable.</summary>
public sealed record Caller
{
    /// <summary>Who acts when nobody asks: the command line and the demonstration.</summary>
    public static Caller Program { get; } = new() { Kind = CallerKind.AdminKey, Name = "gridmap" };

    public required CallerKind Kind { get; init; }

    /// <summary>The name of the account; "admin" for the key in the data folder, "public" for who is not known.</summary>
    public required string Name { get; init; }

    public long? AccountId { get; init; }

    public long? SessionId { get; init; }

    public long? KeyId { get; init; }

    public long? PersonId { get; init; }

    public string? PersonName { get; init; }

    /// <summary>Until the password is changed nothing else is allowed.</summary>
    public bool MustChange { get; init; }

    public IReadOnlyList<HeldRole> Roles { get; init; } = [];

    /// <summary>What a key is narrowed to; null for no narrowing.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>What everybody may, by the office's setting.</summary>
    public IReadOnlySet<string> Public { get; init; } = new HashSet<string>();

    /// <summary>The address that the request came from; empty for what <see cref="OpenReads"/> lets pass.</summary>
    public string Address { get; init; } = "";

    /// <summary>Known by an account.</summary>
    public bool IsSignedIn => AccountId is not null;

    /// <summary>What is written down as who did it: the person, or else the account.</summary>
    public string Who => PersonName ?? Name;

    /// <summary>One name for each caller, for what is kept by caller.</summary>
    public string Key => AccountId is { } id ? $"account:{id}" : Name;

    /// <summary>Whether this is allowed at all, on some grid or other.</summary>
    public bool May(string permission) => permission switch
    {
        Permission.None => true,
        Permission.Known => Kind != CallerKind.Public,
        Permission.OwnAccount => IsSignedIn && KeyId is null,
        Permission.OwnKeys => !MustChange && (May(Permission.OwnAccount) || May(Permission.ManageAccounts)),
        Permission.ManageAccounts => ReachOf(permission).IsEverywhere,
        _ => !ReachOf(permission).IsNothing,
    };

    /// <summary>Where this is allowed.</summary>
    public Reach ReachOf(string permission)
    {
        if (Kind == CallerKind.AdminKey || Public.Contains(permission))
        {
            return Reach.Everywhere;
        }

        if (MustChange || Scopes?.Contains(permission) == false)
        {
            return Reach.Nothing;
        }

        var held = Roles.Where(role => Policy.Allows(role.Role, permission)).ToList();
        return held is [] ? Reach.Nothing
            : held.Any(role => role.GridId is null) ? Reach.Everywhere
            : new Reach([.. held.Select(role => role.GridId!.Value).Distinct().Order()]);
    }

    /// <summary>The name of who did something: the person who is signed in; a key of nobody's says it in the body.</summary>
    /// <param name="said">The body's <c>by</c>.</param>
    /// <param name="most">Characters.</param>
    /// <exception cref="ProblemException">400: nobody is named, or somebody else.</exception>
    public string ByName(string? said, int most)
    {
        var by = InputText.Clean(said, "by", most);
        if (PersonName is { } own)
        {
            return by.Length == 0 || by == own
                ? own
                : throw new ProblemException(Problem.Bad("by", "by_another", $"You are signed in as {own}: leave `by` out. Others sign in themselves."));
        }

        return by.Length > 0 ? by : throw new ProblemException(Problem.Bad("by", "bad_by", $"Say in `by` who does this (1 to {most} characters)."));
    }

    /// <summary>Where this caller may give others a role: by the roles that may give it, not by all that they hold.</summary>
    public Reach ReachToAppoint(string given) =>
        (this with { Roles = [.. Roles.Where(role => Policy.MayAppoint(role.Role, given))] }).ReachOf(Permission.Appoint);

    /// <summary>For a handler's parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(context.User.Caller());
}

/// <summary>The framework's user, with the caller in it.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name)], caller.Kind.ToString())
{
    public Caller Caller { get; } = caller;
}

/// <summary>From the framework's user to the caller.</summary>
internal static class CallerPrincipal
{
    /// <summary>Who asks. Everybody is a caller, the public too.</summary>
    public static Caller Caller(this ClaimsPrincipal user) => user.Identities.OfType<CallerIdentity>().First().Caller;
}
