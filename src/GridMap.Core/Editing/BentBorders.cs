using GridMap.Core.Coordinates;
using GridMap.Core.Coverages;

namespace GridMap.Core.Editing;

/// <summary>Leads borders the way that edges were led where something was drawn over them. Immutable and thread safe once made.</summary>
internal sealed class BentBorders
{
    private readonly Dictionary<(LatticePoint From, LatticePoint To), List<LatticePoint>> between = [];

    public BentBorders(IReadOnlyList<BentEdge> bent)
    {
        for (var i = 0; i < bent.Count; i++)
        {
            var key = (bent[i].From, bent[i].To);
            if (i == 0 || key != (bent[i - 1].From, bent[i - 1].To))
                between[key] = [];
            between[key].Add(bent[i].Pixel);
        }
        foreach (var ((from, to), points) in between.ToList())
            between.TryAdd((to, from), [.. points.AsEnumerable().Reverse()]);
    }

    /// <summary>The points of an edge after its start, its end the last.</summary>
    public IEnumerable<LatticePoint> Lead(LatticePoint from, LatticePoint to)
    {
        if (!between.TryGetValue((from, to), out var points))
            return [to];
        var line = new List<LatticePoint>();
        foreach (var point in points.Append(to))
        {
            line.AddRange(Lead(from, point));
            from = point;
        }
        return line;
    }
}
