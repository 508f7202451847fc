namespace GridMap.Core.Posters;

/// <summary>Where a line meets rings. Stateless.</summary>
internal static class Scan
{
    /// <summary>The places, rising, where a level line crosses rings: by the even-odd rule what lies between the first and the second is inside, and so on.</summary>
    /// <param name="rings">Closed, the last point not repeated.</param>
    /// <param name="y">Of the line.</param>
    /// <param name="crossings">Is emptied and filled.</param>
    public static void Across(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings, double y, List<double> crossings)
    {
        crossings.Clear();
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
                if (a.Y <= y != b.Y <= y)
                    crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
            }
        }

        crossings.Sort();
    }
}
