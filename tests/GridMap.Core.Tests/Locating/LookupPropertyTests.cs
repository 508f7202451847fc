using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace GridMap.Core.Tests.Locating;

/// <summary>Full answers against slow oracles: every grid's distance by the local plane, shares by overlay with a circle of thousands of corners.</summary>
public class LookupPropertyTests
{
    private static readonly GridShape[] Grids = NestedCoverage.Create(seed: 11, faces: 200, levels: 3, coarseness: 64);
    private static readonly GridLocator Locator = new(Grids);

    [Fact]
    public void Nearest_is_never_beaten_by_another_grid()
    {
        var random = new Random(12);
        var outside = TestPoints.Anywhere(random, Grids, 2_000).Where(p => Locator.Locate(p).Match == PointMatch.Outside).Take(100).ToList();
        Assert.Equal(100, outside.Count);
        foreach (var point in outside)
        {
            var nearest = Lookup.Answer(Locator, point).Nearest!.Value;
            var distances = DistancesFrom(point);
            Assert.Equal(distances.Min(), nearest.Distance, tolerance: 0.001);
            var deepest = Enumerable.Range(0, Grids.Length).Where(i => distances[i] <= distances.Min() + 0.001)
                .OrderByDescending(i => Grids[i].Level).ThenBy(i => Grids[i].Code, StringComparer.Ordinal).First();
            Assert.Equal(Grids[deepest].Code, Grids[nearest.Grid].Code);
        }
    }

    [Fact]
    public void Border_distance_is_that_of_the_answering_grids_rings()
    {
        var random = new Random(13);
        foreach (var point in TestPoints.Anywhere(random, Grids, 300))
        {
            var answer = Lookup.Answer(Locator, point);
            if (answer.Location.Grid >= 0)
                Assert.Equal(LocalPlane.At(point).DistanceToGeometry(Grids[answer.Location.Grid].Polygon.Boundary), answer.BorderDistance!.Value, tolerance: 1e-6);
        }
    }

    [Fact]
    public void Candidates_and_shares_are_those_of_the_circle()
    {
        var random = new Random(14);
        var onEdges = TestPoints.OnEdges(random, Grids, 40).Select(p => p.ToLonLat());
        var levels = new HashSet<int>();
        foreach (var point in onEdges.Concat(TestPoints.Anywhere(random, Grids, 160)))
        {
            var radius = Math.Pow(10, 1 + 2.4 * random.NextDouble());
            var answer = Lookup.Answer(Locator, point, radius);
            levels.UnionWith(answer.Candidates.Select(c => Grids[c.Grid].Level));

            var distances = DistancesFrom(point);
            Assert.Equal(Within(distances, radius, answer.Location.Grid), answer.Candidates.Select(c => c.Grid).Order());
            Assert.All(answer.Candidates, c => Assert.Equal(distances[c.Grid], c.Distance, tolerance: 1e-6));
            Assert.Equal(answer.Candidates.OrderBy(c => c.Distance), answer.Candidates);
            if (answer.Location.Grid >= 0)
                Assert.Equal(answer.Location.Grid, answer.Candidates[0].Grid);

            Assert.Equal(1m, answer.Candidates.Sum(c => c.Share!.Value) + answer.OutsideShare!.Value);
            AssertShares(answer, point, radius);
        }
        Assert.Equal([2, 3], levels.Order().TakeLast(2));
    }

    private static double[] DistancesFrom(LonLat point) => Array.ConvertAll(Grids, g => LocalPlane.At(point).DistanceToGeometry(g.Polygon));

    private static IEnumerable<int> Within(double[] distances, double radius, int answer)
    {
        var reached = Enumerable.Range(0, Grids.Length).Where(i => distances[i] <= radius).ToList();
        var deepest = reached.Select(i => Grids[i].Level).DefaultIfEmpty().Max();
        return reached.Where(i => Grids[i].Level == deepest || (answer >= 0 && Grids[i].Level == Grids[answer].Level));
    }

    private static void AssertShares(LookupAnswer answer, LonLat point, double radius)
    {
        var circle = Circle(point, radius);
        var inner = answer.Candidates.Select(c => Grids[c.Grid]).ToList();
        foreach (var candidate in answer.Candidates)
        {
            var grid = Grids[candidate.Grid];
            var own = OverlayNGRobust.Overlay(circle, grid.Polygon, SpatialFunction.Intersection);
            foreach (var deeper in inner.Where(g => g.Level > grid.Level))
                own = OverlayNGRobust.Overlay(own, deeper.Polygon, SpatialFunction.Difference);
            Assert.Equal(own.Area / circle.Area, (double)candidate.Share!.Value, tolerance: 5e-6);
        }
    }

    private static Geometry Circle(LonLat point, double radius)
    {
        const int corners = 4_096;
        var plane = LocalPlane.At(point);
        var ring = Enumerable.Range(0, corners + 1).Select(i =>
        {
            var angle = 2 * Math.PI * (i % corners) / corners;
            var corner = plane.FromMetres(radius * Math.Cos(angle), radius * Math.Sin(angle));
            return new Coordinate(corner.Lon, corner.Lat);
        });
        return new GeometryFactory().CreatePolygon([.. ring]);
    }
}
