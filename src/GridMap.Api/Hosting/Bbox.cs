using System.Globalization;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Hosting;

/// <summary>A bounding box on the wire: <c>west,south,east,north</c> in degrees. Bound from the query by <see cref="TryParse"/>.</summary>
public readonly record struct Bbox(double West, double South, double East, double North)
{
    public Envelope Envelope => new(West, East, South, North);

    /// <summary>The box as a polygon of the storage's SRID.</summary>
    public Geometry Geometry => Lattice.Factory.ToGeometry(Envelope);

    public static bool TryParse(string? text, IFormatProvider? provider, out Bbox bbox)
    {
        bbox = default;
        var parts = (text ?? "").Split(',');
        var values = new double[4];
        if (parts.Length != 4)
        {
            return false;
        }

        for (var i = 0; i < 4; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
            {
                return false;
            }
        }

        bbox = new Bbox(values[0], values[1], values[2], values[3]);
        return bbox.West <= bbox.East && bbox.South <= bbox.North && Math.Abs(bbox.South) <= 90 && Math.Abs(bbox.North) <= 90;
    }
}
