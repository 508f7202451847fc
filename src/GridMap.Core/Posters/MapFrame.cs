using System.Text;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Posters;

/// <summary>
/// Puts positions into a box of a picture: the metric plane at the middle of what is shown, north up, one scale both ways. Shapes are cut
/// to the box and a little more, and lose what is finer than the printer. Immutable and thread safe.
/// </summary>
internal sealed class MapFrame
{
    private const double Beyond = 4;
    private const double Dot = 0.04;
    private const double LeastMetres = 20;

    private readonly LocalPlane plane;
    private readonly double finest;

    /// <param name="box">Where on the picture, millimetres.</param>
    /// <param name="shown">What is to be shown, degrees lon lat.</param>
    /// <param name="surroundings">How much is seen around it, as a share of its larger extent.</param>
    /// <param name="letters">How large letters are against those of A4: who looks at a larger map stands further off.</param>
    public MapFrame(PictureBox box, Envelope shown, double surroundings, double letters = 1)
    {
        Box = box;
        finest = Dot * letters;
        plane = LocalPlane.At(new LonLat(shown.Centre.X, shown.Centre.Y));
        var (width, height) = (Math.Max(LeastMetres, shown.Width * plane.MetresPerDegreeEast), Math.Max(LeastMetres, shown.Height * plane.MetresPerDegreeNorth));
        var around = 2 * surroundings * Math.Min(Math.Max(width, height), 3 * Math.Min(width, height));
        Scale = Math.Min(box.Width / (width + around), box.Height / (height + around));
        var corner = plane.FromMetres(-box.Width / 2 / Scale, -box.Height / 2 / Scale);
        var other = plane.FromMetres(box.Width / 2 / Scale, box.Height / 2 / Scale);
        Visible = new Envelope(corner.Lon, other.Lon, corner.Lat, other.Lat);
    }

    /// <summary>Where on the picture.</summary>
    public PictureBox Box { get; }

    /// <summary>Millimetres of the picture in a metre of the ground.</summary>
    public double Scale { get; }

    /// <summary>What is seen, degrees lon lat.</summary>
    public Envelope Visible { get; }

    /// <summary>A position on the picture.</summary>
    public (double X, double Y) At(LonLat position)
    {
        var (east, north) = plane.ToMetres(position);
        return (Box.CenterX + east * Scale, Box.CenterY - north * Scale);
    }

    /// <summary>The rings of a polygon on the picture, cut; those that are nowhere near it are left out.</summary>
    public IReadOnlyList<IReadOnlyList<(double X, double Y)>> Rings(Geometry polygons)
    {
        var rings = new List<IReadOnlyList<(double, double)>>();
        foreach (var polygon in Parts(polygons).OfType<Polygon>())
        {
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            {
                var cut = Cut(Points(ring.CoordinateSequence));
                if (cut.Count > 2)
                    rings.Add(cut);
            }
        }

        return rings;
    }

    /// <summary>Lines on the picture; they may run out of it.</summary>
    public IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines(Geometry lines) =>
        [.. Parts(lines).OfType<LineString>().Where(line => line.EnvelopeInternal.Intersects(Visible)).Select(line => Points(line.CoordinateSequence))];

    /// <summary>The data of a path.</summary>
    public static string Path(IEnumerable<IReadOnlyList<(double X, double Y)>> lines, bool closed)
    {
        var data = new StringBuilder();
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Count; i++)
                data.Append(i == 0 ? 'M' : 'L').Append(SvgWriter.Number(line[i].X)).Append(' ').Append(SvgWriter.Number(line[i].Y));
            if (closed)
                data.Append('Z');
        }

        return data.ToString();
    }

    private static IEnumerable<Geometry> Parts(Geometry geometry) =>
        geometry is GeometryCollection parts ? parts.Geometries.SelectMany(Parts) : [geometry];

    // Without the points that the one before already stands for.
    private List<(double X, double Y)> Points(CoordinateSequence positions)
    {
        var points = new List<(double X, double Y)>(positions.Count);
        for (var i = 0; i < positions.Count; i++)
        {
            var at = At(new LonLat(positions.GetX(i), positions.GetY(i)));
            if (points.Count == 0 || i == positions.Count - 1 || Math.Abs(at.X - points[^1].X) + Math.Abs(at.Y - points[^1].Y) > finest)
                points.Add(at);
        }

        return points;
    }

    /// <summary>What of a ring lies in the box and a little beyond, by Sutherland and Hodgman: what it leaves along the sides lies outside the box, where nobody sees it.</summary>
    public IReadOnlyList<(double X, double Y)> Cut(IReadOnlyList<(double X, double Y)> ring)
    {
        var box = Box.Grown(Beyond);
        var cut = ring;
        foreach (var (isX, at, keepsBelow) in ((bool, double, bool)[])[(true, box.X, false), (true, box.Right, true), (false, box.Y, false), (false, box.Bottom, true)])
        {
            var kept = new List<(double X, double Y)>(cut.Count);
            for (var i = 0; i < cut.Count; i++)
            {
                var (from, to) = (cut[i], cut[(i + 1) % cut.Count]);
                var (a, b) = isX ? (from.X, to.X) : (from.Y, to.Y);
                var (fromIn, toIn) = (keepsBelow ? a <= at : a >= at, keepsBelow ? b <= at : b >= at);
                if (fromIn)
                    kept.Add(from);
                if (fromIn != toIn)
                {
                    var share = (at - a) / (b - a);
                    kept.Add((from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
                }
            }

            cut = kept;
        }

        return cut;
    }
}
