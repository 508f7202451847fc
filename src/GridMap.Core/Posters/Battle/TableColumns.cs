namespace GridMap.Core.Posters.Battle;

/// <summary>The columns of a ranking and how wide they are, in letters. Immutable.</summary>
internal sealed class TableColumns
{
    private const double Rank = 2.3;
    private const double Key = 2.1;
    private const double Mark = 1.7;
    private const double Percent = 3.5;
    private const double Spi = 2.5;
    private const double LongestName = 9.5;
    private const double LongestItem = 5.5;
    private const double NameHasOfSpare = 0.55;

    private readonly PosterLayer layer;
    private readonly double key;
    private readonly double name;
    private readonly double spi;
    private readonly double behind;

    private TableColumns(PosterLayer layer, double key, double name, double spi, double behind) =>
        (this.layer, this.key, this.name, this.spi, this.behind) = (layer, key, name, spi, behind);

    /// <summary>How wide all together are.</summary>
    public double Ems => Rank + key + Mark + name + Percent + spi + behind;

    /// <summary>What a ranking may be made of, the fullest first; what it is ranked by is always there.</summary>
    public static IReadOnlyList<TableColumns> All(IReadOnlyList<PosterRow> rows, bool hasKeys, PosterLayer layer)
    {
        var longest = Math.Clamp(rows.Max(row => TextMeasure.Width(row.Name)) + 0.5, 3, LongestName);
        var item = Math.Clamp(rows.Max(row => TextMeasure.Width(row.Behind ?? "")) + 0.5, 2.5, LongestItem);
        var number = hasKeys ? Key : 0;
        var index = layer == PosterLayer.Light ? Spi : 0;
        return [new TableColumns(layer, number, longest, Spi, item), new TableColumns(layer, number, longest, index, item), new TableColumns(layer, number, longest, index, 0)];
    }

    /// <summary>Writes the headings.</summary>
    public void DrawHead(SvgWriter svg, double x, double y, double width, double size, PosterWords words, string rowWord)
    {
        var small = 0.82 * size;
        Cell(svg, Places(x, width, size), y, words.Rank, key > 0 ? words.Key : "", rowWord, "%", spi > 0 ? words.Index : "", behind > 0 ? words.Behind : "", small, SheetColours.Soft, isHead: true);
    }

    /// <summary>Writes a row.</summary>
    public void DrawRow(SvgWriter svg, double x, double y, double width, double size, PosterRow row, int? rank, int? number)
    {
        var places = Places(x, width, size);
        var side = 0.95 * size;
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> mark = [Box(places.Mark, y + 0.26 * size, side)];
        var pattern = new PosterPattern(svg, size / 2.6);
        if (layer == PosterLayer.Light)
            pattern.Fill(mark, row.Light);
        else
            pattern.Fill(mark, row.Percent);
        Cell(
            svg, places, y + 1.1 * size, rank is { } one ? SvgWriter.Number(one) : "–", number is { } shown ? SvgWriter.Number(shown) : "", row.Name,
            PosterTexts.Tenths(row.Percent), spi > 0 ? PosterTexts.Index(row.Spi) : "", behind > 0 ? row.Behind ?? "" : "", size, SheetColours.Ink, isHead: false);
    }

    private static void Cell(
        SvgWriter svg, Columns places, double y, string rank, string number, string name, string percent, string index, string item, double size, string fill, bool isHead)
    {
        End(places.RankEnd, rank, Rank);
        if (number.Length > 0)
            End(places.KeyEnd, number, Key, isBold: !isHead);
        Start(places.Name, name, places.NameRoom);
        End(places.PercentEnd, percent, Percent, isBold: !isHead);
        if (index.Length > 0)
            End(places.SpiEnd, index, Spi);
        if (item.Length > 0)
            Start(places.Behind, item, places.BehindRoom);

        void End(double at, string text, double room, bool isBold = false) =>
            svg.Text(at, y, text, TextMeasure.Fit(text, (room - 0.25) * places.Em, size), fill, ("text-anchor", "end"), ("font-weight", isBold ? "bold" : null));

        void Start(double at, string text, double room)
        {
            var fitted = Math.Max(0.75 * size, TextMeasure.Fit(text, (room - 0.3) * places.Em, size));
            svg.Text(at, y, TextMeasure.Wrap(text, (room - 0.25) * places.Em, fitted, 1)[0], fitted, fill);
        }
    }

    // What is left over goes to the names.
    private Columns Places(double x, double width, double size)
    {
        var spare = Math.Max(0, width / size - Ems);
        var rankEnd = x + (Rank - 0.25) * size;
        var keyEnd = rankEnd + key * size;
        var mark = keyEnd + 0.5 * size;
        var named = mark + (Mark - 0.25) * size;
        var nameRoom = name + spare * (behind > 0 ? NameHasOfSpare : 1);
        var percentEnd = named + (nameRoom + Percent - 0.3) * size;
        var spiEnd = percentEnd + spi * size;
        return new Columns(size, rankEnd, keyEnd, mark, named, percentEnd, spiEnd, spiEnd + 0.6 * size, nameRoom, behind + spare * (1 - NameHasOfSpare));
    }

    private static IReadOnlyList<(double X, double Y)> Box(double x, double y, double side) => [(x, y), (x + side, y), (x + side, y + side), (x, y + side)];

    private sealed record Columns(double Em, double RankEnd, double KeyEnd, double Mark, double Name, double PercentEnd, double SpiEnd, double Behind, double NameRoom, double BehindRoom);
}
