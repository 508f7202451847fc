using NetTopologySuite.Geometries;

namespace GridMap.Township.Landscape;

/// <summary>What is drawn: the territory and some kilometres of the country round it, in metres.</summary>
internal static class Frame
{
    /// <summary>Rivers, roads and green are drawn this far, so that the territory does not float on an empty ground.</summary>
    public static Envelope Drawn { get; } = new(-9800, 9800, -7600, 7600);

    /// <summary>The cell of the fields (height, distances, land use), metres.</summary>
    public const double Cell = 40;

    public static Coordinate[] Points(params ReadOnlySpan<double> xy)
    {
        var points = new Coordinate[xy.Length / 2];
        for (var i = 0; i < points.Length; i++)
            points[i] = new Coordinate(xy[2 * i], xy[2 * i + 1]);
        return points;
    }
}
