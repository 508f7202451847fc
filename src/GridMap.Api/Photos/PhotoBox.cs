using GridMap.Api.Hosting;

namespace GridMap.Api.Photos;

/// <summary>What is covered of a photo, in shares of its width and height: from its upper left corner, 0 to 1.</summary>
/// <param name="X">The left side.</param>
/// <param name="Y">The upper side.</param>
/// <param name="Width">To the right.</param>
/// <param name="Height">Downwards.</param>
public sealed record PhotoBox(double X, double Y, double Width, double Height);

/// <summary>Checks boxes, and turns them into pixels.</summary>
internal static class PhotoBoxes
{
    private const int Most = 50;

    // What adding two shares may be off.
    private const double Slack = 1e-9;

    /// <exception cref="ProblemException">400: too many, or one that is empty or lies beyond the picture.</exception>
    public static IReadOnlyList<PhotoBox> Check(PhotoBox[]? boxes, string field)
    {
        if (boxes is not { Length: > 0 })
            return [];
        if (boxes.Length > Most)
            throw new ProblemException(Problem.Bad(field, "too_many_boxes", $"{boxes.Length} boxes; {Most} at most. Cover what lies together with one."));
        foreach (var box in boxes)
        {
            if (box is not { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } || box.X + box.Width > 1 + Slack || box.Y + box.Height > 1 + Slack)
                throw new ProblemException(Problem.Bad(field, "bad_box", "A box has x, y, width and height in shares of the photo, 0 to 1, is not empty, and lies within it."));
        }

        return boxes;
    }

    /// <summary>
    /// A picture of one grey a pixel, in the format PGM: 0 where it is covered, 255 elsewhere. Every pixel that a box touches is covered whole.
    /// </summary>
    public static byte[] Mask(IReadOnlyList<PhotoBox> boxes, int width, int height)
    {
        var head = System.Text.Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"P5\n{width} {height}\n255\n"));
        var mask = new byte[head.Length + (width * height)];
        head.CopyTo(mask, 0);
        var pixels = mask.AsSpan(head.Length);
        pixels.Fill(255);
        foreach (var box in boxes)
        {
            var (left, right) = Covered(box.X, box.Width, width);
            var (top, bottom) = Covered(box.Y, box.Height, height);
            for (var y = top; y < bottom; y++)
                pixels[((y * width) + left)..((y * width) + right)].Clear();
        }

        return mask;
    }

    private static (int From, int To) Covered(double start, double length, int pixels)
    {
        var from = Math.Clamp((int)Math.Floor(start * pixels), 0, pixels - 1);
        return (from, Math.Clamp((int)Math.Ceiling((start + length) * pixels), from + 1, pixels));
    }
}
