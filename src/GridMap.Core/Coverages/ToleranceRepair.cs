using System.Runtime.InteropServices;

namespace GridMap.Core.Coverages;

/// <summary>
/// Closes what is narrower than a tolerance: places with a fault in their claims, and parts of grids that are slivers, take over all
/// claims, on all levels, of a neighbour. Only claims change hands; no border moves. Not thread safe.
/// </summary>
internal sealed class ToleranceRepair
{
    private readonly ArcMap map;
    private readonly int[] claims;
    private readonly ClaimFaults faults;
    private readonly RegionTracing tracing;
    private readonly double toleranceMetres;
    private readonly bool[] isOpen;

    /// <param name="map">Arcs and faces.</param>
    /// <param name="claims">By face: its claims; changed by <see cref="Run"/>.</param>
    /// <param name="faults">What is wrong with claims.</param>
    /// <param name="toleranceMetres">Narrower places are closed.</param>
    public ToleranceRepair(ArcMap map, int[] claims, ClaimFaults faults, double toleranceMetres)
    {
        this.map = map;
        this.claims = claims;
        this.faults = faults;
        this.toleranceMetres = toleranceMetres;
        tracing = new RegionTracing(map);
        isOpen = new bool[map.FaceCount];
    }

    /// <summary>What changed hands, in the order in which it did.</summary>
    public List<Transfer> Transfers { get; } = [];

    /// <summary>
    /// Works from the outside of each clump of narrow places inwards: in each round all that border on a place without fault take their
    /// claims from there, so a chain of them is shared out between its sides.
    /// </summary>
    public void Run(CancellationToken cancellationToken)
    {
        var open = NarrowRegions();
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var round = new List<(List<int> Region, int Taken)>();
            foreach (var region in open)
                if (BestNeighbour(region, faults.Of(claims[region[0]]).Fault) is { } taken)
                    round.Add((region, taken));
            if (round.Count == 0)
                return;
            foreach (var (region, taken) in round)
                Give(region, taken, ToRepairKind(faults.Of(claims[region[0]]).Fault));
            var done = round.Select(step => step.Region).ToHashSet();
            open.RemoveAll(done.Contains);
        }
    }

    /// <summary>Gives faces other claims, and remembers it.</summary>
    public void Give(List<int> region, int taken, RepairKind kind)
    {
        var measure = tracing.Measure(CollectionsMarshal.AsSpan(region));
        Transfers.Add(new Transfer(region, claims[region[0]], taken, kind, measure));
        foreach (var face in region)
        {
            claims[face] = taken;
            isOpen[face] = false;
        }
    }

    /// <summary>
    /// The claims that a region takes over: of its neighbours without fault those that agree with it on most levels, from the outermost on
    /// (so that outer borders stay and one of several claimants is preferred), and of these those with the longest common border.
    /// </summary>
    /// <param name="region">Faces that hang together.</param>
    /// <param name="fault">What is wrong with it; only an overhang may fall to a gap or the outside.</param>
    public int? BestNeighbour(List<int> region, ClaimFault fault)
    {
        var metres = new Dictionary<int, double>();
        var inside = new HashSet<int>(region);
        foreach (var face in region)
        {
            foreach (var half in map.Borders.Of(face))
            {
                var across = map.Across(half);
                if (inside.Contains(across))
                    continue;
                var offered = claims[across];
                var offersFault = faults.Of(offered).Fault;
                // An overhang may be cut off into a gap that stays, as the outside does; nothing else may become a gap.
                if (offersFault == ClaimFault.None
                    || (fault == ClaimFault.ChildOutside && offersFault == ClaimFault.Gap && !isOpen[across]))
                    metres[offered] = metres.GetValueOrDefault(offered) + map.ArcMetres[half >> 1];
            }
        }
        int? best = null;
        var bestScore = (Agreement: -1, Metres: 0.0, Claims: 0);
        foreach (var (offered, length) in metres)
        {
            var score = (faults.Agreement(claims[region[0]], offered), length, -offered);
            if (score.CompareTo(bestScore) > 0)
                (best, bestScore) = (offered, score);
        }
        return best;
    }

    /// <summary>The outside and all places with a fault: where there may be narrow passages.</summary>
    public IEnumerable<int> FaultyFaces() => Enumerable.Range(0, map.FaceCount)
        .Where(face => face == 0 || faults.Of(claims[face]).Fault != ClaimFault.None);

    /// <summary>
    /// Narrow places with a fault. Those that only a line across a passage divides are one if they lie between the same neighbours: so a
    /// slit goes as a whole to one of its sides, and where three slits meet none of them grows into the other two.
    /// </summary>
    private List<List<int>> NarrowRegions()
    {
        var neighbours = new string?[map.FaceCount];
        for (var face = 1; face < map.FaceCount; face++)
            if (faults.Of(claims[face]).Fault != ClaimFault.None && IsNarrow(face))
                neighbours[face] = Neighbours(face);
        var sets = new DisjointSets(map.FaceCount);
        for (var half = 0; half < map.LeftFace.Length; half += 2)
        {
            var (left, right) = (map.LeftFace[half], map.Across(half));
            if (neighbours[left] is not null && neighbours[left] == neighbours[right] && claims[left] == claims[right])
                sets.Union(left, right);
        }
        var regions = new SortedDictionary<int, List<int>>();
        for (var face = 1; face < map.FaceCount; face++)
        {
            if (neighbours[face] is null)
                continue;
            if (!regions.TryGetValue(sets.Find(face), out var region))
                regions.Add(sets.Find(face), region = []);
            region.Add(face);
            isOpen[face] = true;
        }
        return [.. regions.Values];
    }

    /// <summary>The different claims around a face, as one comparable value.</summary>
    private string Neighbours(int face)
    {
        var around = new SortedSet<int>();
        foreach (var half in map.Borders.Of(face))
            if (claims[map.Across(half)] != claims[face])
                around.Add(claims[map.Across(half)]);
        return string.Join(' ', around);
    }

    private bool IsNarrow(int face) => tracing.Measure([face]).WidthMetres < toleranceMetres;

    private static RepairKind ToRepairKind(ClaimFault fault) => fault switch
    {
        ClaimFault.Gap => RepairKind.GapClosed,
        ClaimFault.Overlap => RepairKind.OverlapResolved,
        _ => RepairKind.ChildClipped,
    };
}

/// <summary>Faces that changed hands together. An immutable value.</summary>
/// <param name="Faces">The faces.</param>
/// <param name="Before">Their claims before, or those of the first.</param>
/// <param name="After">Their claims after.</param>
/// <param name="Kind">Why.</param>
/// <param name="Measure">How large they are together.</param>
internal readonly record struct Transfer(List<int> Faces, int Before, int After, RepairKind Kind, RegionMeasure Measure);
