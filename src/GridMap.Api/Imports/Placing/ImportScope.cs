using GridMap.Api.Hosting;
using GridMap.Api.Imports.Drafting;
using GridMap.Api.Plans;

namespace GridMap.Api.Imports.Placing;

/// <summary>What of the base an import leaves, replaces and removes, by its mode. Immutable.</summary>
/// <param name="Mode">The mode that holds.</param>
/// <param name="Within">The grid that the import lies in; null for the whole territory.</param>
/// <param name="Replaceable">Grids that go unless the import has them.</param>
internal sealed record ImportScope(ImportMode Mode, PlanGrid? Within, IReadOnlySet<long> Replaceable)
{
    private const int Listed = 10;

    /// <summary>Decides, and checks the codes of the import against the mode.</summary>
    /// <param name="state">The base.</param>
    /// <param name="drafts">The import.</param>
    /// <param name="rules">What was asked.</param>
    /// <exception cref="ProblemException">The mode is needed, the parent is not there, or codes are there that must not be or the other way round.</exception>
    public static ImportScope Of(BaseState state, IReadOnlyList<GridDraft> drafts, ImportRules rules)
    {
        var mode = rules.Mode ?? (state.Generation is null ? ImportMode.Replace : throw new ProblemException(Problem.Bad(
            "mode", "mode_missing", "There are grids already. Say what becomes of them: mode add, replace (optionally inside a parent) or match.")));
        var levels = drafts.Select(draft => draft.Level).ToHashSet();
        var outermost = levels.Min();
        var within = rules.Parent is { } code ? FindParent(state, code, outermost) : null;
        if (within is null && outermost > 1 && !state.Grids.Any(grid => grid.Level == outermost - 1))
        {
            throw new ProblemException(Problem.Bad(
                "level", "parent_level_missing",
                $"Grids of level {outermost} lie in grids of level {outermost - 1}, and there are none. Import those first or with it (file.{outermost - 1}, FILE@{outermost - 1}), or dissolve them from a field."));
        }

        var inside = Inside(state.Grids, within);
        CheckCodes(mode, state, drafts, inside, within);
        var replaceable = mode == ImportMode.Replace
            ? state.Grids.Where(grid => levels.Contains(grid.Level) && inside(grid.GridId)).Select(grid => grid.GridId).ToHashSet()
            : [];
        return new ImportScope(mode, within, replaceable);
    }

    private static PlanGrid FindParent(BaseState state, string code, int outermost)
    {
        var parent = state.Grids.FirstOrDefault(grid => grid.Code == code) ?? throw new ProblemException(Problem.Bad(
            "parent", "unknown_grid", $"No grid has the code {code} now."));
        return parent.Level == outermost - 1 ? parent : throw new ProblemException(Problem.Bad(
            "parent", "bad_parent_level", $"{code} is of level {parent.Level}; what is imported begins at level {outermost}, so its parent is of level {outermost - 1}."));
    }

    private static Func<long, bool> Inside(IReadOnlyList<PlanGrid> grids, PlanGrid? within)
    {
        if (within is null)
            return _ => true;
        var inside = new HashSet<long> { within.GridId };
        foreach (var grid in grids.OrderBy(grid => grid.Level))
        {
            if (grid.ParentId is { } parent && inside.Contains(parent))
                inside.Add(grid.GridId);
        }

        inside.Remove(within.GridId);
        return inside.Contains;
    }

    private static void CheckCodes(
        ImportMode mode, BaseState state, IReadOnlyList<GridDraft> drafts, Func<long, bool> inside, PlanGrid? within)
    {
        var byCode = state.Grids.ToDictionary(grid => grid.Code);
        var known = drafts.Where(draft => draft.Code is not null && byCode.ContainsKey(draft.Code)).ToList();
        if (mode == ImportMode.Add && known.Count > 0)
            throw Refuse("code_exists", "These grids exist already. To give them new polygons use mode match, to replace whole levels mode replace.", known);
        if (mode == ImportMode.Match)
        {
            if (drafts.Where(draft => draft.Code is null || !byCode.ContainsKey(draft.Code)).ToList() is { Count: > 0 } unknown)
                throw Refuse("code_unknown", "No grid has these codes now, and mode match changes existing grids only.", unknown);
            if (known.Where(draft => byCode[draft.Code!].Level != draft.Level).ToList() is { Count: > 0 } elsewhere)
                throw Refuse("level_differs", "These grids are of another level.", elsewhere);
        }

        if (within is not null && known.Where(draft => !inside(byCode[draft.Code!].GridId)).ToList() is { Count: > 0 } outside)
            throw Refuse("code_outside_parent", $"These grids exist outside {within.Code}.", outside);
    }

    private static ProblemException Refuse(string code, string why, List<GridDraft> drafts) =>
        new(Problem.Bad("codeField", code, $"{why} {string.Join(", ", drafts.Take(Listed).Select(draft => $"{draft.Code} ({draft.Source})"))}{(drafts.Count > Listed ? ", …" : "")}")
            with
        { Extensions = new Dictionary<string, object?> { ["codes"] = drafts.Take(1000).Select(draft => draft.Code).ToList() } });
}
