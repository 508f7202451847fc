using System.Globalization;
using System.Text;
using GridMap.Api.Callers;
using GridMap.Api.Settings;
using GridMap.Api.Tiles;
using GridMap.Core.Permissions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GridMap.Api.Posters;

/// <summary>How a poster is sent. An immutable value.</summary>
/// <param name="Ending">Of its file.</param>
/// <param name="MediaType">Of the answer.</param>
/// <param name="Width">Pixels, for a picture.</param>
internal sealed record PosterForm(string Ending, string MediaType, int? Width = null)
{
    public static PosterForm Svg { get; } = new("svg", "image/svg+xml");

    public static PosterForm Pdf { get; } = new("pdf", "application/pdf");

    public static PosterForm Png(int width) => new(string.Create(CultureInfo.InvariantCulture, $"{width}.png"), "image/png", width);
}

/// <summary>Answers with posters: by their tag without finding one, from the shelf without drawing one, else drawn and put there. Thread safe.</summary>
internal sealed class PosterServing(CampaignPosters posters, PosterShelf shelf, PictureTurns turns, SvgConverter converter, IOptions<GridMapOptions> options)
{
    /// <summary>Answers with a poster.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, Caller caller, long id, PosterQuestion question, PosterForm form, CancellationToken cancel)
    {
        var order = await posters.OrderAsync(id, question, caller.ReachOf(Permission.SeeMap), cancel);
        var tag = new EntityTagHeaderValue($"\"{order.Name}.{form.Ending}\"");
        context.Response.Headers.CacheControl = options.Value.PublicMap ? TileAnswer.Revalidate : TileAnswer.Private;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Compare(tag, useStrongComparison: false)))
        {
            context.Response.Headers.ETag = tag.ToString();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var bytes = await shelf.FindAsync($"{order.Name}.{form.Ending}", cancel) ?? await MakeAsync(order, form, cancel);
        return TypedResults.Bytes(bytes, form.MediaType, entityTag: tag);
    }

    private async Task<byte[]> MakeAsync(PosterOrder order, PosterForm form, CancellationToken cancel)
    {
        var svg = await shelf.GetAsync(
            $"{order.Name}.{PosterForm.Svg.Ending}", drawing => turns.WorkAsync(async () => Encoding.UTF8.GetBytes(await order.Draw(drawing)), drawing), cancel);
        return form == PosterForm.Svg ? svg : await shelf.GetAsync($"{order.Name}.{form.Ending}", making => ConvertAsync(Encoding.UTF8.GetString(svg), form, making), cancel);
    }

    private Task<byte[]> ConvertAsync(string svg, PosterForm form, CancellationToken cancel) =>
        form.Width is { } width ? converter.ToPngAsync(svg, width, cancel) : converter.ToPdfAsync(svg, cancel);
}
