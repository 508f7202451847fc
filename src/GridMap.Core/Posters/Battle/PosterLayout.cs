namespace GridMap.Core.Posters.Battle;

/// <summary>
/// Where what stands on a sheet of paper, in millimetres of the paper itself. The map has three quarters of what the head and the foot leave; the panel is
/// beside it on landscape paper and under it on upright. Immutable.
/// </summary>
internal sealed record PosterLayout
{
    private const double ShareOfMap = 0.75;
    private const double LongSideOfA4 = 297;

    // Letters grow less than the paper: who stands before A0 stands further off, but not four times as far.
    private const double Growth = 0.654;

    // 120 pt.
    private const double TitleOnA0 = 120 * 25.4 / 72;

    public PosterLayout(PosterPaper paper, bool isLandscape)
    {
        var (shorter, longer) = Sides(paper);
        (IsLandscape, Width, Height) = (isLandscape, isLandscape ? longer : shorter, isLandscape ? shorter : longer);
        var linear = longer / LongSideOfA4;
        Text = Math.Pow(linear, Growth);
        Title = TitleOnA0 * longer / Sides(PosterPaper.A0).Longer;
        Margin = 7 * Math.Pow(linear, 0.75);
        Head = new PictureBox(Margin, Margin, Width - 2 * Margin, Title * 1.5);
        Foot = new PictureBox(Margin, Height - Margin - 4.2 * Text, Width - 2 * Margin, 4.2 * Text);
        var body = new PictureBox(Margin, Head.Bottom, Head.Width, Foot.Y - Head.Bottom - 1.6 * Text);
        var gap = 4 * Text;
        Map = isLandscape ? body with { Width = body.Width * ShareOfMap } : body with { Height = body.Height * ShareOfMap };
        Panel = isLandscape
            ? new PictureBox(Map.Right + gap, body.Y, body.Right - Map.Right - gap, body.Height)
            : new PictureBox(body.X, Map.Bottom + gap, body.Width, body.Bottom - Map.Bottom - gap);
    }

    public bool IsLandscape { get; }

    public double Width { get; }

    public double Height { get; }

    public double Margin { get; }

    /// <summary>How large letters and lines are against those of A4.</summary>
    public double Text { get; }

    /// <summary>The size of the title's letters.</summary>
    public double Title { get; }

    public PictureBox Head { get; }

    public PictureBox Map { get; }

    public PictureBox Panel { get; }

    public PictureBox Foot { get; }

    /// <summary>The shorter and the longer side of a paper.</summary>
    public static (double Shorter, double Longer) Sides(PosterPaper paper) => paper switch
    {
        PosterPaper.A0 => (841, 1189),
        PosterPaper.A1 => (594, 841),
        PosterPaper.A2 => (420, 594),
        PosterPaper.A3 => (297, 420),
        _ => (210, 297),
    };
}
