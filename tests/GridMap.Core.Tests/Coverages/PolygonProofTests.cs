using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GridMap.Core.Tests.Coverages;

/// <summary>The proof of validity against NetTopologySuite's general test, on small lattices where rings touch and cross all the time.</summary>
public sealed class PolygonProofTests
{
    [Fact]
    public void What_is_proved_is_valid_and_what_is_valid_with_rings_apart_is_proved()
    {
        var random = new Random(20261126);
        var (proved, invalid) = (0, 0);
        for (var i = 0; i < 60_000; i++)
        {
            LatticePoint[][] rings = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(ring => Ring(random, ring == 0 ? 12 : 5))];
            if (rings.Any(ring => ring.Distinct().Count() < 3))
                continue;
            var isValid = new IsValidOp(ToPolygon(rings)).IsValid;
            var isProved = PolygonProof.IsValid(rings);
            if (isProved)
                Assert.True(isValid, ToPolygon(rings).ToString());
            else if (isValid)
                Assert.True(HasTouch(rings), ToPolygon(rings).ToString());
            proved += isProved ? 1 : 0;
            invalid += isValid ? 0 : 1;
        }

        Assert.True(proved > 2_000 && invalid > 2_000, $"{proved} proved, {invalid} invalid: the draw has become one-sided.");
    }

    [Fact]
    public void A_comb_of_a_thousand_teeth_is_left_to_the_general_test()
    {
        var points = new List<LatticePoint>();
        for (var tooth = 0; tooth < 2000; tooth++)
            points.AddRange(tooth % 2 == 0 ? [new LatticePoint(0, tooth * 2), new LatticePoint(9000, tooth * 2 + 1)] : [new LatticePoint(8999, tooth * 2), new LatticePoint(1, tooth * 2 + 1)]);
        points.AddRange([new LatticePoint(-5, 4001), new LatticePoint(-5, 0), new LatticePoint(0, 0)]);
        Assert.False(PolygonProof.IsValid([[.. points]]));
    }

    private static LatticePoint[] Ring(Random random, int size)
    {
        // In order of angle most of the time, so that half of them are simple.
        var points = Enumerable.Range(0, 3 + random.Next(4)).Select(_ => new LatticePoint(random.Next(size), random.Next(size))).ToList();
        if (random.Next(4) > 0)
            points = [.. points.OrderBy(point => Math.Atan2(point.Y - size / 2.0 + 0.25, point.X - size / 2.0 + 0.125))];
        points.Add(points[0]);
        for (var i = points.Count - 1; i > 0; i--)
        {
            if (points[i] == points[i - 1])
                points.RemoveAt(i);
        }

        return points.Count < 2 ? [points[0], points[0]] : [.. points];
    }

    private static bool HasTouch(LatticePoint[][] rings)
    {
        for (var one = 0; one < rings.Length; one++)
        {
            for (var other = one + 1; other < rings.Length; other++)
            {
                if (Line(rings[one]).Intersects(Line(rings[other])))
                    return true;
            }
        }

        return false;
    }

    private static LineString Line(LatticePoint[] ring) => Lattice.Factory.CreateLineString(Array.ConvertAll(ring, point => new Coordinate(point.X, point.Y)));

    private static Polygon ToPolygon(LatticePoint[][] rings)
    {
        LinearRing[] linear = [.. rings.Select(ring => Lattice.Factory.CreateLinearRing(Array.ConvertAll(ring, point => new Coordinate(point.X, point.Y))))];
        return Lattice.Factory.CreatePolygon(linear[0], linear[1..]);
    }
}
