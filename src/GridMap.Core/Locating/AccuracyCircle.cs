namespace GridMap.Core.Locating;

/// <summary>
/// The circle of accuracy around a point in its local metric plane. What a polygon has of it is computed in closed form, edge
/// by edge, so what the two sides of a border have of it adds up. An immutable value.
/// </summary>
internal readonly struct AccuracyCircle(Surroundings surroundings, double radius)
{
    /// <summary>The circle's area in m².</summary>
    public double Area => Math.PI * radius * radius;

    /// <summary>The area in m² that the polygon and the circle have in common.</summary>
    public double AreaWithin(PolygonRings polygon)
    {
        var area = 0.0;
        for (var r = 0; r < polygon.Count; r++)
        {
            var ring = polygon[r];
            ReadOnlySpan<double> ordinates = ring.Ordinates;
            var swept = 0.0;
            var from = surroundings.ToMetres(ordinates[0], ordinates[1]);
            for (var i = 2; i < ordinates.Length; i += 2)
            {
                var to = surroundings.ToMetres(ordinates[i], ordinates[i + 1]);
                swept += Swept(from, to);
                from = to;
            }
            // Its sign is the ring's direction.
            area += ring.IsHole ? -Math.Abs(swept) : Math.Abs(swept);
        }
        return Math.Max(0, area);
    }

    /// <summary>The signed area that the edge sweeps out within the circle, seen from its centre: triangle where the edge is inside, sector where it is outside.</summary>
    private double Swept((double East, double North) from, (double East, double North) to)
    {
        var along = (East: to.East - from.East, North: to.North - from.North);
        var squaredLength = Dot(along, along);
        var cross = Cross(from, to);
        var discriminant = squaredLength * radius * radius - cross * cross;
        if (discriminant <= 0)
            return Sector(from, to);
        // The line is inside the circle between these shares of the edge.
        var middle = -Dot(from, along) / squaredLength;
        var half = Math.Sqrt(discriminant) / squaredLength;
        double enter = middle - half, leave = middle + half;
        if (leave <= 0 || enter >= 1)
            return Sector(from, to);
        var first = enter <= 0 ? from : At(enter);
        var last = leave >= 1 ? to : At(leave);
        return (enter <= 0 ? 0 : Sector(from, first)) + Cross(first, last) / 2 + (leave >= 1 ? 0 : Sector(last, to));

        (double East, double North) At(double share) => (from.East + share * along.East, from.North + share * along.North);
    }

    private double Sector((double East, double North) from, (double East, double North) to) =>
        radius * radius / 2 * Math.Atan2(Cross(from, to), Dot(from, to));

    private static double Cross((double East, double North) a, (double East, double North) b) => a.East * b.North - a.North * b.East;

    private static double Dot((double East, double North) a, (double East, double North) b) => a.East * b.East + a.North * b.North;
}
