using NetTopologySuite.Geometries;

namespace GridMap.Core.Coordinates;

/// <summary>The one way in for polygons: from any datum onto the lattice. Stateless and thread safe.</summary>
public static class LatticeGeometry
{
    /// <summary>More added vertices than this (50,000 degrees of edges) are not a map but an attempt to fill the memory.</summary>
    public const int MaxVerticesAdded = 100_000;

    /// <summary>
    /// Converts every vertex to WGS84, snaps it, drops consecutive duplicates, Z and M, and adds vertices to edges that are too
    /// long. Edges stay straight between converted vertices.
    /// </summary>
    /// <param name="geometry">A Polygon or MultiPolygon with X lon and Y lat in degrees; not modified. Its SRID is ignored.</param>
    /// <param name="datum">What its coordinates refer to.</param>
    /// <returns>
    /// A refusal for anything but polygons, for coordinates that are not finite, out of range or beyond 85 degrees, for a ring that
    /// crosses longitude 180 or reaches it from the west, for edges that need more than <see cref="MaxVerticesAdded"/> vertices,
    /// and when nothing is left.
    /// </returns>
    public static EnteredGeometry Enter(Geometry geometry, Datum datum)
    {
        if (geometry is not (Polygon or MultiPolygon))
            return new EnteredGeometry { Refusal = EntryRefusal.NotPolygonal };
        var entry = new Entry(datum);
        var polygons = new List<Polygon>();
        for (var i = 0; i < geometry.NumGeometries && entry.Refusal == EntryRefusal.None; i++)
        {
            if (entry.Polygon((Polygon)geometry.GetGeometryN(i)) is { } polygon)
                polygons.Add(polygon);
        }

        return entry.Answer(polygons);
    }

    /// <summary>The state of one call.</summary>
    private sealed class Entry(Datum datum)
    {
        private const long HalfTurnUnits = 180L << 27;

        private readonly List<LatticePoint> _ring = [];
        private Coordinate? _refusedAt;
        private int _verticesMoved;
        private double _maxMovedMetres;
        private int _duplicatesDropped;
        private int _ringsDropped;
        private int _verticesAdded;

        public EntryRefusal Refusal { get; private set; }

        /// <summary>Null when refused or when nothing is left of the shell.</summary>
        public Polygon? Polygon(Polygon polygon)
        {
            if (polygon.IsEmpty)
                return null;
            var shell = Ring(polygon.Shell.CoordinateSequence);
            if (Refusal != EntryRefusal.None)
                return null;
            var holes = new List<LinearRing>(polygon.NumInteriorRings);
            foreach (var given in polygon.Holes)
            {
                // The holes of a dropped shell are read too: a bad coordinate in them is still the sender's mistake.
                var hole = Ring(given.CoordinateSequence);
                if (Refusal != EntryRefusal.None)
                    return null;
                if (hole is null)
                    continue;
                if (shell is null)
                    _ringsDropped++;
                else
                    holes.Add(hole);
            }

            return shell is null ? null : Lattice.Factory.CreatePolygon(shell, [.. holes]);
        }

        public EnteredGeometry Answer(List<Polygon> polygons)
        {
            if (Refusal == EntryRefusal.None && polygons.Count == 0)
                Refusal = EntryRefusal.Empty;
            if (Refusal != EntryRefusal.None)
                return new EnteredGeometry { Refusal = Refusal, RefusedAt = _refusedAt };
            return new EnteredGeometry
            {
                Geometry = Lattice.Factory.CreateMultiPolygon([.. polygons]),
                VerticesMoved = _verticesMoved,
                MaxMovedMetres = _maxMovedMetres,
                DuplicatesDropped = _duplicatesDropped,
                RingsDropped = _ringsDropped,
                VerticesAdded = _verticesAdded,
            };
        }

        /// <summary>Null when refused or when fewer than three different points are left.</summary>
        private LinearRing? Ring(CoordinateSequence given)
        {
            _ring.Clear();
            LatticePoint? first = null, second = null, third = null;
            var previous = default(LatticePoint);
            for (var i = 0; i < given.Count; i++)
            {
                if (!TryEnter(given, i, out var point))
                    return null;
                if (first is not null && point == previous)
                {
                    _duplicatesDropped++;
                    continue;
                }

                if (first is not null && !TryJoin(previous, point, given, i))
                    return null;
                _ring.Add(point);
                previous = point;
                first ??= point;
                second ??= point != first ? point : null;
                third ??= point != first && point != second ? point : null;
            }

            if (third is not null)
                return Lattice.Factory.CreateLinearRing([.. _ring.Select(point => point.ToCoordinate())]);
            _ringsDropped++;
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
                _verticesMoved++;
                _maxMovedMetres = Math.Max(_maxMovedMetres, LocalPlane.At(entered.Position).Distance(wgs84));
            }

            return true;
        }

        /// <summary>Adds the vertices that the edge between two points needs.</summary>
        private bool TryJoin(LatticePoint previous, LatticePoint point, CoordinateSequence given, int index)
        {
            if (Math.Abs(point.X - previous.X) > HalfTurnUnits)
                return Refuse(EntryRefusal.CrossesAntimeridian, given, index);
            _verticesAdded += EdgeDensifier.AppendBetween(previous, point, _ring);
            return _verticesAdded <= MaxVerticesAdded || Refuse(EntryRefusal.EdgesTooLong, given, index);
        }

        /// <summary>Always false, for the caller to hand on.</summary>
        private bool Refuse(EntryRefusal refusal, CoordinateSequence given, int index)
        {
            Refusal = refusal;
            _refusedAt = new Coordinate(given.GetX(index), given.GetY(index));
            return false;
        }
    }
}
