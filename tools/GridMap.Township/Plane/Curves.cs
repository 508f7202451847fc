using GridMap.Township.Chance;
using NetTopologySuite.Geometries;

namespace GridMap.Township.Plane;

/// <summary>Lines drawn through a few given places: smooth ones, winding ones, rough ones. All in metres.</summary>
internal static class Curves
{
    /// <summary>A centripetal-like smooth curve through all the given points, with vertices about every <paramref name="spacing"/> metres.</summary>
    public static Coordinate[] Through(IReadOnlyList<Coordinate> points, double spacing)
    {
        var curve = new List<Coordinate>();
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var before = points[Math.Max(i - 1, 0)];
            var after = points[Math.Min(i + 2, points.Count - 1)];
            var steps = Math.Max(1, (int)Math.Round(points[i].Distance(points[i + 1]) / spacing));
            for (var k = 0; k < steps; k++)
                curve.Add(Bend(before, points[i], points[i + 1], after, (double)k / steps));
        }

        curve.Add(points[^1].Copy());
        return [.. curve];
    }

    /// <summary>Pushes the inner vertices sideways by noise; the ends stay. <paramref name="amplitude"/> in metres.</summary>
    public static Coordinate[] Wind(Coordinate[] line, Noise noise, double amplitude, double wavelength, double key)
    {
        var wound = (Coordinate[])line.Clone();
        double along = 0;
        var length = Length(line);
        for (var i = 1; i + 1 < line.Length; i++)
        {
            along += line[i].Distance(line[i - 1]);
            var fade = Math.Min(1, Math.Min(along, length - along) / wavelength);
            var (nx, ny) = Normal(line[i - 1], line[i + 1]);
            var push = amplitude * fade * noise.Fractal(along, key, wavelength, 3);
            wound[i] = new Coordinate(line[i].X + nx * push, line[i].Y + ny * push);
        }

        return wound;
    }

    /// <summary>A rough line between two points by midpoint displacement: each half is pushed by up to roughness x its length.</summary>
    public static Coordinate[] Rough(Coordinate from, Coordinate to, double roughness, double shortest, Seeded chance)
    {
        var line = new List<Coordinate> { from };
        Displace(from, to, roughness, shortest, chance, line);
        return [.. line];
    }

    public static double Length(IReadOnlyList<Coordinate> line)
    {
        double length = 0;
        for (var i = 1; i < line.Count; i++)
            length += line[i].Distance(line[i - 1]);
        return length;
    }

    /// <summary>The unit vector to the left of the way from one point to another.</summary>
    public static (double X, double Y) Normal(Coordinate from, Coordinate to)
    {
        var dx = to.X - from.X;
        var dy = to.Y - from.Y;
        var length = Math.Sqrt(dx * dx + dy * dy);
        return length == 0 ? (0, 0) : (-dy / length, dx / length);
    }

    private static void Displace(Coordinate from, Coordinate to, double roughness, double shortest, Seeded chance, List<Coordinate> line)
    {
        var length = from.Distance(to);
        if (length > shortest)
        {
            var (nx, ny) = Normal(from, to);
            var push = chance.Around(roughness * length);
            var at = 0.5 + chance.Around(0.15);
            var middle = new Coordinate(
                from.X + (to.X - from.X) * at + nx * push,
                from.Y + (to.Y - from.Y) * at + ny * push);
            Displace(from, middle, roughness, shortest, chance, line);
            Displace(middle, to, roughness, shortest, chance, line);
        }
        else
        {
            line.Add(to);
        }
    }

    private static Coordinate Bend(Coordinate a, Coordinate b, Coordinate c, Coordinate d, double t) => new(
        Bend(a.X, b.X, c.X, d.X, t),
        Bend(a.Y, b.Y, c.Y, d.Y, t));

    private static double Bend(double a, double b, double c, double d, double t) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}
