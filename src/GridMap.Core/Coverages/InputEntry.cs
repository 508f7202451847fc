using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;
using NetTopologySuite.Precision;

namespace GridMap.Core.Coverages;

/// <summary>
/// Takes the polygons of the inputs onto the lattice, repairs each by itself, and collects their edges. Not thread safe.
/// </summary>
internal sealed class InputEntry
{
    /// <summary>A polygon that crosses itself more often is noise; repairing it would take minutes.</summary>
    private const int MaxSelfCrossings = 20_000;

    private readonly CoverageGrid[] grids;
    private readonly DefectRules rules;
    private readonly EdgeTable table;
    private readonly List<(int Grid, Polygon Polygon, bool IsAsGiven)> entered = [];

    public InputEntry(CoverageGrid[] grids, DefectRules rules, EdgeTable table)
    {
        this.grids = grids;
        this.rules = rules;
        this.table = table;
    }

    /// <summary>What was put right in single polygons.</summary>
    public List<Repair> Repairs { get; } = [];

    /// <summary>Geometries that bound nothing, or nothing that there can be.</summary>
    public List<Defect> Defects { get; } = [];

    /// <summary>How many polygons there are.</summary>
    public int Polygons => entered.Count;

    /// <summary>The farthest that a vertex was moved.</summary>
    public double MovedMetres { get; private set; }

    /// <summary>Takes in one grid's geometry.</summary>
    public void Add(int grid, Geometry geometry)
    {
        var onLattice = LatticeGeometry.Enter(AsPolygons(geometry), Datum.Wgs84);
        if (onLattice.Geometry is not { } polygons)
        {
            Refuse(grid, geometry, onLattice.RefusedAt);
            return;
        }
        MovedMetres = Math.Max(MovedMetres, onLattice.MaxMovedMetres);
        if (onLattice.DuplicatesDropped > 0)
            Report(RepairKind.DuplicatePoints, grid, DuplicatePoints(geometry));
        var validity = new IsValidOp(polygons);
        if (!validity.IsValid)
        {
            var error = validity.ValidationError;
            if (Untangle(polygons) is not { } repaired)
            {
                Refuse(grid, geometry, error.Coordinate);
                return;
            }
            var isCrossing = error.ErrorType is TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection;
            Report(isCrossing ? RepairKind.SelfIntersection : RepairKind.RingFixed, grid, Lattice.Factory.CreatePoint(error.Coordinate));
            polygons = repaired;
        }
        if (polygons.IsEmpty)
            Refuse(grid, geometry, null);
        foreach (var polygon in polygons.Geometries.Cast<Polygon>())
            entered.Add((grid, polygon, validity.IsValid));
    }

    /// <summary>Hands all outlines on, turned so that the grid lies to the left.</summary>
    public void Finish()
    {
        // Which way shells turn is a convention of the source; only what breaks it is worth telling.
        var clockwise = entered.Count(entry => entry.IsAsGiven && !entry.Polygon.Shell.IsCCW) * 2 > entered.Count(entry => entry.IsAsGiven);
        foreach (var (grid, polygon, isAsGiven) in entered)
        {
            AddRing(grid, polygon.Shell, counterClockwise: true);
            foreach (var hole in polygon.Holes)
                AddRing(grid, hole, counterClockwise: false);
            if (!isAsGiven)
                continue;
            if (polygon.Shell.IsCCW == clockwise)
                Report(RepairKind.RingOrder, grid, polygon.Shell);
            foreach (var hole in polygon.Holes.Where(hole => hole.IsCCW != clockwise))
                Report(RepairKind.RingOrder, grid, hole);
        }
    }

    private void AddRing(int grid, LinearRing ring, bool counterClockwise)
    {
        var points = LatticeRing.Of(ring);
        if (ring.IsCCW != counterClockwise)
            Array.Reverse(points);
        table.AddRing(points, grid);
    }

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

    private void Refuse(int grid, Geometry geometry, Coordinate? at)
    {
        var place = Lattice.Factory.CreatePoint(geometry.Coordinates.Prepend(at).FirstOrDefault(coordinate => coordinate is { IsValid: true }));
        Defects.Add(new Defect(DefectKind.InvalidRing, grids[grid].Level, [grids[grid]], place, null, rules.Blocks(DefectKind.InvalidRing)));
    }

    private void Report(RepairKind kind, int grid, Geometry place) => Repairs.Add(new Repair(kind, [grids[grid]], place, 0, 0));
}
