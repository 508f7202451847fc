using System.ComponentModel.DataAnnotations;

namespace GridMap.Api.Accounts;

/// <summary>An account, as the administrator sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What is typed to sign in.</param>
/// <param name="PersonId">Whose it is; null for nobody's, which then has no roles.</param>
/// <param name="PersonName">Their name.</param>
/// <param name="HasPassword">False: comes in through the single sign-on only.</param>
/// <param name="MustChange">Whether the password was handed over and is still to be changed.</param>
/// <param name="Disabled">Whether it is switched off.</param>
/// <param name="LockedUntil">Until when wrong passwords make it wait; null when they do not.</param>
/// <param name="LastSeenAt">When a session of it was last used.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record AccountItem(
    long Id, string Name, long? PersonId, string? PersonName, bool HasPassword, bool MustChange, bool Disabled, DateTimeOffset? LockedUntil,
    DateTimeOffset? LastSeenAt, DateTimeOffset CreatedAt);

/// <summary>An account that was made, or whose password was reset.</summary>
/// <param name="Account">The account.</param>
/// <param name="Password">Shown this once; it must be changed at the first sign-in. Null when the account has none.</param>
public sealed record AccountReceipt(AccountItem Account, string? Password);

/// <summary>A new account.</summary>
/// <param name="Name">1 to 60 letters, digits, . _ - @</param>
/// <param name="PersonId">Whose it is; or else give <paramref name="PersonName"/>.</param>
/// <param name="PersonName">A new person's name; both left out: nobody's.</param>
/// <param name="Phone">The new person's telephone.</param>
/// <param name="PasswordLess">True for the single sign-on only.</param>
public sealed record NewAccountBody(
    [property: Required] string? Name, long? PersonId = null, string? PersonName = null, string? Phone = null, bool? PasswordLess = null);

/// <summary>What of an account is to change; what is left out stays.</summary>
/// <param name="Disabled">Switches it off (its sessions and keys with it) or on.</param>
/// <param name="PersonId">Gives it to a person.</param>
public sealed record AccountChangeBody(bool? Disabled = null, long? PersonId = null);
