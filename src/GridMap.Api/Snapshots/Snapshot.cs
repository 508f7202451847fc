using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using GridMap.Core.Locating;

namespace GridMap.Api.Snapshots;

/// <summary>What one process serves from memory: one generation of all grids, who answers for them, and the locator over them. Immutable.</summary>
public sealed class Snapshot
{
    private readonly Dictionary<string, GridFacts> byCode;
    private readonly Dictionary<long, GridFacts> byId;
    private readonly ILookup<long, GridFacts> byParent;
    private readonly IReadOnlyDictionary<long, long?> lastParents;

    /// <param name="generation">Its number and times.</param>
    /// <param name="revision">Of people, duties and categories.</param>
    /// <param name="grids">By level, then code (ordinal).</param>
    /// <param name="lastParents">For each grid that is not in this generation: its parent when it was last seen.</param>
    /// <param name="locate">Makes the locator; null builds it.</param>
    /// <exception cref="SnapshotException">The grids are no coverage: somebody wrote past the service.</exception>
    public Snapshot(
        GenerationFacts generation, long revision, IReadOnlyList<GridFacts> grids, IReadOnlyDictionary<long, long?>? lastParents = null,
        Func<IReadOnlyList<GridShape>, GridLocator>? locate = null)
        : this(generation, revision, grids, lastParents ?? new Dictionary<long, long?>(), CoverageOf(generation, grids),
            (locate ?? (shapes => new GridLocator(shapes)))([.. grids.Select(grid => grid.Shape)]))
    {
    }

    private Snapshot(
        GenerationFacts generation, long revision, IReadOnlyList<GridFacts> grids, IReadOnlyDictionary<long, long?> lastParents,
        Coverage coverage, GridLocator locator)
    {
        Generation = generation;
        Revision = revision;
        Grids = grids;
        Coverage = coverage;
        Locator = locator;
        this.lastParents = lastParents;
        byCode = grids.ToDictionary(grid => grid.Code);
        byId = grids.ToDictionary(grid => grid.Id);
        byParent = grids.Where(grid => grid.Shape.ParentId is not null).ToLookup(grid => grid.Shape.ParentId!.Value);
    }

    /// <summary>Number 0 while nothing is published.</summary>
    public GenerationFacts Generation { get; }

    /// <summary>The counter of people, duties and categories that this was loaded at.</summary>
    public long Revision { get; }

    /// <summary>All grids by level, then code (ordinal); the locator's indices point into this list.</summary>
    public IReadOnlyList<GridFacts> Grids { get; }

    /// <summary>The borders of all levels, each held once.</summary>
    public Coverage Coverage { get; }

    /// <summary>Point to chain of grids.</summary>
    public GridLocator Locator { get; }

    /// <summary>The same generation with other people: what does not change with them is shared.</summary>
    public Snapshot With(long revision, ILookup<long, DutyTerm> duties) =>
        new(Generation, revision, [.. Grids.Select(grid => grid with { Duties = [.. duties[grid.Id]] })], lastParents, Coverage, Locator);

    public GridFacts? ByCode(string code) => byCode.GetValueOrDefault(code);

    public GridFacts? ById(long id) => byId.GetValueOrDefault(id);

    /// <summary>The grids of the next inner level, by code.</summary>
    public IEnumerable<GridFacts> Children(GridFacts grid) => byParent[grid.Id];

    /// <summary>The grid's parent; null on level 1.</summary>
    public GridFacts? Parent(GridFacts grid) => grid.Shape.ParentId is { } id ? ById(id) : null;

    /// <summary>
    /// Where figures of a grid count: in itself, or when it is gone where its last parent is, so that sums of the present hold
    /// those of the past. Null when nothing of that is left.
    /// </summary>
    public GridFacts? Home(long id)
    {
        var home = ById(id);
        for (long? next = id; home is null && next is { } gone && lastParents.TryGetValue(gone, out next) && next is { } parent;)
        {
            home = ById(parent);
        }

        return home;
    }

    /// <summary>The grid of a level in which figures of a grid count; null for what lies in a grid of an outer level only, or in none.</summary>
    public GridFacts? AtLevel(long? id, int level)
    {
        var at = id is { } grid ? Home(grid) : null;
        while (at is not null && at.Level > level)
            at = Parent(at);
        return at?.Level == level ? at : null;
    }

    /// <summary>The grid, all inside it, and the grids of the past that count there.</summary>
    public IReadOnlySet<long> Within(GridFacts grid)
    {
        var ids = new HashSet<long>();
        var open = new Stack<GridFacts>([grid]);
        while (open.TryPop(out var next))
        {
            ids.Add(next.Id);
            foreach (var child in Children(next))
            {
                open.Push(child);
            }
        }

        ids.UnionWith(lastParents.Keys.Where(id => Home(id) is { } home && ids.Contains(home.Id)).ToList());
        return ids;
    }

    /// <summary>The grid and its ancestors, outermost first.</summary>
    public IReadOnlyList<GridFacts> Chain(GridFacts grid)
    {
        var chain = new List<GridFacts>();
        for (var next = grid; next is not null; next = Parent(next))
        {
            chain.Insert(0, next);
        }

        return chain;
    }

    private static Coverage CoverageOf(GenerationFacts generation, IReadOnlyList<GridFacts> grids)
    {
        var reading = CoverageReader.Read([.. grids.Select(grid => grid.Shape)]);
        return reading.Coverage ?? throw new SnapshotException(
            $"Generation {generation.Number} is no coverage: {reading.Defects.Count} defects, the first {reading.Defects[0].Kind.ToWireName()} " +
            $"at {reading.Defects[0].Place}.");
    }
}

/// <summary>A generation's number and times.</summary>
public sealed record GenerationFacts(int Number, DateTimeOffset PublishedAt, DateTimeOffset EffectiveFrom)
{
    /// <summary>Before anything is published.</summary>
    public static GenerationFacts None { get; } = new(0, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
}
