using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GridMap.Core.Tests.Coordinates;

public class EllipsoidalAreaTests
{
    // Made with PostGIS 3.3.2: ST_Area(ST_Segmentize(ST_SetSRID(g, 4490), d)::geography), d = 0.00002 degree for the block,
    // 0.001 for the province, 0.0001 for the others. Halving d moves most by less than 1e-9 of themselves and the small
    // ones by some square centimetres, both ways: PostGIS rounds sums of large terms.
    [Theory]
    [InlineData("POLYGON((114.0571 22.5431,114.0579 22.5432,114.0578 22.5439,114.0571 22.5431))", 3246.41603243968)] // block
    [InlineData("POLYGON((113.9365 22.5354,113.9612 22.5287,113.9788 22.5411,113.9702 22.5603,113.9521 22.5668,113.9398 22.5522,113.9365 22.5354))", 12037548.634090556)] // village
    [InlineData("POLYGON((121.4 31.1,121.52 31.08,121.61 31.15,121.58 31.27,121.47 31.3,121.38 31.22,121.4 31.1))", 387850585.39604056)] // township
    [InlineData("POLYGON((121.4 31.1,121.52 31.08,121.61 31.15,121.58 31.27,121.47 31.3,121.38 31.22,121.4 31.1),(121.45 31.15,121.49 31.22,121.53 31.16,121.45 31.15))", 360370600.5728019)] // township_with_hole
    [InlineData("MULTIPOLYGON(((110.3 20,110.35 20,110.33 20.04,110.3 20)),((110.4 20.01,110.46 20.02,110.41 20.07,110.4 20.01)))", 31853269.57462867)] // two_parts
    [InlineData("POLYGON((104 30,104.4 30.3,104.4001 30.3,104.0001 30,104 30))", 320395.49171750806)] // strip
    [InlineData("POLYGON((122 53,122.5 53.1,122.4 53.5,122.1 53.4,122 53))", 1188993099.6132905)] // mohe
    [InlineData("POLYGON((100 25,103 24,104.5 27,101 28.5,100 25))", 134261389185.00409)] // province
    [InlineData("POLYGON((105 -0.3,105.4 -0.2,105.3 0.4,105 -0.3))", 1538628308.065233)] // equator
    [InlineData("POLYGON((172.5 -43.6,172.8 -43.5,172.6 -43.3,172.5 -43.6))", 359619342.02238065)] // south
    [InlineData("POLYGON((20 84,20.4 84.1,20.3 84.5,20 84))", 107147298.65715238)] // arctic
    [InlineData("POLYGON((-70.5 -33.5,-70.4 -33.6,-70.3 -33.4,-70.5 -33.5))", 154595272.33965337)] // west
    public void Areas_agree_with_PostGIS_on_densified_polygons(string wkt, double squareMetres)
    {
        var area = EllipsoidalArea.SquareMetres(new WKTReader().Read(wkt));
        var tolerance = squareMetres * 2e-9 + 0.005;
        Assert.InRange(area, squareMetres - tolerance, squareMetres + tolerance);
    }

    [Theory]
    [InlineData(114, 30, 114.25, 30.4)]
    [InlineData(114, -0.2, 114.5, 0.3)]
    [InlineData(20, 84, 20.5, 84.5)]
    [InlineData(100, 20, 130, 50)] // far longer than an edge of the lattice
    [InlineData(114, 30, 114.0001, 30.0001)]
    public void A_quadrangle_between_parallels_and_meridians_has_its_analytic_area(double west, double south, double east, double north)
    {
        var quadrangle = Box(west, south, east, north);
        var expected = double.DegreesToRadians(east - west) * IntegralOfTheZone(south, north);
        Assert.InRange(EllipsoidalArea.SquareMetres(quadrangle), expected * (1 - 1e-10) - 1e-5, expected * (1 + 1e-10) + 1e-5);
    }

    [Fact]
    public void A_triangle_with_a_slanting_edge_has_the_area_of_its_strips()
    {
        const double South = 30, Height = 0.5, Width = 0.5;
        const int Strips = 2000;
        var triangle = new WKTReader().Read("POLYGON((114 30,114.5 30,114.5 30.5,114 30))");
        double expected = 0;
        for (var i = 0; i < Strips; i++)
        {
            // The strip at the height h is Width - h * Width / Height wide, in its middle.
            double low = South + Height * i / Strips, high = South + Height * (i + 1) / Strips;
            expected += double.DegreesToRadians(Width * (1 - (i + 0.5) / Strips)) * IntegralOfTheZone(low, high);
        }

        Assert.Equal(1, EllipsoidalArea.SquareMetres(triangle) / expected, 9);
    }

