using System.ComponentModel.DataAnnotations;
using GridMap.Api.Duties;
using GridMap.Api.Hosting;

namespace GridMap.Api.Posts;

/// <summary>A post (责任岗) that a grid offers: public.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Grid">Where.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">What there is to do.</param>
/// <param name="Places">How many it takes.</param>
/// <param name="Taken">How many hold it.</param>
/// <param name="Until">When the post and the terms of its holders end; null: open.</param>
/// <param name="CreatedAt">Since when it is offered.</param>
/// <param name="ClosedAt">Null while it is offered.</param>
/// <param name="MyClaim">What became of one's own claim; null without one.</param>
public sealed record PostItem(
    long Id, DutyGrid Grid, string Title, string Text, int Places, int Taken, DateTimeOffset? Until, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt,
    MyClaim? MyClaim);

/// <summary>One's own claim to a post.</summary>
public sealed record MyClaim(long Id, [property: ClaimState] string State);

/// <summary>Somebody who came forward for a post.</summary>
public sealed record ClaimItem(
    long Id, PersonReference Person, [property: ClaimState] string State, string Note, DateTimeOffset ClaimedAt, DateTimeOffset? DecidedAt,
    string? DecidedBy, long? DutyId);

/// <summary>A new post.</summary>
public sealed record NewPostBody(
    [property: Required] string? Grid, [property: Required] string? Title, string? Text = null, int? Places = null, DateTimeOffset? Until = null);

/// <summary>Coming forward.</summary>
/// <param name="Note">A word to the leader.</param>
public sealed record NewClaimBody(string? Note = null);

/// <summary>What becomes of a claim.</summary>
public sealed class ClaimStateAttribute() : WordsAttribute("open", "accepted", "declined", "withdrawn");
