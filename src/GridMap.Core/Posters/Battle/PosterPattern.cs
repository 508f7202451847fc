using System.Text;
using GridMap.Core.Progress;

namespace GridMap.Core.Posters.Battle;

/// <summary>
/// Fills areas by colour and pattern. Patterns are drawn as the lines and dots that they are, on one lattice for the whole paper: a pattern of SVG becomes
/// a picture of pixels on the way to PDF, which on A0 everybody sees. Used once; not thread safe.
/// </summary>
/// <param name="svg">The picture.</param>
/// <param name="letters">How large letters are against those of A4; patterns grow with them.</param>
internal sealed class PosterPattern(SvgWriter svg, double letters)
{
    private readonly double hatch = 1.5 * letters;
    private readonly double dots = 1.7 * letters;
    private readonly double lines = 1.3 * letters;

    /// <summary>Fills an area by its light.</summary>
    public void Fill(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, Light light)
    {
        Area(rings, PosterColours.Of(light));
        if (light == Light.Red)
            Stroke(Hatch(rings), PosterColours.HatchInk, 0.36 * letters, "butt");
        else if (light == Light.Yellow)
            Stroke(Dots(rings), PosterColours.DotInk, 0.5 * letters, "round");
    }

    /// <summary>Fills an area by its share of the plan; null has none.</summary>
    public void Fill(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, decimal? percent)
    {
        Area(rings, percent is { } share ? PosterColours.OfStep(PosterColours.StepOf(share)) : PosterColours.Nothing);
        if (percent is null)
            Stroke(Lines(rings), PosterColours.GreyInk, 0.15 * letters, "butt");
    }

    private void Area(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, string fill) =>
        svg.Element("path", ("d", MapFrame.Path(rings, closed: true)), ("fill", fill), ("fill-rule", "evenodd"));

    private void Stroke(string data, string ink, double width, string cap)
    {
        if (data.Length > 0)
            svg.Element("path", ("d", data), ("fill", "none"), ("stroke", ink), ("stroke-width", width), ("stroke-linecap", cap));
    }

    private string Dots(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var (data, crossings) = (new StringBuilder(), new List<double>());
        var step = dots / 2;
        var (top, bottom) = Span(rings, at => at.Y);
        for (var row = (int)Math.Ceiling(top / step); row * step < bottom; row++)
        {
            Scan.Across(rings, row * step, crossings);
            var shift = row % 2 == 0 ? 0 : dots / 2;
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                for (var column = (int)Math.Ceiling((crossings[i] - shift) / dots); column * dots + shift < crossings[i + 1]; column++)
                    data.Append('M').Append(SvgWriter.Number(column * dots + shift)).Append(' ').Append(SvgWriter.Number(row * step)).Append("h0.01");
            }
        }

        return data.ToString();
    }

    private string Lines(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var (data, crossings) = (new StringBuilder(), new List<double>());
        var (top, bottom) = Span(rings, at => at.Y);
        for (var row = (int)Math.Ceiling(top / lines); row * lines < bottom; row++)
        {
            Scan.Across(rings, row * lines, crossings);
            for (var i = 0; i + 1 < crossings.Count; i += 2)
                Segment(data, (crossings[i], row * lines), (crossings[i + 1], row * lines));
        }

        return data.ToString();
    }

    // From lower left to upper right: level lines of the picture turned by 45 degrees.
    private string Hatch(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var turn = Math.Sqrt(0.5);
        var turned = rings.Select(ring => (IReadOnlyList<(double X, double Y)>)[.. ring.Select(at => ((at.X - at.Y) * turn, (at.X + at.Y) * turn))]).ToList();
        var (data, crossings) = (new StringBuilder(), new List<double>());
        var (top, bottom) = Span(turned, at => at.Y);
        for (var row = (int)Math.Ceiling(top / hatch); row * hatch < bottom; row++)
        {
            Scan.Across(turned, row * hatch, crossings);
            for (var i = 0; i + 1 < crossings.Count; i += 2)
                Segment(data, Back(crossings[i], row * hatch), Back(crossings[i + 1], row * hatch));
        }

        return data.ToString();

        (double, double) Back(double x, double y) => ((x + y) * turn, (y - x) * turn);
    }

    private static void Segment(StringBuilder data, (double X, double Y) from, (double X, double Y) to) => data
        .Append('M').Append(SvgWriter.Number(from.X)).Append(' ').Append(SvgWriter.Number(from.Y)).Append('L').Append(SvgWriter.Number(to.X)).Append(' ').Append(SvgWriter.Number(to.Y));

    private static (double First, double Last) Span(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, Func<(double X, double Y), double> of)
    {
        var (first, last) = (double.MaxValue, double.MinValue);
        foreach (var value in rings.SelectMany(ring => ring).Select(of))
            (first, last) = (Math.Min(first, value), Math.Max(last, value));
        return (first, last);
    }
}
