namespace GridMap.Core.Coverages;

/// <summary>Which of the numbers 0 to n-1 have been joined (union-find with path halving). Not thread safe.</summary>
internal sealed class DisjointSets
{
    private readonly int[] parents;

    public DisjointSets(int count)
    {
        parents = new int[count];
        for (var i = 0; i < count; i++)
            parents[i] = i;
    }

    /// <summary>The number that stands for all those joined with the given one: the smallest of them.</summary>
    public int Find(int item)
    {
        while (parents[item] != item)
            item = parents[item] = parents[parents[item]];
        return item;
    }

    /// <summary>Joins two; true when they were apart.</summary>
    public bool Union(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b)
            return false;
        if (a < b)
            parents[b] = a;
        else
            parents[a] = b;
        return true;
    }
}