    [Fact]
    public void An_edge_reversed_is_exactly_its_negative()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            LatticePoint a = NearWuhan(random, i % 2 == 0 ? 1000 : 1L << 29), b = NearWuhan(random, i % 2 == 0 ? 1000 : 1L << 29);
            Assert.Equal(-EllipsoidalArea.EdgeIntegral(a, b), EllipsoidalArea.EdgeIntegral(b, a));
        }
    }

    [Fact]
    public void Areas_of_triangles_add_up_exactly_to_the_area_of_the_fan_they_make()
    {
        var random = new Random(12);
        for (var round = 0; round < 50; round++)
        {
            var center = NearWuhan(random, 1 << 20);
            var corners = Enumerable.Range(0, 40)
                .Select(i => (Angle: i * Math.Tau / 40, Radius: 1e6 * (1 + random.NextDouble())))
                .Select(p => new LatticePoint(center.X + (long)(p.Radius * Math.Cos(p.Angle)), center.Y + (long)(p.Radius * Math.Sin(p.Angle))))
                .ToArray();
            Int128 parts = 0;
            for (var i = 0; i < corners.Length; i++)
                parts += EllipsoidalArea.SquareMillimetres(Ring(center, corners[i], corners[(i + 1) % corners.Length]));
            Assert.Equal(EllipsoidalArea.SquareMillimetres(Ring(corners)), parts);
        }
    }

    [Fact]
    public void Cells_of_a_shaken_lattice_add_up_exactly_in_any_order()
    {
        const int Side = 24;
        var random = new Random(13);
        var corners = new LatticePoint[Side + 1, Side + 1];
        for (var i = 0; i <= Side; i++)
        {
            for (var j = 0; j <= Side; j++)
                corners[i, j] = new LatticePoint((114L << 27) + i * 10_000 + random.Next(4000), (30L << 27) + j * 10_000 + random.Next(4000));
        }

        var cells = new List<Int128>();
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
                cells.Add(EllipsoidalArea.SquareMillimetres(Ring(corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1])));
        }

        var border = Enumerable.Range(0, Side).Select(i => corners[i, 0])
            .Concat(Enumerable.Range(0, Side).Select(j => corners[Side, j]))
            .Concat(Enumerable.Range(0, Side).Select(i => corners[Side - i, Side]))
            .Concat(Enumerable.Range(0, Side).Select(j => corners[0, Side - j]))
            .ToArray();
        var whole = EllipsoidalArea.SquareMillimetres(Ring(border));
        Assert.Equal(whole, cells.Aggregate((Int128)0, (sum, cell) => sum + cell));
        Assert.Equal(whole, cells.Order().Aggregate((Int128)0, (sum, cell) => sum + cell));
    }

    [Fact]
    public void A_counter_clockwise_ring_sums_to_plus_its_area_and_a_clockwise_one_to_minus()
    {
        LatticePoint[] ring = [LatticePoint.FromDegrees(114, 30), LatticePoint.FromDegrees(114.1, 30), LatticePoint.FromDegrees(114, 30.1)];
        var counterClockwise = Enumerable.Range(0, 3).Aggregate((Int128)0, (sum, i) => sum + EllipsoidalArea.EdgeIntegral(ring[i], ring[(i + 1) % 3]));
        Assert.Equal(EllipsoidalArea.SquareMillimetres(Ring(ring)), counterClockwise);
        Assert.True(counterClockwise > 0);
        Assert.Equal(counterClockwise, EllipsoidalArea.SquareMillimetres(Ring([.. ring.Reverse()])));
    }

    [Fact]
    public void A_hole_is_taken_off_and_emptiness_is_nothing()
    {
        var shell = EllipsoidalArea.SquareMillimetres(Box(114, 30, 114.4, 30.4));
        var hole = EllipsoidalArea.SquareMillimetres(Box(114.1, 30.1, 114.2, 30.2));
        var holed = new WKTReader().Read(
            "POLYGON((114 30,114.4 30,114.4 30.4,114 30.4,114 30),(114.1 30.1,114.2 30.1,114.2 30.2,114.1 30.2,114.1 30.1))");
        Assert.Equal(shell - hole, EllipsoidalArea.SquareMillimetres(holed));
        Assert.Equal(0, EllipsoidalArea.SquareMetres(Polygon.Empty));
        Assert.Equal(0, EllipsoidalArea.SquareMetres(MultiPolygon.Empty));
        Assert.Throws<ArgumentException>(() => EllipsoidalArea.SquareMetres(Point.Empty));
    }

    [Fact]
    public void Fifteen_mu_are_a_hectare() => Assert.Equal(15, EllipsoidalArea.ToMu(10_000), 12);

    /// <summary>The area between two parallels per radian of longitude, by Simpson's rule on the radii of curvature.</summary>
    private static double IntegralOfTheZone(double south, double north)
    {
        const int Steps = 400;
        double from = double.DegreesToRadians(south), width = double.DegreesToRadians(north - south) / Steps, sum = 0;
        for (var i = 0; i <= Steps; i++)
        {
            var latitude = from + i * width;
            var weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Ellipsoid.MeridianRadius(latitude) * Ellipsoid.PrimeVerticalRadius(latitude) * Math.Cos(latitude);
        }

        return sum * width / 3;
    }

    private static Polygon Box(double west, double south, double east, double north) =>
        (Polygon)new GeometryFactory().ToGeometry(new Envelope(west, east, south, north));

    private static Polygon Ring(params LatticePoint[] points) =>
        Lattice.Factory.CreatePolygon([.. points.Append(points[0]).Select(point => point.ToCoordinate())]);

    private static LatticePoint NearWuhan(Random random, long units) =>
        new((114L << 27) + random.NextInt64(-units, units), (30L << 27) + random.NextInt64(-units, units));
}
