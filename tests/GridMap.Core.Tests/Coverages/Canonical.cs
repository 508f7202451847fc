using GridMap.Core.Coordinates;
using NetTopologySuite.Geometries;

namespace GridMap.Core.Tests.Coverages;

/// <summary>What is expected of every polygon that a coverage derives, by checks that share nothing with how it does so.</summary>
internal static class Canonical
{
    public static void Check(MultiPolygon polygon)
    {
        Assert.True(polygon.IsValid, polygon.ToString());
        Assert.Equal(Lattice.Srid, polygon.SRID);
        var starts = new List<Coordinate[]>();
        foreach (var part in polygon.Geometries.Cast<Polygon>())
        {
            CheckRing(part.Shell, counterClockwise: true);
            foreach (var hole in part.Holes)
                CheckRing(hole, counterClockwise: false);
            CheckSorted([.. part.Holes.Select(hole => hole.Coordinates)]);
            starts.Add(part.Shell.Coordinates);
        }
        CheckSorted(starts);
    }

    private static void CheckRing(LinearRing ring, bool counterClockwise)
    {
        Assert.Equal(counterClockwise, ring.IsCCW);
        Assert.All(ring.Coordinates, point => Assert.True(new LonLat(point.X, point.Y).IsOnLattice));
        Assert.Equal(ring.Coordinates.Min(), ring.Coordinates[0]);
        Assert.Equal(ring.Coordinates[0], ring.Coordinates[^1]);
        Assert.Equal(ring.NumPoints - 1, ring.Coordinates.Distinct().Count());
    }

    private static void CheckSorted(List<Coordinate[]> rings)
    {
        for (var i = 1; i < rings.Count; i++)
        {
            var differs = rings[i - 1].Zip(rings[i]).SkipWhile(pair => pair.First.Equals2D(pair.Second)).ToList();
            Assert.True(differs.Count > 0 && differs[0].First.CompareTo(differs[0].Second) < 0);
        }
    }
}
