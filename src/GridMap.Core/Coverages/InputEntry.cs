using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Coverages;

/// <summary>Takes the polygons of all inputs onto the lattice, each repaired by itself, and collects their edges. Not thread safe.</summary>
internal sealed class InputEntry
{
    private readonly CoverageGrid[] grids;
    private readonly DefectRules rules;
    private readonly EdgeTable table;

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
    public int Polygons { get; private set; }

    /// <summary>The farthest that a vertex was moved.</summary>
    public double MovedMetres { get; private set; }

    /// <summary>Enters the geometries side by side.</summary>
    /// <returns>By grid; null for one without a geometry.</returns>
    public static GridEntry?[] Enter(IReadOnlyList<CoverageInput> inputs, CancellationToken cancellationToken)
    {
        var entries = new GridEntry?[inputs.Count];
        InParallel.For(
            entries.Length, grid => entries[grid] = inputs[grid].Geometry is { } geometry ? GridEntry.Of(geometry) : null, cancellationToken);
        return entries;
    }

    /// <summary>Reports on all entries, and hands their outlines on, turned so that the grid lies to the left.</summary>
    /// <param name="entries">By grid.</param>
    /// <param name="inputs">By grid: where it came from.</param>
    public void Take(GridEntry?[] entries, IReadOnlyList<CoverageInput> inputs)
    {
        var (asGiven, turnedRight) = (0, 0);
        for (var grid = 0; grid < entries.Length; grid++)
        {
            if (entries[grid] is not { } entry)
                continue;
            MovedMetres = Math.Max(MovedMetres, entry.MovedMetres);
            foreach (var (kind, place) in entry.Repairs)
                Report(kind, grid, place);
            if (entry.IsRefused)
                Refuse(grid, inputs[grid].Geometry!, entry.RefusedAt);
            Polygons += entry.Polygons.Count;
            if (!entry.IsAsGiven)
                continue;
            asGiven += entry.Polygons.Count;
            turnedRight += entry.Polygons.Count(rings => LatticeArea.Sweep(rings[0]) < 0);
        }

        // Which way shells turn is a convention of the source; only what breaks it is worth telling.
        var clockwise = turnedRight * 2 > asGiven;
        for (var grid = 0; grid < entries.Length; grid++)
        {
            foreach (var rings in entries[grid]?.Polygons ?? [])
                AddPolygon(grid, rings, entries[grid]!.IsAsGiven, clockwise);
        }
    }

    private void AddPolygon(int grid, LatticePoint[][] rings, bool isAsGiven, bool clockwise)
    {
        for (var i = 0; i < rings.Length; i++)
        {
            var isShell = i == 0;
            var turnsLeft = LatticeArea.Sweep(rings[i]) > 0;
            if (isAsGiven && turnsLeft == (isShell == clockwise))
                Report(RepairKind.RingOrder, grid, LatticeRing.ToGeometry(rings[i]));
            if (turnsLeft != isShell)
                Array.Reverse(rings[i]);
            table.AddRing(rings[i], grid);
        }
    }

    private void Refuse(int grid, Geometry geometry, Coordinate? at)
    {
        var place = Lattice.Factory.CreatePoint(geometry.Coordinates.Prepend(at).FirstOrDefault(coordinate => coordinate is { IsValid: true }));
        Defects.Add(new Defect(DefectKind.InvalidRing, grids[grid].Level, [grids[grid]], place, null, rules.Blocks(DefectKind.InvalidRing)));
    }

    private void Report(RepairKind kind, int grid, Geometry place) => Repairs.Add(new Repair(kind, [grids[grid]], place, 0, 0));
}
