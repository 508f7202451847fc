using GridMap.Core.Coordinates;

namespace GridMap.Core.Coverages;

/// <summary>The faces of an arc set: by half-arc (arc * 2, plus 1 backwards) the face to its left; face 0 is the outside.</summary>
internal sealed record FaceTracing(int[] LeftFace, int FaceCount)
{
    /// <summary>Walks around every face and puts parts that hang together with nothing into the face around them, all exactly.</summary>
    /// <param name="arcs">Arcs that meet in nodes only.</param>
    /// <param name="sweeps">By arc: what it adds to twice the area to its left.</param>
    /// <param name="halves">Their order around the nodes.</param>
    public static FaceTracing Trace(ArcSet arcs, Int128[] sweeps, HalfArcs halves)
    {
        var (walks, areas) = Walks(sweeps, halves);
        var components = Components(arcs, halves);

        // In a connected piece every face but the one around it has a walk of positive area.
        var faceOfWalk = new int[areas.Count];
        var faceCount = 1;
        for (var walk = 0; walk < areas.Count; walk++)
            faceOfWalk[walk] = areas[walk] > 0 ? faceCount++ : 0;

        var outerWalks = new int[components.Count];
        for (var half = 0; half < halves.Count; half++)
            if (areas[walks[half]] <= 0)
                outerWalks[components.OfArc[half >> 1]] = walks[half];

        if (components.Count > 1)
            PlaceComponents(arcs, components, walks, outerWalks, faceOfWalk);

        var leftFace = new int[halves.Count];
        for (var half = 0; half < halves.Count; half++)
            leftFace[half] = faceOfWalk[walks[half]];
        return new FaceTracing(leftFace, faceCount);
    }

    private static (int[] WalkOf, List<Int128> DoubledAreas) Walks(Int128[] sweeps, HalfArcs halves)
    {
        var walkOf = new int[halves.Count];
        Array.Fill(walkOf, -1);
        var areas = new List<Int128>();
        for (var start = 0; start < halves.Count; start++)
        {
            if (walkOf[start] >= 0)
                continue;
            Int128 area = 0;
            for (var half = start; walkOf[half] < 0; half = halves.Next(half))
            {
                walkOf[half] = areas.Count;
                area += (half & 1) == 0 ? sweeps[half >> 1] : -sweeps[half >> 1];
            }
            areas.Add(area);
        }
        return (walkOf, areas);
    }

    private sealed record ComponentSet(int Count, int[] OfArc, LatticePoint[] Smallest);

    private static ComponentSet Components(ArcSet arcs, HalfArcs halves)
    {
        var sets = new DisjointSets(halves.NodeCount);
        for (var arc = 0; arc < arcs.Count; arc++)
            sets.Union(halves.Origin(arc * 2), halves.Destination(arc * 2));

        var numbers = new Dictionary<int, int>();
        var ofArc = new int[arcs.Count];
        var smallest = new List<LatticePoint>();
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var root = sets.Find(halves.Origin(arc * 2));
            if (!numbers.TryGetValue(root, out var component))
            {
                numbers.Add(root, component = smallest.Count);
                smallest.Add(arcs[arc][0]);
            }
            ofArc[arc] = component;
            foreach (var point in arcs[arc])
                if (point < smallest[component])
                    smallest[component] = point;
        }
        return new ComponentSet(smallest.Count, ofArc, [.. smallest]);
    }

    private static void PlaceComponents(ArcSet arcs, ComponentSet components, int[] walks, int[] outerWalks, int[] faceOfWalk)
    {
        var (index, arcOfEdge) = IndexOf(arcs);
        // By rising smallest point: the component that an edge below belongs to begins further left or lower, so it is placed.
        var order = Enumerable.Range(0, components.Count).ToArray();
        Array.Sort(components.Smallest.ToArray(), order);
        foreach (var component in order)
        {
            var below = index.FirstBelow(components.Smallest[component]);
            if (below < 0)
                continue;
            var (left, right) = index.LeftToRight(below);
            var arc = arcOfEdge[below];
            var half = RunsFromTo(arcs[arc], left, right) ? arc * 2 : arc * 2 + 1;
            faceOfWalk[outerWalks[component]] = faceOfWalk[walks[half]];
        }
    }

    private static bool RunsFromTo(ReadOnlySpan<LatticePoint> line, LatticePoint from, LatticePoint to)
    {
        for (var i = 1; i < line.Length; i++)
            if (line[i - 1] == from && line[i] == to)
                return true;
        return false;
    }

    private static (EdgeIndex Index, int[] ArcOfEdge) IndexOf(ArcSet arcs)
    {
        var count = arcs.Points.Length - arcs.Count;
        var (from, to, arcOfEdge) = (new LatticePoint[count], new LatticePoint[count], new int[count]);
        var edge = 0;
        for (var arc = 0; arc < arcs.Count; arc++)
        {
            var line = arcs[arc];
            for (var i = 1; i < line.Length; i++, edge++)
                (from[edge], to[edge], arcOfEdge[edge]) = (line[i - 1], line[i], arc);
        }
        return (new EdgeIndex(from, to), arcOfEdge);
    }
}
