namespace GridMap.Core.Posters;

/// <summary>A rectangle of a picture, millimetres, y downwards. An immutable value.</summary>
internal readonly record struct PictureBox(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + Width / 2;

    public double CenterY => Y + Height / 2;

    public PictureBox Grown(double by) => new(X - by, Y - by, Width + 2 * by, Height + 2 * by);
}
