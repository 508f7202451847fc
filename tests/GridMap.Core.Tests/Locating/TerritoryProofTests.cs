using GridMap.Bench.Territories;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using BenchPoints = GridMap.Bench.Territories.Points;

namespace GridMap.Core.Tests.Locating;

/// <summary>
/// The bench's city against NetTopologySuite, through the public entry: points anywhere, as GPS gives them and not on the lattice; and
/// adversarial ones. `make prove` asks for ten million and five million.
/// </summary>
public class TerritoryProofTests
{
    private const int Chunk = 100_000;

    private static readonly bool AtFullSize = Environment.GetEnvironmentVariable("GRIDMAP_PROVE") == "1";

    [Fact]
    public void Random_and_adversarial_points_of_a_city_are_answered_as_by_NetTopologySuite()
    {
        var plan = AtFullSize ? TerritoryPlan.City : TerritoryPlan.Quarter;
        var grids = Territory.Create(plan);
        var (locator, reference) = (new GridLocator(grids), new IndexedNtsLocator(grids));
        var random = new Random(1);
        for (var i = 0; i < (AtFullSize ? 100 : 2); i++)
            Compare(locator, reference, BenchPoints.Anywhere(plan, Chunk, seed: i));
        for (var i = 0; i < (AtFullSize ? 50 : 2); i++)
            Compare(locator, reference, Adversarial(random, grids));
    }

    /// <summary>A fifth each: on vertices and edges, one unit beside them, on sides of cells, one unit beside those, and off the lattice around all.</summary>
    private static LonLat[] Adversarial(Random random, IReadOnlyList<GridShape> grids)
    {
        var onEdges = TestPoints.OnEdges(random, grids, Chunk / 5);
        var onSides = OnSides(random, onEdges, grids);
        LonLat[] exact =
        [
            .. onEdges.Select(p => p.ToLonLat()), .. TestPoints.OneUnitBeside(random, onEdges),
            .. onSides.Select(p => p.ToLonLat()), .. TestPoints.OneUnitBeside(random, onSides),
        ];
        const double unit = 1 / Lattice.UnitsPerDegree;
        return [.. exact, .. exact.Where(_ => random.Next(4) == 0).Select(p =>
            new LonLat(p.Lon + (random.NextDouble() - 0.5) * unit, p.Lat + (random.NextDouble() - 0.5) * unit))];
    }

    /// <summary>Moves points near borders onto sides of cells: to multiples of powers of two from the corner where cells are counted from.</summary>
    private static LatticePoint[] OnSides(Random random, LatticePoint[] points, IReadOnlyList<GridShape> grids)
    {
        var box = grids.Aggregate(LatticeBox.Empty, (all, grid) => all.Union(LatticeRings.BoxOf(grid.Polygon)));
        var frame = Core.Locating.Cells.CellFrame.Around(box, mostCells: 1);
        return Array.ConvertAll(points, point =>
        {
            var mask = -1L << random.Next(6, 19);
            return random.Next(2) == 0
                ? point with { X = ((point.X - frame.OriginX) & mask) + frame.OriginX }
                : point with { Y = ((point.Y - frame.OriginY) & mask) + frame.OriginY };
        });
    }

    private static void Compare(GridLocator locator, IndexedNtsLocator reference, LonLat[] points)
    {
        var innermost = new int[points.Length];
        locator.LocateInnermost(points, innermost);
        for (var i = 0; i < points.Length; i++)
        {
            var (expected, answer) = (reference.Locate(points[i]), locator.Locate(points[i]));
            if (expected.Grid != answer.Grid || expected.Match != answer.Match || expected.Grid != innermost[i])
                Assert.Fail($"{points[i]}: {answer.Match} {answer.Grid}, together {innermost[i]}, but NetTopologySuite says {expected.Match} {expected.Grid}");
        }
    }
}
