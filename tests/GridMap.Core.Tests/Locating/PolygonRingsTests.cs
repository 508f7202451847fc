using GridMap.Core.Coordinates;
using GridMap.Core.Ewkb;
using GridMap.Core.Grids;
using GridMap.Core.Locating;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Locating;

/// <summary>Rings short and long, packed and not, with a hole and a second part, against one edge after the other.</summary>
public class PolygonRingsTests
{
    private static readonly LonLat Middle = new LonLat(113.1, 22.9).Snap();

    // A run has 32 edges, and a ring of up to two of them no boxes: the sizes around these, and fewer than a vector holds.
    public static TheoryData<int, bool> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, bool>();
            foreach (var corners in (int[])[3, 4, 5, 7, 8, 31, 32, 33, 63, 64, 65, 96, 97, 1_000])
            {
                sizes.Add(corners, false);
                sizes.Add(corners, true);
            }
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Where_a_point_lies_is_what_the_plain_way_says(int corners, bool isPacked)
    {
        var polygon = Create(corners, isPacked);
        var rings = PolygonRings.Of(polygon);
        foreach (var point in Around(polygon, seed: corners))
        {
            var expected = SimplePointInAreaLocator.Locate(point.ToCoordinate(), polygon);
            Assert.Equal(expected, rings.Locate(point));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Distance_is_the_least_of_all_edges(int corners, bool isPacked)
    {
        var polygon = Create(corners, isPacked);
        var rings = PolygonRings.Of(polygon);
        foreach (var point in Around(polygon, seed: corners))
        {
            var position = point.ToLonLat();
            var surroundings = new Surroundings(position);
            var expected = LocalPlane.At(position).DistanceToGeometry(polygon.Boundary);
            var distance = surroundings.DistanceToBorder(rings);
            Assert.Equal(expected, distance, tolerance: 1e-6);
            Assert.Equal(distance, surroundings.DistanceToBorder(rings, limit: distance));
            Assert.True(surroundings.DistanceToBorder(rings, limit: distance / 2) >= distance);
            Assert.Equal(rings.Locate(point) == Location.Exterior ? distance : 0, surroundings.DistanceTo(rings));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Four_edges_at_once_have_the_same_bits_as_one_by_one(int corners, bool isPacked)
    {
        var rings = PolygonRings.Of(Create(corners, isPacked));
        var distance = new EdgeDistance(Lattice.ToUnits(Middle.Lon) + 17, Lattice.ToUnits(Middle.Lat) - 4_711, 0.00077, 0.00083);
        for (var i = 0; i < rings.Count; i++)
        {
            for (var run = 0; run < rings[i].Runs; run++)
                Assert.Equal(distance.SquaredToNearestOneByOne(rings[i].Run(run)), distance.SquaredToNearest(rings[i].Run(run)));
        }
    }

    [Fact]
    public void An_edge_that_is_a_point_is_as_far_as_the_point()
    {
        double[] ordinates = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        var distance = new EdgeDistance(0, 0, 1 / Lattice.UnitsPerDegree, 1 / Lattice.UnitsPerDegree);
        Assert.Equal(2, distance.SquaredToNearest(ordinates));
        Assert.Equal(2, distance.SquaredToNearestOneByOne(ordinates));
    }

    [Fact]
    public void All_boxes_within_a_limit_are_walked_and_no_others()
    {
        var random = new Random(5);
        var boxes = new LatticeBox[500];
        for (var i = 0; i < boxes.Length; i++)
        {
            long x = Lattice.ToUnits(Middle.Lon) + random.Next(10_000_000), y = Lattice.ToUnits(Middle.Lat) + random.Next(10_000_000);
            boxes[i] = new LatticeBox(x, y, x + random.Next(300_000), y + random.Next(300_000));
        }
        var tree = new EnvelopeTree(boxes);
        var surroundings = new Surroundings(Middle);
        foreach (var limit in (double[])[0, 500, 2_000, 8_000, double.PositiveInfinity])
        {
            var walked = new List<int>();
            var walk = tree.Approaching(surroundings);
            while (walk.MoveNext(limit))
                walked.Add(walk.Current);
            Assert.Equal(Enumerable.Range(0, boxes.Length).Where(i => surroundings.DistanceTo(boxes[i]) <= limit), walked.Order());
        }
        Assert.False(new EnvelopeTree([]).Approaching(surroundings).MoveNext(double.PositiveInfinity));
    }

    /// <summary>A star with a hole like it, and a triangle beside.</summary>
    private static MultiPolygon Create(int corners, bool isPacked)
    {
        var random = new Random(corners);
        return Lattice.Factory.CreateMultiPolygon(
        [
            Lattice.Factory.CreatePolygon(Ring(Star(0, 1_000_000)), [Ring(Star(0, 300_000))]),
            Lattice.Factory.CreatePolygon(Ring(Star(3_000_000, 500_000).Take(3).ToArray())),
        ]);

        LatticePoint[] Star(long east, int radius) => [.. Enumerable.Range(0, corners).Select(i =>
        {
            var angle = 2 * Math.PI * i / corners;
            var length = radius * (0.7 + 0.3 * random.NextDouble());
            return new LatticePoint(
                Lattice.ToUnits(Middle.Lon) + east + (long)(length * Math.Cos(angle)), Lattice.ToUnits(Middle.Lat) + (long)(length * Math.Sin(angle)));
        })];

        LinearRing Ring(LatticePoint[] open)
        {
            LatticePoint[] closed = [.. open, open[0]];
            return isPacked ? PackedPolygons.Ring(closed) : Lattice.Factory.CreateLinearRing(Array.ConvertAll(closed, point => point.ToCoordinate()));
        }
    }

    private static IEnumerable<LatticePoint> Around(MultiPolygon polygon, int seed)
    {
        var random = new Random(seed);
        GridShape[] grids = [new(1, "a", 1, null, polygon)];
        var onEdges = TestPoints.OnEdges(random, grids, 60);
        return [
            .. TestPoints.Anywhere(random, grids, 120).Select(LatticePoint.From),
            .. onEdges,
            .. TestPoints.OneUnitBeside(random, onEdges).Select(LatticePoint.From),
        ];
    }
}
