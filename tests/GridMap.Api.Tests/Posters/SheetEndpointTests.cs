using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GridMap.Api.Tests.Imports;
using GridMap.Api.Tests.People;
using QRCoder;

namespace GridMap.Api.Tests.Posters;

/// <summary>The responsibility sheet and the four bounds, of the running service, with the real rsvg-convert.</summary>
public sealed partial class SheetEndpointTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task Bounds_say_who_lies_on_each_side_told_apart_by_its_parent()
    {
        // A: two communities, one above the other, of two villages side by side; B lies east of it.
        var answer = (await Client.GetAnswerAsync("/api/v1/grids/A12/bounds")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("东至B1·B11；南至辖区外；西至A11；北至A2·A22。", answer.Json.GetProperty("words").GetString());
        var east = Assert.Single(answer.Json.GetProperty("east").EnumerateArray());
        Assert.Equal(("B11", 1), (east.GetProperty("grid").GetProperty("code").GetString(), east.GetProperty("share").GetDouble()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Assert.Single(answer.Json.GetProperty("south").EnumerateArray()).GetProperty("grid").ValueKind);
        Assert.NotNull(answer.Header("GridMap-Generation"));
        var english = (await Client.GetAnswerAsync("/api/v1/grids/A/bounds?lang=en")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("east: B; south: outside the territory; west: outside the territory; north: outside the territory.", english.Json.GetProperty("words").GetString());
        (await Client.GetAnswerAsync("/api/v1/grids/A/bounds?lang=fr")).AssertProblem(HttpStatusCode.BadRequest, "bad_lang", "lang");
        (await Client.GetAnswerAsync("/api/v1/grids/nowhere/bounds")).AssertProblem(HttpStatusCode.NotFound, "unknown_grid");
    }

    [Fact]
    public async Task The_sheet_tells_what_the_public_may_know_and_no_more_even_to_the_administrator()
    {
        await People.MakeAsync("张小明", ("grid_leader", "A21"));
        await People.MakeAsync("李小红", ("grid_leader", "A2"));
        await People.MakeAsync("王小志", ("volunteer", "A21"));
        await Eventually.TrueAsync(() => Service.Snapshots.Current.ByCode("A21")!.Duties.Count == 2 && Service.Snapshots.Current.ByCode("A2")!.Duties.Count == 1, "the duties are served");
        var seen = await SheetAsync(Service.Admin, "A21");
        var texts = seen.Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("网格责任公示牌", texts);
        Assert.Contains("网格编码：A21", texts);
        Assert.Contains("网格长 李小红", texts);
        Assert.Contains("网格长 张小明；责任岗", texts);
        Assert.DoesNotContain(texts, text => text.Contains("王小志", StringComparison.Ordinal) || text.Contains("138", StringComparison.Ordinal));
        Assert.Contains("A22", texts);
        var without = await SheetAsync(Client, "A21");
        Assert.Equal(seen.ToString(), without.ToString());
    }

    [Fact]
    public async Task The_QR_code_leads_to_the_residents_page_of_the_grid()
    {
        var sheet = await SheetAsync(Client, "A11");
        var modules = sheet.Descendants(Svg + "path").Single(path => path.Attribute("shape-rendering") is not null).Attribute("d")!.Value;
        using var data = QRCodeGenerator.GenerateQrCode($"{Service.Address.GetLeftPart(UriPartial.Authority)}/r/A11", QRCodeGenerator.ECCLevel.M);
        var expected = new StringBuilder();
        for (var row = 4; row < data.ModuleMatrix.Count - 4; row++)
        {
            for (var column = 4; column < data.ModuleMatrix.Count - 4; column++)
            {
                if (data.ModuleMatrix[row][column])
                    expected.Append(CultureInfo.InvariantCulture, $"M{column - 4} {row - 4}h1v1h-1z");
            }
        }

        Assert.Equal(expected.ToString(), modules);
        (await Client.GetAnswerAsync("/r/A11")).AssertStatus(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", 841.89, 595.28)]
    [InlineData("?size=a4&lang=en", 841.89, 595.28)]
    [InlineData("?size=A3", 1190.55, 841.8)]
    public async Task The_PDF_has_the_paper_that_was_asked_for_and_its_fonts_with_it(string query, double width, double height)
    {
        using var answer = await Client.GetAsync(new Uri($"/api/v1/grids/A11/sheet.pdf{query}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var pdf = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
        var box = MediaBox().Match(pdf);
        Assert.Equal(width, double.Parse(box.Groups["width"].Value, CultureInfo.InvariantCulture), 0);
        Assert.Equal(height, double.Parse(box.Groups["height"].Value, CultureInfo.InvariantCulture), 0);
        Assert.Equal(1, Page().Count(pdf));
        Assert.Contains("/FontFile", pdf, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sheet.svg?size=a5", "bad_size", "size")]
    [InlineData("sheet.pdf?size=letter", "bad_size", "size")]
    [InlineData("sheet.svg?lang=de", "bad_lang", "lang")]
    public async Task What_has_no_meaning_is_refused(string address, string code, string field)
    {
        (await Client.GetAnswerAsync($"/api/v1/grids/A11/{address}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
        (await Client.GetAnswerAsync($"/api/v1/grids/nowhere/{address.Split('?')[0]}")).AssertProblem(HttpStatusCode.NotFound, "unknown_grid");
    }

    [Fact]
    public async Task Many_at_once_are_all_served()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Client.GetAsync(new Uri("/api/v1/grids/A11/sheet.pdf", UriKind.Relative))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Rsvg_draws_it_with_ink_where_the_map_is()
    {
        using var files = new SourceFiles();
        var path = files.Text("sheet.svg", (await Client.GetAnswerAsync("/api/v1/grids/A11/sheet.svg")).Text);
        SourceFiles.Output("rsvg-convert", "--width=594", "--output", files.PathOf("sheet.png"), path);

        // GDAL tells the least and the largest red, green and blue: white paper, black ink, the red of the border.
        var bands = SourceFiles.Output("gdalinfo", "-mm", files.PathOf("sheet.png"));
        Assert.Contains("Size is 594, 420", bands, StringComparison.Ordinal);
        Assert.Equal(3, MinMax().Matches(bands).Count(match => double.Parse(match.Groups["min"].Value, CultureInfo.InvariantCulture) < 40));
    }

    private static async Task<XElement> SheetAsync(HttpClient client, string code)
    {
        var answer = (await client.GetAnswerAsync($"/api/v1/grids/{code}/sheet.svg")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("image/svg+xml", answer.Message.Content.Headers.ContentType?.MediaType);
        return XDocument.Parse(answer.Text).Root!;
    }

    [GeneratedRegex(@"/MediaBox \[ 0 0 (?<width>[0-9.]+) (?<height>[0-9.]+)")]
    private static partial Regex MediaBox();

    [GeneratedRegex(@"/Type /Page\b[^s]")]
    private static partial Regex Page();

    [GeneratedRegex(@"Computed Min/Max=(?<min>[0-9.]+),")]
    private static partial Regex MinMax();
}
