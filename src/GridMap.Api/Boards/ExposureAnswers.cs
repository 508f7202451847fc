using GridMap.Api.Photos;

namespace GridMap.Api.Boards;

/// <summary>A pair of before and after that the office shows to the public.</summary>
/// <param name="Number">The issue's number.</param>
/// <param name="Category">Its category.</param>
/// <param name="GridName">Where it lies; null outside.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="ClosedAt">When it was written off; null when it was opened again.</param>
/// <param name="Before">How it was: a copy, with what was covered burnt in.</param>
/// <param name="After">How it is now; likewise.</param>
public sealed record Exposure(
    string Number, string Category, string? GridName, DateTimeOffset ReportedAt, DateTimeOffset? ClosedAt, IReadOnlyList<SignedPhoto> Before, IReadOnlyList<SignedPhoto> After);

/// <summary>Whether an issue is shown to the public with its photos, and with which.</summary>
/// <param name="Exposed">True shows it, false takes it back.</param>
/// <param name="Before">Which photo of before; left out together with after: what was chosen last, else the first of before and the last of after, as they are.</param>
/// <param name="After">Which photo of after.</param>
/// <param name="Version">Of the choice that is changed; null for the first one. Asked for when photos are chosen.</param>
public sealed record ExposureBody(bool? Exposed, ExposedPhotoBody? Before = null, ExposedPhotoBody? After = null, int? Version = null);

/// <summary>A photo and what is covered of it.</summary>
/// <param name="Photo">The last part of its address.</param>
/// <param name="Boxes">What is covered, at most 50; none: nothing.</param>
public sealed record ExposedPhotoBody(string? Photo, PhotoBox[]? Boxes = null);

/// <summary>What the office chose to show of an issue, for who directs it.</summary>
/// <param name="Version">Sent back with a change; null while nothing was chosen.</param>
/// <param name="ExposedAt">When it was shown; null while it is not.</param>
/// <param name="Before">The photo of before; null while nothing was chosen.</param>
/// <param name="After">The photo of after; likewise.</param>
/// <param name="ChosenAt">When that was chosen.</param>
/// <param name="ChosenBy">By whom.</param>
public sealed record IssueExposure(int? Version, DateTimeOffset? ExposedAt, ExposedPhoto? Before, ExposedPhoto? After, DateTimeOffset? ChosenAt, string? ChosenBy);

/// <summary>One side of it.</summary>
/// <param name="Photo">The last part of the photo's address.</param>
/// <param name="Boxes">What is covered.</param>
/// <param name="Shown">The copy that the public gets; null while it is not shown.</param>
public sealed record ExposedPhoto(string Photo, IReadOnlyList<PhotoBox> Boxes, SignedPhoto? Shown);
