namespace GridMap.Township.Grouping;

/// <summary>Shares a whole number out by weight (largest remainders), with at least a given number to each.</summary>
internal static class Shares
{
    public static int[] Of(int total, IReadOnlyList<double> weights, int least = 1, Func<int, int>? most = null)
    {
        var got = new int[weights.Count];
        Array.Fill(got, least);
        var left = total - least * weights.Count;
        if (left < 0)
            throw new ArgumentException($"{total} is too few for {weights.Count} parts of at least {least}.", nameof(total));
        for (; left > 0; left--)
        {
            var next = -1;
            for (var i = 0; i < got.Length; i++)
            {
                if ((most is null || got[i] < most(i)) && (next < 0 || weights[i] / (got[i] + 0.5) > weights[next] / (got[next] + 0.5)))
                    next = i;
            }

            if (next < 0)
                throw new ArgumentException("The limits leave no room for the total.", nameof(most));
            got[next]++;
        }

        return got;
    }
}
