using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>Takes the polygons of one geometry onto the lattice, as bare rings. Used for one geometry; not thread safe.</summary>
/// <param name="datum">What the coordinates refer to.</param>
internal sealed class LatticeEntry(Datum datum)
{
    private const long HalfTurnUnits = 180L << 27;

    // The longest that a degree is in any direction anywhere, rounded up: what cannot be the farthest move is not measured.
    private const double LongestMetresPerDegree = 111_700;

    private readonly List<LatticePoint> ring = [];
    private int verticesMoved;
    private int ringsDropped;
    private int verticesAdded;

    /// <summary><see cref="EntryRefusal.None"/> unless something was refused.</summary>
    public EntryRefusal Refusal { get; private set; }

    /// <summary>The place that led to the refusal, in degrees as it was given.</summary>
    public Coordinate? RefusedAt { get; private set; }

    /// <summary>How far snapping moved the vertex that it moved most, metres.</summary>
    public double MaxMovedMetres { get; private set; }

    /// <summary>Vertices that equalled the one before them on the lattice.</summary>
    public int DuplicatesDropped { get; private set; }

    /// <summary>The rings of each polygon, closed, the shell first; polygons of which no shell is left are left out. Stops at a refusal.</summary>
    /// <param name="polygonal">A Polygon, or a collection of them.</param>
    public List<LatticePoint[][]> Polygons(Geometry polygonal)
    {
        var polygons = new List<LatticePoint[][]>(polygonal.NumGeometries);
        for (var i = 0; i < polygonal.NumGeometries && Refusal == EntryRefusal.None; i++)
        {
            if (Rings((Polygon)polygonal.GetGeometryN(i)) is { } rings)
                polygons.Add(rings);
        }

        return polygons;
    }

    /// <summary>The answer for the polygons that <see cref="Polygons"/> led to.</summary>
    public EnteredGeometry Answer(List<Polygon> polygons)
    {
        if (Refusal == EntryRefusal.None && polygons.Count == 0)
            Refusal = EntryRefusal.Empty;
        if (Refusal != EntryRefusal.None)
            return new EnteredGeometry { Refusal = Refusal, RefusedAt = RefusedAt };
        return new EnteredGeometry
        {
            Geometry = Lattice.Factory.CreateMultiPolygon([.. polygons]),
            VerticesMoved = verticesMoved,
            MaxMovedMetres = MaxMovedMetres,
            DuplicatesDropped = DuplicatesDropped,
            RingsDropped = ringsDropped,
            VerticesAdded = verticesAdded,
        };
    }

    /// <summary>Null when refused or when nothing is left of the shell.</summary>
    private LatticePoint[][]? Rings(Polygon polygon)
    {
        if (polygon.IsEmpty)
            return null;
        var shell = Ring(polygon.Shell.CoordinateSequence);
        if (Refusal != EntryRefusal.None)
            return null;
        var rings = new List<LatticePoint[]>(1 + polygon.NumInteriorRings);
        if (shell is not null)
            rings.Add(shell);
        foreach (var given in polygon.Holes)
        {
            // The holes of a dropped shell are read too: a bad coordinate in them is still the sender's mistake.
            var hole = Ring(given.CoordinateSequence);
            if (Refusal != EntryRefusal.None)
                return null;
            if (hole is null)
                continue;
            if (shell is null)
                ringsDropped++;
            else
                rings.Add(hole);
        }

        return shell is null ? null : [.. rings];
    }

    /// <summary>Null when refused or when fewer than three different points are left.</summary>
    private LatticePoint[]? Ring(CoordinateSequence given)
    {
        ring.Clear();
        LatticePoint? first = null, second = null, third = null;
        var previous = default(LatticePoint);
        for (var i = 0; i < given.Count; i++)
        {
            if (!TryEnter(given, i, out var point))
                return null;
            if (first is not null && point == previous)
            {
                DuplicatesDropped++;
                continue;
            }

            if (first is not null && !TryJoin(previous, point, given, i))
                return null;
            ring.Add(point);
            previous = point;
            first ??= point;
            if (third is not null)
                continue;
            second ??= point != first ? point : null;
            third ??= point != first && point != second ? point : null;
        }

        if (third is not null)
            return CollectionsMarshal.AsSpan(ring).ToArray();
        ringsDropped++;
        return null;
    }

    private bool TryEnter(CoordinateSequence given, int index, out LatticePoint point)
    {
        var entered = EnteredPoint.Enter(given.GetX(index), given.GetY(index), datum, out var wgs84);
        point = entered.Point;
        if (!entered.IsAccepted)
            return Refuse(entered.Refusal, given, index);

        // A ring's last vertex is its first, which has been counted.
        if (wgs84 != entered.Position && index > 0)
        {
            verticesMoved++;
            Measure(entered.Position, wgs84);
        }

        return true;
    }

    private void Measure(LonLat snapped, LonLat given)
    {
        double lon = given.Lon - snapped.Lon, lat = given.Lat - snapped.Lat;
        // Across longitude 180 the difference is a whole turn, which is measured.
        if (Math.Sqrt(lon * lon + lat * lat) * LongestMetresPerDegree > MaxMovedMetres)
            MaxMovedMetres = Math.Max(MaxMovedMetres, LocalPlane.At(snapped).Distance(given));
    }

    /// <summary>Adds the vertices that the edge between two points needs.</summary>
    private bool TryJoin(LatticePoint previous, LatticePoint point, CoordinateSequence given, int index)
    {
        if (Math.Abs(point.X - previous.X) > HalfTurnUnits)
            return Refuse(EntryRefusal.CrossesAntimeridian, given, index);
        verticesAdded += EdgeDensifier.AppendBetween(previous, point, ring);
        return verticesAdded <= LatticeGeometry.MaxVerticesAdded || Refuse(EntryRefusal.EdgesTooLong, given, index);
    }

    /// <summary>Always false, for the caller to hand on.</summary>
    private bool Refuse(EntryRefusal refusal, CoordinateSequence given, int index)
    {
        Refusal = refusal;
        RefusedAt = new Coordinate(given.GetX(index), given.GetY(index));
        return false;
    }
}
