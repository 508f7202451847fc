using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Permissions;
using GridMap.Core.Posters;

namespace GridMap.Api.Posters;

/// <summary><c>/api/v1/grids/{code}/sheet.svg</c> and <c>.pdf</c>: the responsibility sheet (责任公示牌) for the wall.</summary>
internal static class SheetEndpoints
{
    private const double A4 = 297;
    private const double A3 = 420;

    public static void MapSheets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/grids").WithTags("grids").Needs(Permission.SeeMap);
        group.MapGet("/{code}/sheet.svg", Svg).Produces<string>(contentType: "image/svg+xml")
            .WithSummary("The grid's responsibility sheet: who answers, map, bounds, QR code. size=a4 (the default) or a3, landscape; lang=zh (the default) or en.");
        group.MapGet("/{code}/sheet.pdf", Pdf).Produces<byte[]>(contentType: "application/pdf")
            .WithSummary("The same as PDF, ready to print.");
        group.MapGet("/{code}/stickers.svg", StickersSvg).Produces<string>(contentType: "image/svg+xml")
            .WithSummary("QR stickers of the grids inside that are divided no further, twelve to an A4 sheet; page=1 is the first, GridMap-Pages says how many.");
        group.MapGet("/{code}/stickers.pdf", StickersPdf).Produces<byte[]>(contentType: "application/pdf").WithSummary("The same as PDF, ready to print.");
    }

    private static IResult StickersSvg(HttpContext context, SnapshotProvider snapshots, string code, int? page, string? lang) =>
        TypedResults.Text(DrawStickers(context, snapshots, code, page, lang), "image/svg+xml");

    private static async Task<IResult> StickersPdf(
        HttpContext context, SnapshotProvider snapshots, SvgConverter converter, string code, int? page, string? lang, CancellationToken cancel)
    {
        var pdf = await converter.ToPdfAsync(DrawStickers(context, snapshots, code, page, lang), cancel);
        return TypedResults.File(pdf, "application/pdf", $"stickers-{code}-{page ?? 1}.pdf");
    }

    private static string DrawStickers(HttpContext context, SnapshotProvider snapshots, string code, int? page, string? lang)
    {
        var snapshot = snapshots.Current;
        var all = GridSheets.StickersOf(snapshot, GridEndpoints.Find(snapshot, code), grid => GridAddress.Of(context.Request, grid.Code));
        var pages = (all.Count + Stickers.PerPage - 1) / Stickers.PerPage;
        if (page is < 1 || page > pages)
            throw new ProblemException(Problem.Bad("page", "bad_page", $"page is 1 to {pages}."));
        GenerationHeader.Set(context, snapshot);
        context.Response.Headers["GridMap-Pages"] = pages.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-cache";
        return Stickers.Draw([.. all.Skip(((page ?? 1) - 1) * Stickers.PerPage).Take(Stickers.PerPage)], SheetLanguages.IsChinese(lang));
    }

    private static IResult Svg(HttpContext context, SnapshotProvider snapshots, GridSheets sheets, string code, string? size, string? lang) =>
        TypedResults.Text(Draw(context, snapshots, sheets, code, size, lang), "image/svg+xml");

    private static async Task<IResult> Pdf(
        HttpContext context, SnapshotProvider snapshots, GridSheets sheets, SvgConverter converter, string code, string? size, string? lang, CancellationToken cancel)
    {
        var pdf = await converter.ToPdfAsync(Draw(context, snapshots, sheets, code, size, lang), cancel);
        return TypedResults.File(pdf, "application/pdf", $"sheet-{code}.pdf");
    }

    // It tells of today's people: no cache keeps it.
    private static string Draw(HttpContext context, SnapshotProvider snapshots, GridSheets sheets, string code, string? size, string? lang)
    {
        var width = size?.ToLowerInvariant() switch
        {
            null or "a4" => A4,
            "a3" => A3,
            _ => throw new ProblemException(Problem.Bad("size", "bad_size", "size is a4 (the default) or a3, both landscape.")),
        };
        var isChinese = SheetLanguages.IsChinese(lang);
        var snapshot = snapshots.Current;
        var grid = GridEndpoints.Find(snapshot, code);
        GenerationHeader.Set(context, snapshot);
        context.Response.Headers.CacheControl = "no-cache";
        return Sheet.Draw(sheets.Of(snapshot, grid, GridAddress.Of(context.Request, grid.Code), isChinese), width);
    }
}
