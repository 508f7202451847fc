using GridMap.Api.Callers;
using GridMap.Core.Permissions;
using GridMap.Core.Posters.Battle;

namespace GridMap.Api.Posters;

/// <summary><c>/api/v1/campaigns/{id}/poster.svg</c>, <c>.pdf</c> and <c>.png</c>: the battle map for the wall (挂图) and for a chat.</summary>
internal static class PosterEndpoints
{
    private const string Query = "paper=a0..a4, orientation=landscape or portrait, grid=code for one grid, level, on=day, layer=light (the default) or percent, lang=zh (the default) or en";

    public static void MapPosters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/campaigns").WithTags("campaigns").Needs(Permission.SeeMap);
        group.MapGet("/{id:long}/poster.svg", Svg).Produces<string>(contentType: "image/svg+xml").WithSummary($"The battle map as a poster with ranking, legend and totals: {Query}; a3 by default.");
        group.MapGet("/{id:long}/poster.pdf", Pdf).Produces<byte[]>(contentType: "application/pdf").WithSummary("The same as PDF, ready to print, with its fonts.");
        group.MapGet("/{id:long}/poster.png", Png).Produces<byte[]>(contentType: "image/png").WithSummary("The same as a picture, width pixels wide; a4 by default, whose letters are the largest.");
    }

    private static async Task<IResult> Svg(
        HttpContext context, PosterServing serving, Caller caller, long id, [AsParameters] PosterQuery query, CancellationToken cancel) =>
        await serving.AnswerAsync(context, caller, id, PosterQuestion.Read(query, PosterPaper.A3), PosterForm.Svg, cancel);

    private static async Task<IResult> Pdf(
        HttpContext context, PosterServing serving, Caller caller, long id, [AsParameters] PosterQuery query, CancellationToken cancel) =>
        await serving.AnswerAsync(context, caller, id, PosterQuestion.Read(query, PosterPaper.A3), PosterForm.Pdf, cancel);

    private static async Task<IResult> Png(
        HttpContext context, PosterServing serving, Caller caller, long id, [AsParameters] PosterQuery query, int? width, CancellationToken cancel) =>
        await serving.AnswerAsync(context, caller, id, PosterQuestion.Read(query, PosterPaper.A4), PosterForm.Png(PosterQuestion.Pixels(width)), cancel);
}
