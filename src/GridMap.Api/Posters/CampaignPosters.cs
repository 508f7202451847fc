using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using GridMap.Api.Callers;
using GridMap.Api.Campaigns;
using GridMap.Api.Context;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Snapshots;
using GridMap.Core.Posters;
using GridMap.Core.Posters.Battle;
using GridMap.Core.Progress;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Posters;

/// <summary>A poster that may be drawn: what it is named by, and how.</summary>
/// <param name="Name">Of its content: the same for the same figures and question, another for any other.</param>
/// <param name="Draw">Draws it.</param>
internal sealed record PosterOrder(string Name, Func<CancellationToken, Task<string>> Draw);

/// <summary>Gathers what stands on a poster: the figures are those of the progress that the asker may see. Thread safe.</summary>
internal sealed class CampaignPosters(
    CampaignStore campaigns, ProgressTables tables, SnapshotProvider snapshots, ContextLayers layers, ContextShapes ground, IOptions<GridMapOptions> options)
{
    private const int NumberDigits = 8;

    // Another program may draw the same otherwise.
    private static readonly string Program = $"{typeof(Poster).Module.ModuleVersionId:N}{typeof(CampaignPosters).Module.ModuleVersionId:N}";

    /// <summary>Finds the figures, and names the poster by them; nothing is drawn yet.</summary>
    /// <exception cref="ProblemException">As progress; 404: there is nothing in it that the asker may see.</exception>
    public async Task<PosterOrder> OrderAsync(long id, PosterQuestion question, Reach reach, CancellationToken cancel)
    {
        var (campaign, _) = await campaigns.FindAsync(id, cancel);
        var figures = question.Grid is { } code
            ? await tables.InsideAsync(id, code, question.Level, question.On, reach, cancel)
            : await tables.OnAsync(id, question.Level, question.On, asKnownNow: false, reach, cancel);
        if (figures.Rows.Count == 0)
            throw new ProblemException(Problem.NotFound("nothing_to_show", "No grid of this campaign is there for a poster of yours."));
        var number = Number(id, figures);
        return new PosterOrder(Name(question, campaign, figures), async drawing =>
        {
            // A campaign's grids are those of its own generation, whatever was published since.
            var snapshot = await snapshots.OfAsync(campaign.Generation, drawing);
            return Poster.Draw(Content(question, campaign, figures, snapshot, number), question.Paper, question.IsLandscape);
        });
    }

    private string Name(PosterQuestion question, CampaignAnswer campaign, ProgressAnswer figures)
    {
        var (settings, file) = (options.Value, new FileInfo(layers.File));
        var all = new
        {
            Program,
            question,
            campaign = new { campaign.Id, campaign.Name, campaign.NameEn, campaign.From, campaign.To, campaign.Generation, campaign.Items, campaign.Limits },
            figures,
            settings = new { settings.Title, settings.TitleEn, settings.Office, settings.MapApproval, settings.Levels, settings.TimeZone },
            ground = file.Exists ? file.LastWriteTimeUtc.Ticks : 0,
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all)))[..32];
    }

    // Of the figures alone: a large and a small poster of the same state bear the same.
    private static string Number(long id, ProgressAnswer figures)
    {
        var hash = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(figures)))[..NumberDigits];
        return string.Create(CultureInfo.InvariantCulture, $"{id}-{figures.On:yyyyMMdd}-{hash}");
    }

    private PosterContent Content(PosterQuestion question, CampaignAnswer campaign, ProgressAnswer figures, Snapshot snapshot, string number)
    {
        var (settings, words) = (options.Value, new PosterHeadings(options.Value, question.IsChinese));
        var items = campaign.Items.ToDictionary(item => item.Code);
        var rows = figures.Rows.Select(row => new PosterRow(
            snapshot.Coverage.IndexOf(row.GridId!.Value), row.Name!, row.Percent, row.Spi, row.Light, row.Behind is { } behind ? words.Of(items[behind]) : null)).ToList();
        var total = figures.Total;
        var focus = question.Grid is { } code ? snapshot.ByCode(code) : null;
        var place = focus ?? (snapshot.Grids.Where(grid => grid.Level == 1).ToList() is [var only] ? only : null);
        var around = focus is null ? [] : snapshot.Chain(focus).SkipLast(1).Select(grid => grid.Name);
        return new PosterContent(
            question.IsChinese ? SheetLanguage.Chinese : SheetLanguage.English, question.Layer, words.Title(campaign, place?.Name, question.Layer), words.Under(campaign, around, figures.Level, rows.Count),
            words.Day(figures.On), words.State(figures.FrozenAt), number, settings.MapApproval, settings.Office.Length > 0 ? settings.Office : words.Installation,
            words.Level(figures.Level), new LightLimits(campaign.Limits.Green, campaign.Limits.Yellow),
            [.. total.Quantities.Select(one => new PosterItem(words.Of(items[one.Item]), items[one.Item].Unit, one.Planned, one.PlannedBy, one.Done))],
            new PosterTotal(
                total.Percent, total.Spi, total.Light, total.HeadCount, total.LoggedZones, total.Zones, total.IssuesOpen, total.IssuesOverdue, total.IssuesWrittenOff),
            rows,
            new PosterMapContent(
                snapshot.Coverage, [.. snapshot.Coverage.Grids.Select(grid => snapshot.ById(grid.Id)!.Name)], figures.Level,
                focus is null ? null : snapshot.Coverage.IndexOf(focus.Id), ground.All()));
    }
}
