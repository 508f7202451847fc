using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using GridMap.Api.Campaigns;
using GridMap.Api.Posters;
using GridMap.Api.Tests.Campaigns;
using GridMap.Core.Posters.Battle;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.Posters;

/// <summary>The battle map as a poster, of the running service, with the real rsvg-convert.</summary>
public sealed class PosterEndpointTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly DateOnly Monday = new(2026, 9, 7);

    private CampaignService Campaigns => (CampaignService)Service;

    [Fact]
    public async Task Its_figures_are_those_of_progress_for_every_row_and_the_total()
    {
        var campaign = await StartedAsync();
        foreach (var level in (int[])[1, 2, 3])
        {
            var progress = await Campaigns.ProgressAsync(campaign, $"level={level}&on=2026-09-11");
            var texts = Texts(await SvgAsync($"{Address(campaign)}.svg?paper=a1&level={level}&on=2026-09-11"));
            var table = texts[texts.IndexOf("排名")..];

            // A row's percent follows its name.
            Assert.All(progress.Rows, row => Assert.Equal(PosterTexts.Tenths(row.Percent), table[table.IndexOf(row.Name!) + 1]));
            Assert.Contains(PosterTexts.Tenths(progress.Total.Percent), texts[..texts.IndexOf("排名")]);
            Assert.Contains(PosterTexts.Index(progress.Total.Spi), texts[..texts.IndexOf("排名")]);
            foreach (var quantity in progress.Total.Quantities.SelectMany(one => (decimal[])[one.Planned, one.PlannedBy, one.Done]))
                Assert.Contains(PosterTexts.Quantity(quantity), texts);
        }
    }

    [Fact]
    public async Task One_grid_has_its_own_rows_and_its_own_total()
    {
        var campaign = await StartedAsync();
        var own = (await Campaigns.ProgressAsync(campaign, "level=2&on=2026-09-11")).Rows.Single(row => row.Code == "A1");
        var poster = await SvgAsync($"{Address(campaign)}.svg?paper=a3&grid=A1&on=2026-09-11");
        var texts = Texts(poster);
        Assert.Contains(PosterTexts.Tenths(own.Percent), texts);
        Assert.Contains(PosterTexts.Index(own.Spi), texts);
        Assert.Contains("位置", texts);
        Assert.Contains(texts, text => text.StartsWith("A1 人居环境百日攻坚作战图", StringComparison.Ordinal));
        var ranked = Ranking(poster);
        Assert.Equal(["A11", "A12", "A13", "A14"], ranked.Order(StringComparer.Ordinal));
        Assert.Equal(["A12"], Ranking(await SvgAsync($"{Address(campaign)}.svg?paper=a4&grid=A12&on=2026-09-11")));
    }

    [Fact]
    public async Task The_same_figures_are_drawn_once_and_others_are_another_poster()
    {
        var campaign = await StartedAsync();
        var address = $"{Address(campaign)}.svg?on=2026-09-11&paper=a4";
        var first = (await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK);
        var tag = first.Header("ETag")!;
        var kept = Kept();
        var again = (await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK);
        Assert.Equal((first.Text, tag), (again.Text, again.Header("ETag")));
        Assert.Equal(kept, Kept());
        var held = await Client.GetAnswerAsync(address, ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, tag), (held.Status, held.Header("ETag")));
        Assert.NotEqual(tag, (await Client.GetAnswerAsync($"{address}&layer=percent")).Header("ETag"));
        Assert.NotEqual(tag, (await Client.GetAnswerAsync($"{Address(campaign)}.svg?on=2026-09-11&paper=a3")).Header("ETag"));

        await Campaigns.LogAsync(campaign, "A13", Monday, "heaps", 3);
        var moved = (await Client.GetAnswerAsync(address, ("If-None-Match", tag))).AssertStatus(HttpStatusCode.OK);
        Assert.NotEqual(first.Text, moved.Text);
        Assert.NotEqual(Number(first.Text), Number(moved.Text));
        Assert.Equal(Number(moved.Text), Number((await Client.GetAnswerAsync($"{Address(campaign)}.svg?on=2026-09-11&paper=a0")).Text));
    }

    [Fact]
    public async Task A_frozen_day_stays_as_it_was_printed()
    {
        var campaign = await StartedAsync();
        await Campaigns.FreezeAsync(campaign, Monday);
        var before = (await Client.GetAnswerAsync($"{Address(campaign)}.svg?on=2026-09-07")).AssertStatus(HttpStatusCode.OK);
        Assert.Contains("定格", before.Text, StringComparison.Ordinal);
        await Campaigns.LogAsync(campaign, "A12", Monday, "heaps", 2);
        Assert.Equal(before.Text, (await Client.GetAnswerAsync($"{Address(campaign)}.svg?on=2026-09-07")).Text);
    }

    [Fact]
    public async Task A_poster_that_is_gone_from_the_shelf_is_made_again_byte_for_byte()
    {
        var campaign = await StartedAsync();
        var first = await Client.GetByteArrayAsync(new Uri($"{Address(campaign)}.png?width=400", UriKind.Relative));
        foreach (var file in Directory.EnumerateFiles(Shelf))
            File.Delete(file);
        Assert.Equal(first, await Client.GetByteArrayAsync(new Uri($"{Address(campaign)}.png?width=400", UriKind.Relative)));
    }

    [Fact]
    public async Task What_nobody_asks_for_leaves_the_shelf_and_what_is_asked_for_stays()
    {
        var campaign = await StartedAsync();
        await Client.GetAnswerAsync($"{Address(campaign)}.svg?paper=a4&lang=en");
        var shelf = Service.Services.GetRequiredService<PosterShelf>();
        shelf.Sweep(Campaigns.Clock.Now.AddDays(13));
        Assert.NotEmpty(Directory.EnumerateFiles(Shelf));
        shelf.Sweep(Campaigns.Clock.Now.AddDays(15));
        Assert.Empty(Directory.EnumerateFiles(Shelf));
    }

    [Theory]
    [InlineData("paper=a0&orientation=landscape", 3370.39, 2383.94)]
    [InlineData("paper=A4&orientation=portrait&layer=percent&lang=en", 595.28, 841.89)]
    public async Task The_PDF_has_the_paper_that_was_asked_for_its_fonts_with_it_and_no_pixels(string query, double width, double height)
    {
        var campaign = await StartedAsync();
        using var answer = await Client.GetAsync(new Uri($"{Address(campaign)}.pdf?{query}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var pdf = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
        var box = pdf[pdf.IndexOf("/MediaBox", StringComparison.Ordinal)..].Split('[', ']')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((width, height), (double.Parse(box[2], CultureInfo.InvariantCulture), double.Parse(box[3], CultureInfo.InvariantCulture)), new Nearly());
        Assert.Contains("/FontFile", pdf, StringComparison.Ordinal);
        Assert.DoesNotContain("/Subtype /Image", pdf, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1600)]
    [InlineData("?width=120", 120)]
    [InlineData("?width=2400&paper=a2", 2400)]
    public async Task The_picture_is_as_wide_as_was_asked_for(string query, int width)
    {
        var campaign = await StartedAsync();
        using var answer = await Client.GetAsync(new Uri($"{Address(campaign)}.png{query}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var png = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
    }

    [Theory]
    [InlineData("svg?paper=a5", HttpStatusCode.BadRequest, "bad_paper", "paper")]
    [InlineData("pdf?orientation=round", HttpStatusCode.BadRequest, "bad_orientation", "orientation")]
    [InlineData("svg?layer=issues", HttpStatusCode.BadRequest, "bad_layer", "layer")]
    [InlineData("svg?lang=de", HttpStatusCode.BadRequest, "bad_lang", "lang")]
    [InlineData("png?width=119", HttpStatusCode.BadRequest, "bad_width", "width")]
    [InlineData("png?width=8001", HttpStatusCode.BadRequest, "bad_width", "width")]
    [InlineData("svg?level=4", HttpStatusCode.BadRequest, "level_too_fine", "level")]
    [InlineData("svg?grid=A11&level=2", HttpStatusCode.BadRequest, "level_too_coarse", "level")]
    [InlineData("svg?on=1999-01-01", HttpStatusCode.BadRequest, "bad_on", "on")]
    [InlineData("svg?grid=A11a", HttpStatusCode.NotFound, "unknown_zone", null)]
    public async Task What_has_no_meaning_is_refused(string query, HttpStatusCode status, string code, string? field)
    {
        var campaign = await StartedAsync();
        (await Client.GetAnswerAsync($"{Address(campaign)}.{query}")).AssertProblem(status, code, field);
        (await Client.GetAnswerAsync("/api/v1/campaigns/999/poster.svg")).AssertProblem(HttpStatusCode.NotFound, "unknown_campaign");
    }

    [Fact]
    public async Task Who_asks_for_the_same_at_the_same_time_gets_the_one_that_is_made()
    {
        var campaign = await StartedAsync();
        var before = Kept();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Client.GetByteArrayAsync(new Uri($"{Address(campaign)}.png?width=300&paper=a3", UriKind.Relative))));
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(2, Kept().Except(before).Count());
    }

    private string Shelf => Path.Combine(Service.DataFolder, "posters");

    private HashSet<string> Kept() => Directory.Exists(Shelf) ? [.. Directory.EnumerateFiles(Shelf)] : [];

    private static string Address(long campaign) => $"/api/v1/campaigns/{campaign}/poster";

    private async Task<XElement> SvgAsync(string address)
    {
        var answer = (await Client.GetAnswerAsync(address)).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("image/svg+xml", answer.Message.Content.Headers.ContentType?.MediaType);
        return XDocument.Parse(answer.Text).Root!;
    }

    private static List<string> Texts(XElement poster) => [.. poster.Descendants(Svg + "text").Select(text => text.Value)];

    // The names in the table, which are zones' codes here.
    private static List<string> Ranking(XElement poster)
    {
        var texts = poster.Elements(Svg + "text").Select(text => text.Value).ToList();
        return [.. texts.Skip(texts.IndexOf("排名")).Where(text => text.Length == 3 && text[0] is 'A' or 'B')];
    }

    private static string Number(string svg) => svg[svg.IndexOf("编号：", StringComparison.Ordinal)..].Split('<')[0];

    // Two zones with a plan, one of them half done; the others have none.
    private async Task<long> StartedAsync()
    {
        var campaign = (await Campaigns.CreateAsync()).Id;
        await Campaigns.PlanAsync(
            campaign, new ScheduleEntry("A11", "heaps", Monday, 10, null, 0), new ScheduleEntry("A12", "heaps", Monday, 8, null, 0), new ScheduleEntry("B31", "sheds", Monday, 12.5m, null, 0));
        await Campaigns.LogAsync(campaign, "A11", Monday, "heaps", 5, headCount: 7);
        await Campaigns.LogAsync(campaign, "A12", Monday, "heaps", 8);
        return campaign;
    }

    /// <summary>To a tenth of a point.</summary>
    private sealed class Nearly : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) < 0.1 && Math.Abs(a.Item2 - b.Item2) < 0.1;

        public int GetHashCode((double, double) one) => 0;
    }
}
