using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>Lengths of lines in metres.</summary>
internal static class LineMetres
{
    /// <summary>The length of a line on the local plane at its start; edges of borders are far shorter than that plane is good for.</summary>
    public static double Of(ReadOnlySpan<LatticePoint> line)
    {
        var plane = LocalPlane.At(line[0].ToLonLat());
        var (east, north) = (plane.MetresPerDegreeEast / Lattice.UnitsPerDegree, plane.MetresPerDegreeNorth / Lattice.UnitsPerDegree);
        var sum = 0.0;
        for (var i = 1; i < line.Length; i++)
        {
            var (x, y) = ((line[i].X - line[i - 1].X) * east, (line[i].Y - line[i - 1].Y) * north);
            sum += Math.Sqrt(x * x + y * y);
        }
        return sum;
    }
}
