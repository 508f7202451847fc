using GridMap.Core.Coverages;

namespace GridMap.Core.Editing;

/// <summary>The one way in which a state changes: these faces by those, on all levels together, with the invariants checked once. Stateless and thread safe.</summary>
internal static class FaceReplacement
{
    /// <summary>Does a replacement.</summary>
    /// <exception cref="EditRefusedException">It would break the coverage, or touch what is locked.</exception>
    public static EditResult Apply(PlanState state, Replacement replacement, EditContext context)
    {
        var map = LocalMap.Of(state, replacement);
        var regranting = new Regranting(state, map, replacement, context);
        PlannedGrid[] grids =
        [
            .. map.Grids.Select(grid => regranting.Facts.GetValueOrDefault(grid.Id, grid)),
            .. regranting.Facts.Values.Where(grid => map.IndexOf(grid.Id) < 0).OrderBy(grid => grid.Id),
        ];
        var balance = BalanceOf(map, regranting);
        var flows = GroundFlows.Of(map, regranting);
        if (replacement.Move is not null)
            RefuseTangles(map);
        GrantClaims(map, regranting, grids);
        var coverage = map.Map.ToCoverage([.. grids.Select(grid => new CoverageGrid(grid.Id, grid.Code, grid.Level, grid.ParentId))], map.Windings);
        Close(balance, coverage, replacement);
        var shares = HouseholdShares.Of(state, flows);
        var changes = ChangesOf(state, map, regranting, coverage, grids, flows, shares);
        RefuseLocked(state, changes);
        return new EditResult(state.With(changes), changes, balance.OuterNodes, flows.Lineage(state, regranting.Removed));
    }

    private static AreaBalance BalanceOf(LocalMap map, Regranting regranting)
    {
        var balance = new AreaBalance();
        foreach (var grid in map.Grids)
            balance.AddBefore(grid);
        foreach (var (face, claims) in regranting.Granted)
        {
            var claimants = new int[claims.Length];
            foreach (var (grid, winding) in map.ClaimsOf(face))
                claimants[map.Grids[grid].Level] -= winding;
            for (var level = 1; level < claims.Length; level++)
                balance.AddFace(level, claimants[level] + (claims[level] is null ? 0 : 1), map.Arcs.DoubledAreas[face]);
        }
        balance.AddNodes(map.LedNodes);
        balance.AddBent(map.Bent, delta =>
        {
            var surplus = new int[CoverageGrid.MaxLevel + 1];
            foreach (var entry in map.Windings.Entries(delta))
                if (WindingTable.GridOf(entry) < map.Grids.Count)
                    surplus[map.Grids[WindingTable.GridOf(entry)].Level] += WindingTable.WindingOf(entry);
            return surplus;
        });
        return balance;
    }

    /// <summary>A moved vertex that turns a grid over, or puts it over another, leaves faces that wind wrongly.</summary>
    private static void RefuseTangles(LocalMap map)
    {
        for (var face = 1; face < map.PieceOf.Length; face++)
        {
            var claims = map.ClaimsOf(face);
            for (var i = 0; i < claims.Length; i++)
                if (claims[i].Winding != 1)
                    throw new EditRefusedException(new EditRefusal(
                        "crosses", $"Moved there, the border of {map.Grids[claims[i].Grid].Code} would cross another; move the vertex less far.",
                        new RegionTracing(map.Arcs).Polygon([face]), [map.Grids[claims[i].Grid].Code]));
        }
    }

    private static void GrantClaims(LocalMap map, Regranting regranting, PlannedGrid[] grids)
    {
        var indexes = new Dictionary<long, int>(grids.Length);
        for (var grid = 0; grid < grids.Length; grid++)
            indexes.Add(grids[grid].Id, grid);
        var ones = new List<long>();
        for (var face = 0; face < map.Map.FaceCount; face++)
        {
            ones.Clear();
            if (regranting.Granted.TryGetValue(face, out var claims))
                ones.AddRange(claims.OfType<long>().Select(id => WindingTable.Entry(indexes[id], 1)));
            else
                foreach (var (grid, winding) in map.ClaimsOf(face))
                    if (winding > 0)
                        ones.Add(WindingTable.Entry(grid, 1));
            map.Map.Vectors[face] = map.Windings.InternSum(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ones));
        }
    }

    private static void Close(AreaBalance balance, Coverage coverage, Replacement replacement)
    {
        var areas = new Int128[CoverageGrid.MaxLevel + 1];
        for (var grid = 0; grid < coverage.Grids.Count; grid++)
            areas[coverage.Grids[grid].Level] += coverage.DoubledArea(grid);
        for (var level = 1; level < areas.Length; level++)
            balance.Close(level, areas[level], replacement.Move?.To);
    }

    private static List<GridChange> ChangesOf(
        PlanState state, LocalMap map, Regranting regranting, Coverage coverage, PlannedGrid[] grids, GroundFlows flows, HouseholdShares shares)
    {
        var changes = new List<GridChange>();
        for (var i = 0; i < grids.Length; i++)
        {
            var before = state.Find(grids[i].Id);
            if (regranting.Removed.Contains(grids[i].Id))
            {
                changes.Add(new GridChange(before, null, GridChangeKind.Removed));
                continue;
            }
            var polygon = coverage.Polygon(i);
            if (polygon.IsEmpty)
                throw new EditRefusedException(new EditRefusal(
                    "vanishes", $"{grids[i].Code} would be left without ground: merge or delete it instead.", before?.Polygon, [grids[i].Code]));
            var stays = before is not null && before.Polygon.EqualsExact(polygon);
            var after = shares.Give(grids[i] with { Polygon = stays ? before!.Polygon : polygon });
            if (KindOf(before, after, stays, flows) is { } kind)
                changes.Add(new GridChange(before, after, kind));
        }
        changes.AddRange(regranting.Far.Select(grid => new GridChange(state.Find(grid.Id), grid, GridChangeKind.Updated)));
        changes.Sort((a, b) => a.Id.CompareTo(b.Id));
        return changes;
    }

    private static GridChangeKind? KindOf(PlannedGrid? before, PlannedGrid after, bool stays, GroundFlows flows)
    {
        if (before is null)
            return GridChangeKind.Added;
        if (!stays && (flows.Touches(after.Id) || !ReNoding.IsSameGround(before.Polygon, after.Polygon)))
            return GridChangeKind.Reshaped;
        var isUpdated = (before.Code, before.Name, before.Kind, before.ParentId, before.Attributes)
            != (after.Code, after.Name, after.Kind, after.ParentId, after.Attributes);
        return isUpdated ? GridChangeKind.Updated : stays ? null : GridChangeKind.ReNoded;
    }

    private static void RefuseLocked(PlanState state, List<GridChange> changes)
    {
        var locked = changes.Where(change => change.Kind != GridChangeKind.ReNoded && state.Locks.Contains(change.Id)).Select(change => change.Before!).ToList();
        if (locked.Count > 0)
            throw new EditRefusedException(new EditRefusal(
                "locked", $"{string.Join(", ", locked.Select(grid => $"{grid.Code} {grid.Name}"))}: locked; unlock it first, or leave it out.",
                locked[0].Polygon, [.. locked.Select(grid => grid.Code)]));
    }
}
