using GridMap.Township.Plane;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;
using NetTopologySuite.Operation.Polygonize;

namespace GridMap.Township.Parcels;

/// <summary>The faces that a set of lines bounds.</summary>
internal static class Faces
{
    /// <summary>A millimetre: parcels are cut in metres on this model, and the whole is noded once more on the lattice.</summary>
    private static readonly PrecisionModel Millimetre = new(1000);

    public static IReadOnlyList<Polygon> InMetres(IEnumerable<Coordinate[]> lines) => Bounded(lines, Millimetre, DrawingBoard.Metres);

    /// <summary>Nodes lines that cross or touch, snapping to the model, and returns the faces between them in a fixed order.</summary>
    public static IReadOnlyList<Polygon> Bounded(IEnumerable<Coordinate[]> lines, PrecisionModel model, GeometryFactory factory)
    {
        var strings = lines.Where(line => line.Length > 1)
            .Select(ISegmentString (line) => new NodedSegmentString([.. line.Select(point => point.Copy())], null)).ToList();
        var noder = new SnapRoundingNoder(model);
        noder.ComputeNodes(strings);
        var seen = new HashSet<LineString>();
        var polygonizer = new Polygonizer();
        foreach (var noded in noder.GetNodedSubstrings())
        {
            if (noded.Coordinates.Length < 2)
                continue;
            var line = factory.CreateLineString(noded.Coordinates);
            if (seen.Add((LineString)line.Normalized()))
                polygonizer.Add(line);
        }

        return [.. polygonizer.GetPolygons().Cast<Polygon>()
            .OrderBy(face => face.EnvelopeInternal.MinX).ThenBy(face => face.EnvelopeInternal.MinY).ThenBy(face => face.Area)];
    }
}
