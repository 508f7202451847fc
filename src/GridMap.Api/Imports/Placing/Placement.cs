using System.Text.Json.Nodes;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Drafting;
using GridMap.Api.Plans;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Imports.Placing;

/// <summary>
/// Puts drafts into the base: identities by code (a code that exists or ever existed keeps its grid), parents by code or place,
/// codes for those that have none. Used once; not thread safe.
/// </summary>
internal sealed class Placement(BaseState state, IReadOnlyList<GridDraft> drafts, ImportRules rules, ImportScope scope)
{
    private const int Listed = 10;

    private readonly Dictionary<long, PlanGrid> was = state.Grids.ToDictionary(grid => grid.GridId);
    private readonly Dictionary<int, ParentFinder> finders = [];
    private readonly long[] ids = new long[drafts.Count];
    private readonly long?[] parents = new long?[drafts.Count];
    private List<PlanGrid> kept = [];

    /// <summary>The whole state that results, the import first.</summary>
    /// <exception cref="ProblemException">A parent is not there, a code belongs to another grid, or numbers run out.</exception>
    public async Task<List<PlacedGrid>> PlaceAsync(PlanStore plans, CodeMaking making, CancellationToken cancel)
    {
        await IdentifyAsync(plans, cancel);
        CheckRetired();
        var taken = ids.ToHashSet();
        kept = [.. state.Grids.Where(grid => !taken.Contains(grid.GridId) && !scope.Replaceable.Contains(grid.GridId))];
        FindParents();
        var codes = await making.MakeAsync(drafts, ParentCodes(), rules, cancel);
        return [.. drafts.Select((draft, i) => Place(draft, i, codes[i])), .. Remaining()];
    }

    // Of several drafts with one code (a defect) the first is the grid; the others need an identity to be shown by.
    private async Task IdentifyAsync(PlanStore plans, CancellationToken cancel)
    {
        var known = await plans.IdsByCodeAsync(drafts.Where(draft => draft.Code is not null).Select(draft => draft.Code!).Distinct(), cancel);
        var seen = new HashSet<string>();
        var isNew = drafts.Select((draft, i) => !(draft.Code is { } code && seen.Add(code) && known.TryGetValue(code, out ids[i]))).ToList();
        var fresh = await plans.ReserveIdsAsync(isNew.Count(flag => flag), cancel);
        for (int i = 0, next = 0; i < ids.Length; i++)
        {
            if (isNew[i])
                ids[i] = fresh[next++];
        }
    }

    // A code once given to a grid that now has another one, and stays, cannot come back to anybody else.
    private void CheckRetired()
    {
        var byId = new Dictionary<long, string>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (!byId.TryAdd(ids[i], drafts[i].Code ?? ""))
                throw Retired(drafts[i].Code!, byId[ids[i]]);
            if (drafts[i].Code is { } code && was.TryGetValue(ids[i], out var grid) && grid.Code != code && !scope.Replaceable.Contains(grid.GridId))
                throw Retired(code, grid.Code);
        }

        static ProblemException Retired(string code, string now) => new(Problem.Bad(
            "codeField", "code_retired", $"{code} is a former code of the grid that is now {now}; a code is never given to another grid. Use another code."));
    }

    private void FindParents()
    {
        var byCode = new Dictionary<(int Level, string Code), long>();
        for (var i = 0; i < drafts.Count; i++)
        {
            if (drafts[i].Code is { } code)
                byCode.TryAdd((drafts[i].Level, code), ids[i]);
        }

        foreach (var grid in kept)
            byCode.TryAdd((grid.Level, grid.Code), grid.GridId);
        var missing = new List<string>();
        var outermost = drafts.Min(draft => draft.Level);
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            if (draft.ParentCode is { } code && draft.Level > 1)
            {
                if (byCode.TryGetValue((draft.Level - 1, code), out var parent))
                    parents[i] = parent;
                else
                    missing.Add($"{code} ({draft.Source})");
            }
            else if (draft.Level > 1)
            {
                parents[i] = ParentWithoutCode(draft, ids[i], draft.Level == outermost);
            }
        }

        if (missing.Count > 0)
        {
            throw new ProblemException(Problem.Bad(
                "parentField", "parent_unknown",
                $"{missing.Count} parents are not there on the next outer level: {string.Join(", ", missing.Take(Listed))}{(missing.Count > Listed ? ", …" : "")}"));
        }
    }

    private long? ParentWithoutCode(GridDraft draft, long id, bool isOutermost)
    {
        if (scope.Within is { } within && isOutermost)
            return within.GridId;
        if (scope.Mode == ImportMode.Match && was.GetValueOrDefault(id)?.ParentId is { } same)
            return same;
        return draft.Geometry is { } geometry ? Finder(draft.Level - 1).Find(geometry) : null;
    }

    private ParentFinder Finder(int level)
    {
        if (!finders.TryGetValue(level, out var finder))
        {
            var imported = drafts.Select((draft, i) => (draft.Level, Id: ids[i], draft.Geometry)).Where(entry => entry.Level == level);
            var standing = kept.Where(grid => grid.Level == level).Select(grid => (grid.GridId, (Geometry?)grid.Geometry));
            finders.Add(level, finder = new ParentFinder([.. imported.Select(entry => (entry.Id, entry.Geometry)), .. standing]));
        }

        return finder;
    }

    private string?[] ParentCodes()
    {
        var codes = kept.ToDictionary(grid => grid.GridId, grid => grid.Code);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (drafts[i].Code is { } code)
                codes.TryAdd(ids[i], code);
        }

        return [.. parents.Select(parent => parent is { } id ? codes.GetValueOrDefault(id) : null)];
    }

    private PlacedGrid Place(GridDraft draft, int i, string code)
    {
        var old = was.GetValueOrDefault(ids[i]);
        return new PlacedGrid(
            ids[i], code, draft.Name ?? old?.Name ?? code, draft.Level, draft.Kind ?? old?.Kind ?? rules.Kind, parents[i], draft.Geometry,
            AttributesOf(draft, old), IsImported: true);
    }

    private static string AttributesOf(GridDraft draft, PlanGrid? old)
    {
        var text = draft.Attributes ?? old?.AttributesJson ?? "{}";
        if (draft.Households is not { } households)
            return text;
        var json = JsonNode.Parse(text)!.AsObject();
        json[ResponsibilityDefects.Households] = households;
        return json.ToJsonString();
    }

    // Grids that stay; those whose parent is gone hang on the one that lies there now.
    private IEnumerable<PlacedGrid> Remaining()
    {
        var present = kept.Select(grid => grid.GridId).Concat(ids).ToHashSet();
        foreach (var grid in kept)
        {
            var parent = grid.ParentId is { } id && !present.Contains(id) ? Finder(grid.Level - 1).Find(grid.Geometry) : grid.ParentId;
            yield return new PlacedGrid(
                grid.GridId, grid.Code, grid.Name, grid.Level, grid.Kind, parent, grid.Geometry, grid.AttributesJson, IsImported: false);
        }
    }
}
