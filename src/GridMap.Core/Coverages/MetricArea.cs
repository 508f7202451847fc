using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Areas and lengths in metres.</summary>
internal static class MetricArea
{
    private const double Radius = 6_371_007.2;
    private const double RadiansPerUnit = Math.PI / 180 / Lattice.UnitsPerDegree;

    /// <summary>What a line adds to the area of a ring that it is part of, in m², positive to the left.</summary>
    public static double Sweep(ReadOnlySpan<LatticePoint> line)
    {
        var sum = 0.0;
        for (var i = 1; i < line.Length; i++)
        {
            var middle = (line[i].Y + line[i - 1].Y) / 2.0 * RadiansPerUnit;
            sum -= (line[i].X - line[i - 1].X) * RadiansPerUnit * Math.Sin(middle) * Radius * Radius;
        }
        return sum;
    }

    /// <summary>The length of a line in metres.</summary>
    public static double Length(ReadOnlySpan<LatticePoint> line)
    {
        var sum = 0.0;
        for (var i = 1; i < line.Length; i++)
        {
            var middle = (line[i].Y + line[i - 1].Y) / 2.0 * RadiansPerUnit;
            sum += Radius * Math.Sqrt(
                Math.Pow((line[i].X - line[i - 1].X) * RadiansPerUnit * Math.Cos(middle), 2)
                + Math.Pow((line[i].Y - line[i - 1].Y) * RadiansPerUnit, 2));
        }
        return sum;
    }
}
