using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Coverages;

/// <summary>
/// Outlines drawn at random on a few dozen lattice points a side, where nearly every crossing has to be rounded, edges run through
/// vertices, rings cross themselves and faces collapse: nothing in the field is as bad as this.
/// </summary>
public sealed class CoverageStressTests
{
    [Theory]
    [InlineData(1, 12, 3)]
    [InlineData(2, 12, 8)]
    [InlineData(3, 40, 5)]
    [InlineData(4, 40, 20)]
    [InlineData(5, 1000, 20)]
    public void Any_tangle_of_rings_becomes_a_sound_coverage(int seed, int side, int grids)
    {
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var inputs = Enumerable.Range(1, grids)
                .Select(id => new CoverageInput(id, $"g{id}", 1 + id % 2, id % 2 == 0 ? null : id - 1, RandomPolygon(random, side)))
                .ToArray();
            TestPlane.Build(0, inputs);
            TestPlane.Build(random.NextDouble() * 0.02, inputs);
        }
    }

    [Fact]
    public void A_noded_outline_keeps_its_area_to_a_lattice_unit_along_its_border()
    {
        var random = new Random(6);
        for (var round = 0; round < 25; round++)
        {
            var inputs = Enumerable.Range(1, 6)
                .Select(id => new CoverageInput(id, $"g{id}", 1, null, Star(random, 10_000)))
                .ToArray();
            var coverage = TestPlane.Build(0, inputs).Coverage;
            for (var grid = 0; grid < inputs.Length; grid++)
            {
                var difference = (double)(coverage.DoubledArea(grid) - Int128.Abs(TestPlane.DoubledArea(inputs[grid].Geometry!)));
                var perimeter = inputs[grid].Geometry!.Length * Lattice.UnitsPerDegree;
                Assert.InRange(Math.Abs(difference), 0, 2 * perimeter);
            }
        }
    }

    private static Polygon RandomPolygon(Random random, int side)
    {
        var points = Enumerable.Range(0, random.Next(3, 9)).Select(_ => At(random.Next(side), random.Next(side))).ToList();
        points.Add(points[0]);
        return Lattice.Factory.CreatePolygon([.. points]);
    }

    /// <summary>Points at rising angles around a middle: never crosses itself.</summary>
    private static Polygon Star(Random random, int side)
    {
        var (x, y) = (random.Next(side), random.Next(side));
        var angles = Enumerable.Range(0, 9).Select(i => (i + random.NextDouble() * 0.8) * Math.Tau / 9);
        var points = angles.Select(angle => (Angle: angle, Radius: side * (0.1 + 0.4 * random.NextDouble())))
            .Select(at => At(x + (int)(at.Radius * Math.Cos(at.Angle)), y + (int)(at.Radius * Math.Sin(at.Angle))))
            .ToList();
        points.Add(points[0]);
        return Lattice.Factory.CreatePolygon([.. points]);
    }

    private static Coordinate At(int x, int y) => new LatticePoint(x, y).ToCoordinate();
}
