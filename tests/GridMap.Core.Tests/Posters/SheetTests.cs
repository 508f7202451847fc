using System.Globalization;
using System.Xml.Linq;
using GridMap.Core.Coordinates;
using GridMap.Core.Posters;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Posters;

/// <summary>What is on a sheet, and that nothing of it lies over anything else or outside the paper.</summary>
public sealed class SheetTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_sheet_is_XML_with_every_text_whatever_signs_are_in_the_names()
    {
        var sheet = Draw(Content(Fan(6)) with { Name = "<禾> & \"城\"\u0001社区", Telephone = "0757-12345678" });
        var texts = sheet.Descendants(Svg + "text").Select(text => text.Value).ToList();
        foreach (var expected in (string[])["网格责任公示牌", "<禾> & \"城\" 社区", "网格编码：440605001002", "0757-12345678", "东至", "南至", "西至", "北至", "四至", "本网格", "北"])
            Assert.Contains(expected, texts);
        Assert.Contains(texts, text => text.Contains("审图号：粤S(2026)001号", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("第 3 版次", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.EndsWith(" m", StringComparison.Ordinal) || text.EndsWith(" km", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(297, "297mm", "210mm")]
    [InlineData(420, "420mm", "296.97mm")]
    public void The_paper_is_landscape_and_the_picture_grows_with_it(double width, string wide, string high)
    {
        var sheet = XDocument.Parse(Sheet.Draw(Content(Fan(6)), width)).Root!;
        Assert.Equal((wide, high, "0 0 297 210"), (sheet.Attribute("width")!.Value, sheet.Attribute("height")!.Value, sheet.Attribute("viewBox")!.Value));
    }

    [Fact]
    public void English_headings_leave_no_Chinese_one()
    {
        var sheet = Draw(Content(Fan(6)) with
        {
            Language = SheetLanguage.English,
            Level = "Zone",
            Kind = "village",
            Area = "1 km²",
            Chain = [new SheetChainRow("Zone", "West", "1", "")],
            Bounds = new SheetBounds("a", "b", "c", "d"),
        });
        Assert.DoesNotContain(sheet.Descendants(Svg + "text"), text => "网责至码级类面缺值班扫本相图制北".Any(sign => text.Value.Contains(sign, StringComparison.Ordinal) && text.Value != "第一网格"));
    }

    [Theory]
    [InlineData(5, "")]
    [InlineData(12, "江北工业区")]
    [InlineData(40, "")]
    [InlineData(40, "江北社区江北工业区")]
    public void Every_neighbour_is_named_on_the_map_or_has_a_number_that_is_explained_and_no_names_overlap(int count, string prefix)
    {
        var sheet = Draw(Content(Fan(count, prefix)));
        var all = sheet.Descendants(Svg + "text").ToList();
        var onMap = all.Where(text => text.Parent!.Name == Svg + "g" && text.Attribute("text-anchor")?.Value == "middle").ToList();
        var whole = string.Concat(onMap.OrderBy(text => Value(text, "x")).ThenBy(text => Value(text, "y")).Select(text => text.Value));
        for (var i = 1; i <= count; i++)
        {
            var name = $"{prefix}邻{i:000}";
            var number = all.FirstOrDefault(text => text.Value.EndsWith($"  {name}", StringComparison.Ordinal))?.Value.Split(' ')[0];
            Assert.True(
                whole.Contains(name, StringComparison.Ordinal) || (number is not null && onMap.Any(text => text.Value == number)), $"{name} is nowhere");
        }

        var boxes = onMap.Select(Box).ToList();
        for (var i = 0; i < boxes.Count; i++)
        {
            Assert.InRange(boxes[i].MinX, 10 - 0.01, 195.01);
            Assert.InRange(boxes[i].MaxX, 10 - 0.01, 195.01);
            for (var j = 0; j < i; j++)
                Assert.False(boxes[i].Intersects(boxes[j]), $"{onMap[i].Value} lies over {onMap[j].Value}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void However_much_there_is_to_say_nothing_runs_out_of_its_column_or_over_the_QR_code(int levels)
    {
        var many = string.Join('、', Enumerable.Range(1, 40).Select(i => $"江北社区江北第{i}网格"));
        var content = Content(Fan(40, "江北社区江北工业区")) with
        {
            Name = "禾澜镇江北社区居民委员会第十二网格（江北工业区及周边）",
            Chain = [.. Enumerable.Range(1, levels).Select(level => new SheetChainRow("十分长的层级名称", many, "1", many))],
            Telephone = "0757-12345678 转 8001",
            TelephoneOf = many,
            Bounds = new SheetBounds(many, many, many, many),
        };
        foreach (var text in Draw(content).Descendants(Svg + "text").Where(text => Value(text, "x") > 200))
        {
            var (x, y, width) = (Value(text, "x"), Value(text, "y"), TextMeasure.Width(text.Value) * Value(text, "font-size"));
            Assert.InRange(text.Attribute("text-anchor")?.Value == "end" ? x : x + width, 200, 287.5);
            Assert.True(y < 159 || y > 193 || x > 230, $"{text.Value} lies over the QR code");
        }
    }

    [Fact]
    public void The_scale_bar_is_as_long_as_it_says()
    {
        // A grid of 1000 m a side: the bar's pieces are measured in the picture and on the ground.
        var plane = LocalPlane.At(new LonLat(113, 23));
        var corners = new[] { (0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0) }.Select(at => plane.FromMetres(at.Item1, at.Item2)).Select(at => new Coordinate(at.Lon, at.Lat));
        var square = Lattice.Factory.CreateMultiPolygon([Lattice.Factory.CreatePolygon([.. corners])]);
        var sheet = Draw(Content(new SheetMapContent(square, "方", null, [], [], [])));
        var border = sheet.Descendants(Svg + "path").Last(path => path.Attribute("stroke-width")?.Value == "1.15" && path.Attribute("d")!.Value.EndsWith('Z'));
        var xs = border.Attribute("d")!.Value.Split('M', 'L', 'Z').Where(point => point.Length > 0).Select(point => double.Parse(point.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        var millimetresPerMetre = (xs.Max() - xs.Min()) / 1000;
        var pieces = sheet.Descendants(Svg + "rect").Where(rect => rect.Attribute("height")?.Value == "1.5").Sum(rect => Value(rect, "width"));
        var label = sheet.Descendants(Svg + "text").Single(text => text.Value.EndsWith(" m", StringComparison.Ordinal)).Value.Split(' ')[0];
        Assert.Equal(double.Parse(label, CultureInfo.InvariantCulture), pieces / millimetresPerMetre, 0);
    }

    private static XElement Draw(SheetContent content) => XDocument.Parse(Sheet.Draw(content, 297)).Root!;

    private static Envelope Box(XElement text)
    {
        var size = Value(text, "font-size");
        var width = TextMeasure.Width(text.Value) * size * 0.98;
        return new Envelope(Value(text, "x") - width / 2, Value(text, "x") + width / 2, Value(text, "y") - 0.8 * size, Value(text, "y") + 0.08 * size);
    }

    private static double Value(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    // A round grid in the middle, and neighbours all around it like slices of a cake.
    private static SheetMapContent Fan(int count, string prefix = "")
    {
        Coordinate At(double slice, double radius)
        {
            var angle = 2 * Math.PI * slice / count;
            return new Coordinate(113 + radius * Math.Cos(angle), 23 + radius * Math.Sin(angle));
        }

        Polygon Ring(IEnumerable<Coordinate> points)
        {
            var list = points.ToList();
            return Lattice.Factory.CreatePolygon([.. list, list[0].Copy()]);
        }

        var middle = Ring(Enumerable.Range(0, count).Select(i => At(i, 0.002)));
        var slices = Enumerable.Range(0, count)
            .Select(i => new SheetGrid($"{prefix}邻{i + 1:000}", Ring([At(i, 0.002), At(i, 0.006), At(i + 1, 0.006), At(i + 1, 0.002)]), IsNeighbour: true, IsSibling: i % 2 == 0)).ToList();
        return new SheetMapContent(middle, "中", null, [], slices, []);
    }

    private static SheetContent Content(SheetMapContent map) => new(
        SheetLanguage.Chinese, "禾澜镇", "第一网格", "440605001002", "小网格", "社区", "1.00 平方千米（1500.0 亩）",
        [new SheetChainRow("大网格", "禾澜镇", "440605001", "网格长 张三"), new SheetChainRow("小网格", "第一网格", "440605001002", "")], null, null,
        new SheetBounds("甲", "乙、丙", "丁", "辖区外"), "第 3 版次，2026-11-26 起", "2026-11-26", "粤S(2026)001号",
        [[true, false], [false, true]], map);
}
