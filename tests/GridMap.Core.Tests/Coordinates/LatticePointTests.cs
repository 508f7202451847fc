using System.Numerics;
using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Coordinates;

public class LatticePointTests
{
    [Fact]
    public void A_point_survives_the_way_through_degrees_and_back()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var point = AnywhereOnEarth(random);
            Assert.Equal(point, LatticePoint.From(point.ToLonLat()));
            Assert.Equal(point, LatticePoint.From(point.ToCoordinate()));
            Assert.True(point.ToLonLat().IsOnLattice);
        }
    }

    [Fact]
    public void Longitude_180_is_minus_180()
    {
        Assert.Equal(LatticePoint.FromDegrees(-180, 10), LatticePoint.FromDegrees(180, 10));
        Assert.Equal(LatticePoint.From(new LonLat(180, 10).Snap()), LatticePoint.From(new Coordinate(180 - 1e-9, 10)));
    }

    [Fact]
    public void Nine_decimals_bring_every_point_back()
    {
        var random = new Random(2);
        for (var i = 0; i < 10_000; i++)
        {
            var point = AnywhereOnEarth(random);
            var (lon, lat) = point.ToLonLat();
            Assert.Equal(point, LatticePoint.FromDegrees(double.Parse(lon.ToString("F9")), double.Parse(lat.ToString("F9"))));
        }
    }

    [Fact]
    public void Points_are_ordered_by_x_then_y()
    {
        LatticePoint[] points = [new(2, 0), new(1, 5), new(1, -5), new(-3, 9)];
        Array.Sort(points);
        Assert.Equal([new(-3, 9), new(1, -5), new(1, 5), new(2, 0)], points);
        Assert.True(points[0] < points[1]);
        Assert.True(points[2] > points[1]);
        Assert.True(points[2] >= points[2] && points[2] <= points[2]);
    }

    [Theory]
    [InlineData(4)] // small differences: many exact ties
    [InlineData(1L << 28)] // up to the limit of the long branch
    [InlineData(1L << 32)] // a continent: the wide branch
    public void Orientation_equals_the_sign_of_the_big_integer_determinant(long scale)
    {
        var random = new Random(3);
        var signs = new HashSet<int>();
        for (var i = 0; i < 20_000; i++)
        {
            LatticePoint a = Near(random, scale), b = Near(random, scale), c = Near(random, scale);
            if (i % 3 == 0) // an exact tie: a, b and c on one line
                c = new LatticePoint(2 * b.X - a.X, 2 * b.Y - a.Y);
            if (i % 3 == 1) // one unit beside it
                c = new LatticePoint(2 * b.X - a.X + 1, 2 * b.Y - a.Y);
            var expected = ((BigInteger)(b.X - a.X) * (c.Y - a.Y) - (BigInteger)(b.Y - a.Y) * (c.X - a.X)).Sign;
            Assert.Equal(expected, LatticePredicates.Orientation(a, b, c));
            Assert.Equal(-expected, LatticePredicates.Orientation(b, a, c));
            signs.Add(expected);
        }

        Assert.Equal(3, signs.Count);
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(0, 0, true)]
    [InlineData(10, 10, true)]
    [InlineData(11, 11, false)]
    [InlineData(-1, -1, false)]
    [InlineData(5, 6, false)]
    public void A_point_is_on_a_segment_only_between_its_ends(long x, long y, bool expected)
    {
        Assert.Equal(expected, LatticePredicates.IsOnSegment(new(x, y), new(0, 0), new(10, 10)));
        Assert.Equal(expected, LatticePredicates.IsOnSegment(new(x, y), new(10, 10), new(0, 0)));
    }

    [Fact]
    public void Cross_products_around_a_square_sum_to_twice_its_area_wherever_it_lies()
    {
        const long West = 150L << 27, South = 80L << 27, Side = 1000;
        LatticePoint[] ring = [new(West, South), new(West + Side, South), new(West + Side, South + Side), new(West, South + Side)];
        Int128 doubled = 0, reversed = 0;
        for (var i = 0; i < 4; i++)
        {
            doubled += LatticePredicates.Cross(ring[i], ring[(i + 1) % 4]);
            reversed += LatticePredicates.Cross(ring[(i + 1) % 4], ring[i]);
        }

        Assert.Equal(2 * Side * Side, doubled);
        Assert.Equal(-doubled, reversed);
    }

    private static LatticePoint AnywhereOnEarth(Random random) =>
        new(random.NextInt64(-180L << 27, 180L << 27), random.NextInt64(-90L << 27, (90L << 27) + 1));

    private static LatticePoint Near(Random random, long scale) => new(random.NextInt64(-scale, scale), random.NextInt64(-scale, scale));
}
