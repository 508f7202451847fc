using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using GridMap.Core.Coverages;
using GridMap.Core.Posters;
using GridMap.Core.Posters.Battle;
using GridMap.Core.Progress;
using GridMap.Core.Tests.Tiles;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Posters;

/// <summary>What is on a poster, that all of it can be read, and that it adds up; over random territories.</summary>
public sealed class PosterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly ConcurrentDictionary<(int Seed, int Cells), Coverage> Territories = new();

    public static TheoryData<int, int, PosterPaper, PosterLayer> Cases => new()
    {
        { 1, 8, PosterPaper.A4, PosterLayer.Light },
        { 2, 60, PosterPaper.A4, PosterLayer.Percent },
        { 3, 60, PosterPaper.A0, PosterLayer.Light },
        { 4, 170, PosterPaper.A3, PosterLayer.Light },
        { 5, 170, PosterPaper.A0, PosterLayer.Percent },
        { 6, 170, PosterPaper.A1, PosterLayer.Light },
        { 7, 300, PosterPaper.A4, PosterLayer.Light },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_on_the_map_lies_over_anything_else_or_outside_it(int seed, int cells, PosterPaper paper, PosterLayer layer)
    {
        var content = Content(seed, cells, layer);
        foreach (var isLandscape in (bool[])[true, false])
        {
            var (poster, box) = (Draw(content, paper, isLandscape), new PosterLayout(paper, isLandscape).Map);
            var map = poster.Elements(Svg + "g").Single(group => group.Attribute("class")?.Value == "map");
            var marks = map.Elements(Svg + "circle").Where(circle => circle.Attribute("class")?.Value == "mark").Select(Circle).ToList();
            var boxes = map.Elements(Svg + "text").Where(text => text.Attribute("paint-order") is not null).Select(text => (Place: Box(text), Words: text.Value))
                .Concat(marks.Select(mark => (Place: mark, Words: "a number"))).ToList();
            Assert.NotEmpty(boxes);
            for (var i = 0; i < boxes.Count; i++)
            {
                Assert.True(
                    boxes[i].Place.MinX >= box.X && boxes[i].Place.MaxX <= box.Right && boxes[i].Place.MinY >= box.Y && boxes[i].Place.MaxY <= box.Bottom, $"{boxes[i].Words} leaves the map");
                for (var j = 0; j < i; j++)
                    Assert.False(boxes[i].Place.Intersects(boxes[j].Place), $"{boxes[i].Words} lies over {boxes[j].Words}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_row_is_named_on_the_map_or_has_a_number_that_the_panel_explains(int seed, int cells, PosterPaper paper, PosterLayer layer)
    {
        var content = Content(seed, cells, layer);
        var layout = new PosterLayout(paper, isLandscape: true);
        var writer = new SvgWriter();
        var (keys, unnamed) = new PosterMap(writer, layout, content, content.Rows, PosterWords.Of(content.Language)).Draw();
        var onMap = XDocument.Parse($"<svg xmlns=\"{Svg}\">{writer}</svg>").Root!.Descendants(Svg + "text").Select(text => text.Value).ToHashSet();
        Assert.Equal(0, unnamed);
        Assert.Equal(Enumerable.Range(1, keys.Count), keys.Select(key => key.Number));
        var numbered = keys.ToDictionary(key => key.Row, key => key.Number);
        var panel = Panel(Draw(content, paper, isLandscape: true), layout);
        var unexplained = 0;
        for (var i = 0; i < content.Rows.Count; i++)
        {
            if (!numbered.TryGetValue(i, out var number))
            {
                Assert.Contains(content.Rows[i].Name, onMap);
                continue;
            }

            // In one line of the table or of the list: the number to the left of the name.
            Assert.Contains(SvgWriter.Number(number), onMap);
            if (panel.SingleOrDefault(text => text.Value == content.Rows[i].Name) is not { } named)
            {
                unexplained++;
                continue;
            }

            Assert.Contains(panel, text => text.Value == SvgWriter.Number(number) && text.Attribute("font-weight") is not null
                && Math.Abs(Value(text, "y") - Value(named, "y")) < 0.02 && Value(text, "x") < Value(named, "x"));
        }

        // Hundreds on A4 are more than can be written there: then it says so, and how many.
        var note = panel.SingleOrDefault(text => text.Value.StartsWith("另有", StringComparison.Ordinal))?.Value;
        Assert.Equal(unexplained, note is null ? 0 : int.Parse(note.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.True(unexplained == 0 || (paper == PosterPaper.A4 && cells >= 300));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table_and_the_legend_add_up_and_nothing_is_left_out_in_silence(int seed, int cells, PosterPaper paper, PosterLayer layer)
    {
        var content = Content(seed, cells, layer);
        var (poster, layout) = (Draw(content, paper, isLandscape: true), new PosterLayout(paper, isLandscape: true));
        var texts = Panel(poster, layout).ToList();
        var heading = Value(texts.Single(text => text.Value == "排名"), "y");
        var listEnd = texts.SingleOrDefault(text => text.Value == "图上编号") is { } list ? Value(list, "y") - 0.01 : double.MaxValue;
        var table = texts.Where(text => Value(text, "y") > heading && Value(text, "y") < listEnd).Select(text => text.Value).ToList();
        var listed = content.Rows.Count(row => table.Contains(row.Name));
        var note = table.SingleOrDefault(text => text.StartsWith('…'));
        var leftOut = note is null ? 0 : int.Parse(new string([.. note[..note.IndexOf('，', StringComparison.Ordinal)].Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        Assert.Equal(content.Rows.Count, listed + leftOut);
        Assert.True(listed > 0 || leftOut == content.Rows.Count);
        var counts = texts.Where(text => Value(text, "y") < heading && text.Attribute("text-anchor")?.Value == "end" && Math.Abs(Value(text, "x") - layout.Panel.Right) < 0.02
            && int.TryParse(text.Value, CultureInfo.InvariantCulture, out _)).Sum(text => int.Parse(text.Value, CultureInfo.InvariantCulture));
        Assert.Equal(content.Rows.Count, counts);
    }

    [Fact]
    public void On_A0_and_A1_all_of_173_zones_are_in_the_table()
    {
        var content = Content(8, 173, PosterLayer.Light);
        Assert.InRange(content.Rows.Count, 170, 240);
        foreach (var paper in (PosterPaper[])[PosterPaper.A0, PosterPaper.A1])
        {
            var names = Panel(Draw(content, paper, isLandscape: true), new PosterLayout(paper, isLandscape: true)).Select(text => text.Value).ToHashSet();
            Assert.All(content.Rows, row => Assert.Contains(row.Name, names));
        }
    }

    [Fact]
    public void Equal_figures_share_a_rank_and_those_without_a_plan_come_last_without_one()
    {
        PosterRow Row(decimal? percent, decimal? spi) => new(0, "", percent, spi, Light.Green, null);
        var rows = new[] { Row(0.5m, 0.9m), Row(0.7m, 1m), Row(null, null), Row(0.7m, 1m), Row(0.8m, 1m), Row(0.4m, 0.9m) };
        Assert.Equal(
            [(4, 1), (1, 2), (3, 2), (0, 4), (5, 5), (2, null)], PosterRanking.Of(rows, PosterLayer.Light).Select(ranked => (ranked.Row, ranked.Rank)));
        Assert.Equal([4, 1, 3, 0, 5, 2], PosterRanking.Of(rows, PosterLayer.Percent).Select(ranked => ranked.Row));
    }

    [Fact]
    public void A_share_is_rounded_down()
    {
        Assert.Equal(("99%", "99.9%", "0.99", "–"), (PosterTexts.Whole(0.9999m), PosterTexts.Tenths(0.9999m), PosterTexts.Index(0.9999m), PosterTexts.Whole(null)));
        Assert.Equal(("100%", "100.0%", "1.00"), (PosterTexts.Whole(1), PosterTexts.Tenths(1), PosterTexts.Index(1)));
    }

    [Fact]
    public void Hatch_and_dots_stay_on_the_ground_that_they_mark()
    {
        var random = new Random(9);
        for (var round = 0; round < 40; round++)
        {
            var corners = Enumerable.Range(0, 9).Select(i => (Angle: i * Math.Tau / 9, Radius: 4 + 20 * random.NextDouble()))
                .Select(at => (X: 40 + at.Radius * Math.Cos(at.Angle), Y: 40 + at.Radius * Math.Sin(at.Angle))).ToList();
            var ground = new GeometryFactory().CreatePolygon([.. corners.Append(corners[0]).Select(at => new Coordinate(at.X, at.Y))]).Buffer(0.02);
            foreach (var light in (Light[])[Light.Red, Light.Yellow])
            {
                var writer = new SvgWriter();
                new PosterPattern(writer, 1).Fill([corners], light);
                var marks = Marks(XDocument.Parse($"<svg xmlns=\"{Svg}\">{writer}</svg>").Root!.Elements(Svg + "path").Last().Attribute("d")!.Value).ToList();
                Assert.NotEmpty(marks);
                Assert.All(marks, mark => Assert.True(ground.Covers(mark), $"{mark} leaves its ground"));
            }
        }
    }

    [Theory]
    [InlineData(PosterPaper.A0, 1189, 841)]
    [InlineData(PosterPaper.A4, 297, 210)]
    public void The_map_has_three_quarters_of_what_head_and_foot_leave_and_the_title_its_size(PosterPaper paper, double width, double height)
    {
        foreach (var isLandscape in (bool[])[true, false])
        {
            var layout = new PosterLayout(paper, isLandscape);
            Assert.Equal(isLandscape ? (width, height) : (height, width), (layout.Width, layout.Height));
            var body = (layout.Width - 2 * layout.Margin) * (layout.Foot.Y - layout.Head.Bottom - 1.6 * layout.Text);
            Assert.Equal(0.75, layout.Map.Width * layout.Map.Height / body, 3);
        }

        var poster = Draw(Content(1, 8, PosterLayer.Light), paper, isLandscape: true);
        Assert.Equal(120 * 25.4 / 72 * width / 1189, Value(poster.Elements(Svg + "text").First(), "font-size"), 1);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_and_any_signs_in_names_are_kept()
    {
        var content = Content(2, 20, PosterLayer.Light);
        content = content with { Title = "<禾> & \"城\"\u0001", Rows = [.. content.Rows.Select((row, i) => i == 0 ? row with { Name = "<&>\"" } : row)] };
        Assert.Equal(Poster.Draw(content, PosterPaper.A3), Poster.Draw(content, PosterPaper.A3));
        var texts = Draw(content, PosterPaper.A3, isLandscape: true).Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("<禾> & \"城\" ", texts);
        Assert.Contains("<&>\"", texts);
        foreach (var expected in (string[])["北", "排名", "按期", "稍慢", "滞后", "未排计划"])
            Assert.Contains(expected, texts);
        Assert.Contains(texts, text => text.Contains("审图号：粤S(2026)001号", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("编号：1-20261121-AB", StringComparison.Ordinal));
    }

    [Fact]
    public void English_headings_leave_no_Chinese_one()
    {
        foreach (var layer in (PosterLayer[])[PosterLayer.Light, PosterLayer.Percent])
        {
            var content = Content(4, 170, layer);
            content = content with
            {
                Language = SheetLanguage.English,
                Title = "T",
                Under = "U",
                Day = "D",
                State = "S",
                DrawnBy = "O",
                RowWord = "Zone",
                Approval = "A",
                Items = [new PosterItem("heaps", "n", 4, 3, 2)],
                Rows = [.. content.Rows.Select(row => row with { Behind = "heaps" })],
                Map = content.Map with { Focus = null, Names = [.. content.Map.Names.Select(_ => "x")] },
            };
            Assert.DoesNotContain(
                Draw(content, PosterPaper.A4, isLandscape: true).Descendants(Svg + "text").Select(text => text.Value), text => text.Any(sign => sign is >= '\u2E80' and <= '\u9FFF' or '：' or '，'));
        }
    }

    [Fact]
    public void One_grid_is_shown_where_it_lies_with_those_around_it()
    {
        var content = Content(5, 60, PosterLayer.Light);
        var coverage = content.Map.Coverage;
        var focus = coverage.Grids[content.Rows[0].Grid].ParentId!.Value;
        content = content with
        {
            Rows = [.. content.Rows.Where(row => coverage.Grids[row.Grid].ParentId == focus)],
            Map = content.Map with { Focus = coverage.IndexOf(focus) },
        };
        var texts = Draw(content, PosterPaper.A3, isLandscape: true).Descendants(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("位置", texts);
        Assert.Contains(texts, text => text.StartsWith('W') && content.Rows.All(row => row.Name != text));
    }

    private static XElement Draw(PosterContent content, PosterPaper paper, bool isLandscape) => XDocument.Parse(Poster.Draw(content, paper, isLandscape)).Root!;

    private static List<XElement> Panel(XElement poster, PosterLayout layout) =>
        [.. poster.Elements(Svg + "text").Where(text => Value(text, "x") >= layout.Panel.X - 0.01 && Value(text, "y") > layout.Panel.Y && Value(text, "y") < layout.Foot.Y)];

    private static IEnumerable<Geometry> Marks(string data) =>
        data.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var numbers = part.Replace("h0.01", "", StringComparison.Ordinal).Split('L', ' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
            return numbers.Count == 2
                ? (Geometry)new GeometryFactory().CreatePoint(new Coordinate(numbers[0], numbers[1]))
                : new GeometryFactory().CreateLineString([new Coordinate(numbers[0], numbers[1]), new Coordinate(numbers[2], numbers[3])]);
        });

    private static Envelope Circle(XElement circle)
    {
        var (x, y, radius) = (Value(circle, "cx"), Value(circle, "cy"), Value(circle, "r"));
        return new Envelope(x - radius, x + radius, y - radius, y + radius);
    }

    private static Envelope Box(XElement text)
    {
        var size = Value(text, "font-size");
        var width = TextMeasure.Width(text.Value) * size * (text.Attribute("font-weight") is null ? 0.99 : 1.05);
        return new Envelope(Value(text, "x") - width / 2, Value(text, "x") + width / 2, Value(text, "y") - 0.84 * size, Value(text, "y") + 0.12 * size);
    }

    private static double Value(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    // Figures are drawn by the seed too; a name is four signs, so that it is never broken.
    private static PosterContent Content(int seed, int cells, PosterLayer layer)
    {
        var coverage = Territories.GetOrAdd((seed, cells), one => VoronoiCoverages.Build(one.Seed, one.Cells, 113, 22.8, 0.1));
        var random = new Random(seed);
        string[] items = ["垃圾堆", "乱搭建"];
        var names = coverage.Grids.Select((grid, i) => grid.Level == 3 ? $"W{i:000}" : $"第{grid.Code}网格").ToList();
        var rows = Enumerable.Range(0, coverage.Grids.Count).Where(grid => coverage.Grids[grid].Level == 3 && coverage.FacesOf(grid).Length > 0).Select(grid =>
        {
            decimal? percent = random.Next(15) == 0 ? null : Math.Round((decimal)random.NextDouble(), 2);
            var spi = percent is null ? (decimal?)null : Math.Min(1, Math.Round(0.7m + (decimal)random.NextDouble() * 0.4m, 2));
            var light = LightLimits.Default.Of(spi);
            return new PosterRow(grid, names[grid], percent, spi, light, light == Light.Green ? null : items[random.Next(2)]);
        }).ToList();
        return new PosterContent(
            SheetLanguage.Chinese, layer, "百日攻坚作战图", "人居环境百日攻坚", "2026年11月21日 周六", "实时数据", "1-20261121-AB", "粤S(2026)001号", "指挥部办公室", "小网格", LightLimits.Default,
            [new PosterItem("垃圾堆", "处", 1200, 900, 800)], new PosterTotal(0.6m, 0.9m, Light.Yellow, 1204, 165, 173, 48, 9, 1154), rows,
            new PosterMapContent(coverage, names, 3, null, []));
    }
}
