using System.Globalization;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Grids;
using GridMap.Api.Hosting;
using GridMap.Api.Issues;
using GridMap.Api.Posters;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Posters;

namespace GridMap.Api.Surveys;

/// <summary>Links to print; their words are in the body, so that no log keeps them.</summary>
/// <param name="Words">As they were told when the links were made, 1 to 1000.</param>
public sealed record SurveyStickersBody(string?[]? Words);

/// <summary>Stickers and letters with a survey's QR codes, twelve to an A4 sheet. Thread safe.</summary>
internal sealed class SurveyStickers(Database database, SnapshotProvider snapshots)
{
    private const int MostWords = 1000;

    /// <summary>A sheet for the walls of a grid and of all in it that are divided no further: each code tells its grid.</summary>
    /// <exception cref="ProblemException">400, 404; 409 for a survey that needs links.</exception>
    public async Task<string> WallsAsync(HttpContext context, long id, string? code, int? page, string? lang, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var survey = await SurveyRow.FindAsync(connection, null, id);
        if (survey.Mode == SurveyForm.Household)
            throw new ProblemException(Problem.Conflict("links_needed", "Each household answers by its own link: POST /links makes them, POST /stickers.pdf prints them."));
        var snapshot = snapshots.Current;
        var top = code is not null ? GridEndpoints.Find(snapshot, code) : survey.GridId is { } asked ? snapshot.Home(asked) : null;
        var walls = (top is null ? snapshot.Grids : [.. snapshot.Within(top).Select(snapshot.ById).OfType<GridFacts>()])
            .Where(grid => !snapshot.Children(grid).Any()).OrderBy(grid => grid.Code, StringComparer.Ordinal);
        return Draw(context, survey, [.. walls.Select(grid => (grid, "", $"?g={Uri.EscapeDataString(grid.Code)}"))], page, lang);
    }

    /// <summary>A sheet for households, each with a code of its own.</summary>
    /// <exception cref="ProblemException">400, 403, 404.</exception>
    public async Task<string> HouseholdsAsync(HttpContext context, Caller caller, long id, SurveyStickersBody body, int? page, string? lang, CancellationToken cancel)
    {
        if (body.Words is not { Length: > 0 and <= MostWords } words)
            throw new ProblemException(Problem.Bad("words", "bad_words", $"Send 1 to {MostWords} words of links."));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var survey = await SurveyStore.HoldAsync(transaction, caller, id);
        var known = (await connection.QueryAsync<(byte[] Hash, long Grid, string Label)>(
            "select word_hash, grid_id, label from survey_link where survey_id = @id and word_hash = any(@hashes) and revoked_at is null",
            new { id, hashes = words.Select(word => TrackLink.Hash(word ?? "") ?? []).ToArray() }, transaction)).ToDictionary(link => Convert.ToHexString(link.Hash));
        var snapshot = snapshots.Current;
        var links = words.Select((word, i) => known.TryGetValue(Convert.ToHexString(TrackLink.Hash(word ?? "") ?? []), out var link)
            ? (snapshot.Home(link.Grid), link.Label, $"?k={word}")
            : throw new ProblemException(Problem.Bad($"words[{i}]", "unknown_link", "This is the word of no link of the survey."))).ToList();
        return Draw(context, survey, links, page, lang);
    }

    private string Draw(HttpContext context, SurveyRow survey, IReadOnlyList<(GridFacts? Grid, string Label, string Query)> codes, int? page, string? lang)
    {
        var pages = (codes.Count + Stickers.PerPage - 1) / Stickers.PerPage;
        if (page is < 1 || page > pages)
            throw new ProblemException(Problem.Bad("page", "bad_page", $"page is 1 to {pages}."));
        var isChinese = SheetLanguages.IsChinese(lang);
        context.Response.Headers["GridMap-Pages"] = pages.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        var address = SurveyAddress.Of(context.Request, SurveyAddress.PathOf(survey.Code));
        var snapshot = snapshots.Current;
        return Stickers.Draw(
            [.. codes.Skip(((page ?? 1) - 1) * Stickers.PerPage).Take(Stickers.PerPage).Select(code => new Sticker(
                code.Label.Length > 0 ? code.Label : code.Grid?.Name ?? "", code.Grid is null ? "" : string.Join(" · ", snapshot.Chain(code.Grid).SkipLast(code.Label.Length > 0 ? 0 : 1).Select(one => one.Name)),
                Once(code.Query, isChinese), null, GridSheets.Qr(address + code.Query)))],
            isChinese, isChinese ? survey.Title : survey.TitleEn.Length > 0 ? survey.TitleEn : survey.Title);
    }

    private static string Once(string query, bool isChinese) => query.StartsWith("?k=", StringComparison.Ordinal)
        ? isChinese ? "扫码打分，每户一次" : "Scan to answer, once for each household"
        : isChinese ? "扫码打分" : "Scan to answer";
}
