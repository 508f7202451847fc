using GridMap.Core.Coverages;

namespace GridMap.Core.Editing;

/// <summary>
/// Who claims each face after an edit: on the level of the pieces the grid that they go to, on outer levels that grid's chain, and on inner levels
/// the children, which follow their parent whole or are cut. Not thread safe.
/// </summary>
internal sealed class Regranting
{
    private readonly PlanState state;
    private readonly LocalMap map;
    private readonly Replacement replacement;
    private readonly EditContext context;
    private readonly Dictionary<long, PlannedGrid> facts;
    private readonly HashSet<long> removed;
    private readonly Dictionary<int, long?[]> granted = []; // By face, by level: who claims it afterwards.
    private readonly List<PlannedGrid> far = [];

    public Regranting(PlanState state, LocalMap map, Replacement replacement, EditContext context)
    {
        (this.state, this.map, this.replacement, this.context) = (state, map, replacement, context);
        facts = replacement.Facts.ToDictionary(grid => grid.Id);
        removed = [.. replacement.Removed];
        Grant();
    }

    /// <summary>Grids that are new or differ in more than their ground, as they become.</summary>
    public IReadOnlyDictionary<long, PlannedGrid> Facts => facts;

    /// <summary>Grids away from the edit, on the same ground, whose parent is another now: the part that is left of a grid whose greater part was given away.</summary>
    public IReadOnlyList<PlannedGrid> Far => far;

    /// <summary>Grids that are gone afterwards.</summary>
    public IReadOnlySet<long> Removed => removed;

    /// <summary>By face whose claims were looked at: by level, from 1 on, who claims it afterwards.</summary>
    public IReadOnlyDictionary<int, long?[]> Granted => granted;

    /// <summary>The grid that claims a face on a level before the edit; the one of the lowest identity if several do.</summary>
    public long? Before(int face, int level)
    {
        foreach (var (grid, winding) in map.ClaimsOf(face))
            if (winding > 0 && map.Grids[grid].Level == level)
                return map.Grids[grid].Id;
        return null;
    }

    private void Grant()
    {
        for (var face = 1; face < map.PieceOf.Length; face++)
        {
            if (map.PieceOf[face] < 0)
                continue;
            var claims = new long?[CoverageGrid.MaxLevel + 1];
            var target = replacement.Pieces[map.PieceOf[face]].Grid;
            for (var level = 1; level < replacement.Level; level++)
                claims[level] = target is null ? Before(face, level) : null;
            for (var at = target; at is { } id; at = FactsOf(id).ParentId)
                claims[FactsOf(id).Level] = id;
            granted.Add(face, claims);
        }
        for (var level = replacement.Level + 1; level <= CoverageGrid.MaxLevel; level++)
            foreach (var child in Touched(level))
                Follow(child);
    }

    private PlannedGrid FactsOf(long id) => facts.TryGetValue(id, out var grid) ? grid : state.Find(id)!;

    private List<int> Touched(int level)
    {
        var touched = new SortedSet<int>();
        foreach (var face in granted.Keys)
            foreach (var (grid, winding) in map.ClaimsOf(face))
                if (winding > 0 && map.Grids[grid].Level == level)
                    touched.Add(grid);
        return [.. touched];
    }

    /// <summary>Hangs a child, or each part of it, on the grid that its ground belongs to now.</summary>
    private void Follow(int index)
    {
        var child = map.Grids[index];
        var parts = new SortedDictionary<long, (Int128 Area, List<int> Faces)>(); // By parent; 0 for none.
        for (var face = 1; face < map.PieceOf.Length; face++)
        {
            if (!map.IsClaimedBy(face, index))
                continue;
            var parent = granted.TryGetValue(face, out var claims) ? claims[child.Level - 1] : Before(face, child.Level - 1);
            if (!parts.TryGetValue(parent ?? 0, out var part))
                parts.Add(parent ?? 0, part = (0, []));
            part.Faces.Add(face);
            parts[parent ?? 0] = (part.Area + map.Arcs.DoubledAreas[face], part.Faces);
        }
        if (parts.Count > 1 && replacement.Children == CutChildren.Refuse)
            throw new EditRefusedException(new EditRefusal(
                "cuts_child", $"The line cuts {child.Code} {child.Name}: draw it along the child's border, or let children be split.", child.Polygon, [child.Code]));
        var keeps = parts.Where(part => part.Key != 0).OrderByDescending(part => part.Value.Area).Select(part => part.Key).FirstOrDefault();
        if (keeps == 0)
            removed.Add(child.Id);
        var number = 2;
        foreach (var (parent, (_, faces)) in parts)
        {
            if (parent == 0)
                continue;
            var grid = parent == keeps
                ? FactsOf(child.Id) with { ParentId = parent }
                : NewPart(child, parent, number++);
            if (grid.Id == child.Id && grid.ParentId != FactsOf(child.Id).ParentId)
                facts[grid.Id] = grid;
            if (grid.Id != child.Id && faces.Exists(face => map.PieceOf[face] < 0))
                HangFar(child.Id, grid.Id);
            foreach (var face in faces)
                ClaimsOf(face)[child.Level] = grid.Id;
        }
    }

    /// <summary>What no piece covers of a grid has one parent: whoever hangs on the grid and is not near lies there.</summary>
    private void HangFar(long grid, long rest) =>
        far.AddRange(state.ChildrenOf(grid).Where(child => map.IndexOf(child.Id) < 0).OrderBy(child => child.Id).Select(child => child with { ParentId = rest }));

    private PlannedGrid NewPart(PlannedGrid child, long parent, int number)
    {
        var id = context.NextId();
        var grid = child with
        {
            Id = id,
            Code = context.NextCode(child.Code, FactsOf(parent).Code),
            Name = $"{child.Name}-{number}",
            ParentId = parent,
            Attributes = GridAttributes.WithoutHouseholds(child.Attributes),
        };
        facts.Add(id, grid);
        return grid;
    }

    /// <summary>The claims of a face to write to: those before the edit where no piece covers it.</summary>
    private long?[] ClaimsOf(int face)
    {
        if (granted.TryGetValue(face, out var claims))
            return claims;
        claims = new long?[CoverageGrid.MaxLevel + 1];
        for (var level = 1; level < claims.Length; level++)
            claims[level] = Before(face, level);
        granted.Add(face, claims);
        return claims;
    }
}
