using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;
using NetTopologySuite.Precision;

namespace GridMap.Core.Coverages;

/// <summary>
/// One grid's geometry on the lattice, repaired by itself. Made by <see cref="Of"/>, which reads nothing but the geometry, so that grids can be
/// entered side by side. Immutable and thread safe once made.
/// </summary>
internal sealed class GridEntry
{
    /// <summary>A polygon that crosses itself more often is noise; repairing it would take minutes.</summary>
    private const int MaxSelfCrossings = 20_000;

    /// <summary>By polygon: its closed rings, the shell first.</summary>
    public List<LatticePoint[][]> Polygons { get; private set; } = [];

    /// <summary>The polygons were valid as they came.</summary>
    public bool IsAsGiven { get; private set; } = true;

    /// <summary>What was put right, and where.</summary>
    public List<(RepairKind Kind, Geometry Place)> Repairs { get; } = [];

    /// <summary>The geometry bounds nothing, or nothing that there can be.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Where that shows first; null when no place is to blame.</summary>
    public Coordinate? RefusedAt { get; private set; }

    /// <summary>The farthest that a vertex was moved.</summary>
    public double MovedMetres { get; private set; }

    /// <summary>Enters a geometry.</summary>
    /// <param name="geometry">Degrees on WGS84; what is no polygon is passed over.</param>
    public static GridEntry Of(Geometry geometry)
    {
        var entry = new GridEntry();
        var lattice = new LatticeEntry(Datum.Wgs84);
        entry.Polygons = lattice.Polygons(AsPolygons(geometry));
        if (lattice.Refusal != EntryRefusal.None || entry.Polygons.Count == 0)
            return entry.Refuse(lattice.RefusedAt);
        entry.MovedMetres = lattice.MaxMovedMetres;
        if (lattice.DuplicatesDropped > 0)
            entry.Repairs.Add((RepairKind.DuplicatePoints, DuplicatePoints(geometry)));
        return entry.Polygons.Count == 1 && PolygonProof.IsValid(entry.Polygons[0]) ? entry : entry.Validated();
    }

    private GridEntry Validated()
    {
        var polygons = ToGeometry();
        var validity = new IsValidOp(polygons);
        if (validity.IsValid)
            return this;
        IsAsGiven = false;
        var error = validity.ValidationError;
        if (Untangle(polygons) is not { } repaired)
            return Refuse(error.Coordinate);
        var isCrossing = error.ErrorType is TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection;
        Repairs.Add((isCrossing ? RepairKind.SelfIntersection : RepairKind.RingFixed, Lattice.Factory.CreatePoint(error.Coordinate)));
        Polygons = [.. repaired.Geometries.Cast<Polygon>().Select(polygon => (LatticePoint[][])
            [LatticeRing.Of(polygon.Shell), .. polygon.Holes.Select(LatticeRing.Of)])];
        IsRefused = Polygons.Count == 0;
        return this;
    }

    private GridEntry Refuse(Coordinate? at)
    {
        Polygons = [];
        IsRefused = true;
        RefusedAt = at;
        return this;
    }

    private MultiPolygon ToGeometry() => Lattice.Factory.CreateMultiPolygon([.. Polygons.Select(rings =>
        Lattice.Factory.CreatePolygon(LatticeRing.ToGeometry(rings[0]), [.. rings.Skip(1).Select(LatticeRing.ToGeometry)]))]);

    /// <summary>What the polygons bound, as valid polygons on the lattice; null when that cannot be told in reasonable time, or at all.</summary>
    private static MultiPolygon? Untangle(MultiPolygon polygons)
    {
        var edges = new EdgeTable(new WindingTable());
        foreach (var ring in LinearComponentExtracter.GetLines(polygons).Cast<LineString>())
            edges.AddRing(LatticeRing.Of(ring), 0);
        if (PlanarityCheck.Conflicts(EdgeIndex.Of(edges.Seal()), MaxSelfCrossings + 1).Count > MaxSelfCrossings)
            return null;
        try
        {
            // The fixer cuts where edges cross, which is off the lattice as a rule.
            return AsPolygons(GeometryPrecisionReducer.Reduce(GeometryFixer.Fix(polygons), Lattice.PrecisionModel));
        }
        catch (TopologyException)
        {
            return null;
        }
    }

    private static MultiPolygon AsPolygons(Geometry geometry) => Lattice.Factory.CreateMultiPolygon(
        [.. PolygonExtracter.GetPolygons(geometry).Cast<Polygon>().Where(polygon => !polygon.IsEmpty)]);

    private static MultiPoint DuplicatePoints(Geometry geometry)
    {
        var places = new HashSet<LatticePoint>();
        foreach (var line in LinearComponentExtracter.GetLines(geometry).Cast<LineString>())
        {
            var points = LatticeRing.Of(line);
            for (var i = 1; i < points.Length; i++)
                if (points[i] == points[i - 1])
                    places.Add(points[i]);
        }
        return Lattice.Factory.CreateMultiPointFromCoords([.. places.Select(place => place.ToCoordinate())]);
    }
}
