using GridMap.Api.Callers;
using GridMap.Api.Photos;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridMap.Api.Issues;

/// <summary><c>/api/v1/track/{word}</c>: an issue by the link that its reporter, or who follows it, alone has.</summary>
internal static class TrackEndpoints
{
    public static void MapTracks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/track/{word}").WithTags("issues").Needs(Permission.None);
        group.MapGet("/", One).WithSummary("Where the issue stands: due time, course without names, before and after.");
        group.MapPost("/reopen", Reopen).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(PhotoForm.MaxRequestBytes))
            .Accepts<TransitionBody>("application/json", "multipart/form-data").WithSummary("Not fixed: open it again, with a note, within 14 days of the write-off.");
        group.MapPost("/satisfaction", Rate).WithSummary("How satisfied the reporter is, 1 to 5.");
    }

    private static async Task<Ok<TrackedIssue>> One(HttpContext context, IssueTracking tracking, string word, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await tracking.FindAsync(Hash(word), cancel));
    }

    private static async Task<Ok<TrackedIssue>> Reopen(
        HttpContext context, Caller caller, IssueCourse course, IssueTracking tracking, PhotoWorkshop workshop, string word, CancellationToken cancel)
    {
        var track = Hash(word);
        await tracking.FindAsync(track, cancel);
        await course.ReopenAsync(caller, track, await IssueStep.ReadAsync(context, "reopen", workshop, cancel), cancel);
        return TypedResults.Ok(await tracking.FindAsync(track, cancel));
    }

    private static async Task<Ok<TrackedIssue>> Rate(Caller caller, IssueTracking tracking, string word, SatisfactionBody body, CancellationToken cancel)
    {
        var track = Hash(word);
        await tracking.RateAsync(caller, track, body, cancel);
        return TypedResults.Ok(await tracking.FindAsync(track, cancel));
    }

    private static byte[] Hash(string word) => TrackLink.Hash(word) ?? throw IssueTracking.Unknown();
}
