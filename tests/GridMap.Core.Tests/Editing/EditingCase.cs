using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using GridMap.Core.Editing;
using GridMap.Core.Tests.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Editing;

/// <summary>States to edit, and what holds for every one of them.</summary>
internal sealed class EditingCase
{
    private readonly HashSet<string> codes = [];
    private long lastId;

    public EditingCase(IEnumerable<CoverageInput> inputs, int? households = null)
    {
        var coverage = CoverageBuilder.Build([.. inputs], CoverageOptions.Exact).Coverage;
        State = PlanState.Of(coverage.ToShapes().Select(shape => new PlannedGrid(
            shape.Id, shape.Code, shape.Code, shape.Level, "village", shape.ParentId, shape.Polygon,
            households is { } count ? $"{{\"households\":{count}}}" : "{}")));
        lastId = State.Grids.Max(grid => grid.Id);
        codes.UnionWith(State.Grids.Select(grid => grid.Code));
    }

    public PlanState State { get; private set; }

    public EditContext Context => new(() => ++lastId, codes.Contains, DefectRules.Default);

    /// <summary>Does an edit that must succeed, and goes on from its result.</summary>
    public EditResult Do(PlanEdit edit)
    {
        var outcome = edit.Apply(State, Context);
        var result = Assert.IsType<EditResult>(outcome);
        codes.UnionWith(result.Changes.Where(change => change.After is not null).Select(change => change.After!.Code));
        State = result.State;
        return result;
    }

    /// <summary>Tries an edit that must be refused.</summary>
    public EditRefusal Refused(PlanEdit edit) => Assert.IsType<EditRefusal>(edit.Apply(State, Context));

    /// <summary>Tries any edit, and goes on from its result if it is done.</summary>
    public EditOutcome Try(PlanEdit edit)
    {
        var outcome = edit.Apply(State, Context);
        if (outcome is EditResult result)
        {
            codes.UnionWith(result.Changes.Where(change => change.After is not null).Select(change => change.After!.Code));
            State = result.State;
        }
        return outcome;
    }

    public PlannedGrid Grid(string code) => State.FindByCode(code) ?? throw new ArgumentException($"No {code}.");

    public static LatticePoint[] Line(string wkt) => [.. TestPlane.Wkt(wkt).Coordinates.Select(LatticePoint.From)];

    public static LatticePoint At(double x, double y) => LatticePoint.FromDegrees(x * TestPlane.Unit, y * TestPlane.Unit);

    public static MultiPolygon Area(string wkt)
    {
        var geometry = TestPlane.Wkt(wkt);
        return Lattice.Factory.CreateMultiPolygon([.. Enumerable.Range(0, geometry.NumGeometries).Select(i =>
            Lattice.Factory.CreatePolygon([.. ((Polygon)geometry.GetGeometryN(i)).Shell.Coordinates.Select(point => LatticePoint.From(point).ToCoordinate())]))]);
    }

    /// <summary>Polygons as WKT in the units of the test plane, by code.</summary>
    public string Shape(string code) => TestPlane.ToWkt(Grid(code).Polygon);

    /// <summary>Everything that is stored of a state.</summary>
    public static string Bytes(PlanState state) => TestPlane.Bytes(state.ToShapes())
        + string.Join('\n', state.Grids.OrderBy(grid => grid.Id).Select(grid => $"{grid.Id} {grid.Name} {grid.Kind} {grid.Attributes}"));

    /// <summary>Twice the area of each level in square lattice units.</summary>
    public static Int128[] Areas(PlanState state)
    {
        var areas = new Int128[CoverageGrid.MaxLevel + 1];
        foreach (var grid in state.Grids)
            areas[grid.Level] += TestPlane.DoubledArea(grid.Polygon);
        return areas;
    }

    /// <summary>The state read whole, from polygons only: its coverage, which must be one, and its defects.</summary>
    public static (Coverage Coverage, IReadOnlyList<Defect> Defects) Read(PlanState state)
    {
        var reading = CoverageReader.Read(state.ToShapes());
        Assert.Empty(reading.Defects);
        TestPlane.CheckSound(reading.Coverage!);
        return (reading.Coverage!, CoverageValidator.Validate(reading.Coverage!, DefectRules.Default));
    }
}
