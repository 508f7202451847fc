namespace GridMap.Core.Surveys;

/// <summary>
/// Which cells of a table over nested grids are not told, so that nobody is told apart: those of too few answers, and as many more that the few cannot be
/// worked out from sums and siblings. Stateless and thread safe.
/// </summary>
/// <remarks>
/// A parent less its shown children is its hidden children and what lies in none of them. So in each shown group the hidden children together, and
/// together with what lies in none, are nothing or enough; the next smallest child is hidden until they are. Inside what is hidden all is hidden.
/// </remarks>
public sealed class SmallCells
{
    private readonly IReadOnlyList<int> own;
    private readonly int least;
    private readonly int[] sums;
    private readonly bool[] hidden;

    /// <param name="parents">For each node its parent's index, which is smaller than its own; the first node is the whole, and its own parent.</param>
    /// <param name="own">For each node the answers that lie in it and in none of its children.</param>
    /// <param name="least">How many answers are enough.</param>
    public SmallCells(IReadOnlyList<int> parents, IReadOnlyList<int> own, int least)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(own.Count, parents.Count);
        (this.own, this.least) = (own, least);
        sums = [.. own];
        for (var node = parents.Count - 1; node > 0; node--)
            sums[parents[node]] += sums[node];
        hidden = new bool[parents.Count];
        hidden[0] = !IsSafe(sums[0]);
        var children = Enumerable.Range(1, parents.Count - 1).ToLookup(node => parents[node]);
        for (var node = 0; node < parents.Count; node++)
            Hide(node, [.. children[node]]);
    }

    /// <summary>Whether the figures of a node are told to nobody.</summary>
    public bool IsHidden(int node) => hidden[node];

    /// <summary>
    /// Whether the line of what lies in no grid of a level is told to nobody: it is told only where it follows from lines that are told, since beside hidden
    /// ones it would be one equation more.
    /// </summary>
    /// <param name="levels">For each node its level; 0 of the whole.</param>
    /// <param name="level">1 is outermost.</param>
    public bool IsRestHidden(IReadOnlyList<int> levels, int level) =>
        Enumerable.Range(0, hidden.Length).Any(node => hidden[node] && sums[node] > 0 && levels[node] <= level);

    private void Hide(int parent, int[] children)
    {
        if (hidden[parent])
        {
            foreach (var child in children)
                hidden[child] = true;
            return;
        }

        var apart = 0;
        foreach (var child in children.Where(child => !IsSafe(sums[child])))
        {
            hidden[child] = true;
            apart += sums[child];
        }

        foreach (var next in children.Where(child => !hidden[child] && sums[child] > 0).OrderBy(child => sums[child]).ThenBy(child => child))
        {
            if (IsSafe(apart) && IsSafe(apart + own[parent]))
                break;
            hidden[next] = true;
            apart += sums[next];
        }
    }

    private bool IsSafe(int answers) => answers == 0 || answers >= least;
}
