using System.Collections.Immutable;
using GridMap.Core.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GridMap.Core.Editing;

/// <summary>
/// All grids of a plan as they stand after some edit. An edit makes a new state, which shares with the old one what did not change.
/// Immutable and thread safe.
/// </summary>
public sealed class PlanState
{
    private const int MostOverlaid = 2000;

    private readonly STRtree<long> tree;
    private readonly ImmutableDictionary<long, Envelope> overlaid; // Grids that are not where the tree has them; those that are gone have an empty one.
    private readonly ImmutableDictionary<long, PlannedGrid> grids;
    private readonly ImmutableDictionary<long, ImmutableHashSet<long>> children; // Under 0: the outermost.
    private readonly ImmutableDictionary<string, long> codes;

    private PlanState(
        STRtree<long> tree, ImmutableDictionary<long, Envelope> overlaid, ImmutableDictionary<long, PlannedGrid> grids,
        ImmutableDictionary<long, ImmutableHashSet<long>> children, ImmutableDictionary<string, long> codes, ImmutableHashSet<long> locks)
    {
        this.tree = tree;
        this.overlaid = overlaid;
        this.grids = grids;
        this.children = children;
        this.codes = codes;
        Locks = locks;
    }

    /// <summary>All grids, in no particular order.</summary>
    public IEnumerable<PlannedGrid> Grids => grids.Values;

    /// <summary>How many grids there are.</summary>
    public int Count => grids.Count;

    /// <summary>Identities of the grids that no edit but <c>unlock</c> may change.</summary>
    public ImmutableHashSet<long> Locks { get; }

    /// <summary>Makes the state of grids whose polygons match vertex for vertex.</summary>
    /// <param name="grids">Unique identities; codes may come twice, as a plan that is not finished may have them.</param>
    /// <param name="locks">Those that are locked.</param>
    public static PlanState Of(IEnumerable<PlannedGrid> grids, IEnumerable<long>? locks = null)
    {
        var byId = grids.ToImmutableDictionary(grid => grid.Id);
        var byCode = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var grid in byId.Values)
            byCode[grid.Code] = grid.Id;
        return new PlanState(
            TreeOf(byId.Values), ImmutableDictionary<long, Envelope>.Empty, byId,
            byId.Values.GroupBy(grid => grid.ParentId ?? 0).ToImmutableDictionary(family => family.Key, family => family.Select(grid => grid.Id).ToImmutableHashSet()),
            byCode.ToImmutable(), (locks ?? []).ToImmutableHashSet());
    }

    /// <summary>The grid with this identity; null if there is none.</summary>
    public PlannedGrid? Find(long id) => grids.GetValueOrDefault(id);

    /// <summary>The grid with this code; null if there is none.</summary>
    public PlannedGrid? FindByCode(string code) => codes.TryGetValue(code, out var id) ? Find(id) : null;

    /// <summary>The children of a grid, or with null the outermost grids, in no particular order.</summary>
    public IEnumerable<PlannedGrid> ChildrenOf(long? parent) =>
        children.TryGetValue(parent ?? 0, out var family) ? family.Select(id => grids[id]) : [];

    /// <summary>True when some grid has it as parent.</summary>
    public bool HasChildren(long id) => children.ContainsKey(id);

    /// <summary>The grid itself and the grids that it lies in, outermost first.</summary>
    public IReadOnlyList<PlannedGrid> ChainOf(PlannedGrid grid)
    {
        var chain = new List<PlannedGrid> { grid };
        while (chain[0].ParentId is { } parent && Find(parent) is { } outer && outer.Level < chain[0].Level)
            chain.Insert(0, outer);
        return chain;
    }

    /// <summary>All grids, of every level, whose envelope meets another, by identity.</summary>
    public IReadOnlyList<PlannedGrid> Near(Envelope envelope)
    {
        var near = new List<PlannedGrid>();
        near.AddRange(tree.Query(envelope).Where(id => !overlaid.ContainsKey(id)).Select(id => grids[id]));
        near.AddRange(overlaid.Where(entry => entry.Value.Intersects(envelope) && grids.ContainsKey(entry.Key)).Select(entry => grids[entry.Key]));
        near.Sort((a, b) => a.Id.CompareTo(b.Id));
        return near;
    }

    /// <summary>The state with changes done.</summary>
    /// <param name="changes">By grid; <see cref="GridChange.After"/> takes the place of what there is.</param>
    public PlanState With(IEnumerable<GridChange> changes)
    {
        var (nextGrids, nextCodes, nextChildren, nextOverlaid) = (grids.ToBuilder(), codes.ToBuilder(), children.ToBuilder(), overlaid.ToBuilder());
        var gone = new List<long>();
        var all = changes.ToList();
        // Codes may change hands within an edit: first all go, then all come.
        foreach (var id in all.Select(change => change.Id))
        {
            if (!nextGrids.TryGetValue(id, out var old))
                continue;
            nextGrids.Remove(id);
            if (nextCodes.GetValueOrDefault(old.Code) == id)
                nextCodes.Remove(old.Code);
            var family = nextChildren[old.ParentId ?? 0].Remove(id);
            if (family.IsEmpty)
                nextChildren.Remove(old.ParentId ?? 0);
            else
                nextChildren[old.ParentId ?? 0] = family;
            nextOverlaid[id] = new Envelope();
            gone.Add(id);
        }
        foreach (var grid in all.Select(change => change.After).OfType<PlannedGrid>())
        {
            nextGrids.Add(grid.Id, grid);
            nextCodes[grid.Code] = grid.Id;
            nextChildren[grid.ParentId ?? 0] = (nextChildren.GetValueOrDefault(grid.ParentId ?? 0) ?? []).Add(grid.Id);
            nextOverlaid[grid.Id] = grid.Polygon.EnvelopeInternal;
        }
        var locks = Locks.Except(gone.Where(id => !nextGrids.ContainsKey(id)));
        var isOvergrown = nextOverlaid.Count > MostOverlaid;
        return new PlanState(
            isOvergrown ? TreeOf(nextGrids.Values) : tree, isOvergrown ? ImmutableDictionary<long, Envelope>.Empty : nextOverlaid.ToImmutable(),
            nextGrids.ToImmutable(), nextChildren.ToImmutable(), nextCodes.ToImmutable(), locks);
    }

    /// <summary>The state with other locks.</summary>
    public PlanState WithLocks(ImmutableHashSet<long> locks) => new(tree, overlaid, grids, children, codes, locks);

    /// <summary>What a coverage or a locator is read from, by identity.</summary>
    public IReadOnlyList<GridShape> ToShapes() => [.. grids.Values.OrderBy(grid => grid.Id).Select(grid => grid.ToShape())];

    private static STRtree<long> TreeOf(IEnumerable<PlannedGrid> all)
    {
        var built = new STRtree<long>();
        foreach (var grid in all)
            built.Insert(grid.Polygon.EnvelopeInternal, grid.Id);
        built.Build();
        return built;
    }
}
