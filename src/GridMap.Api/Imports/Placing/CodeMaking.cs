using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Imports.Drafting;
using GridMap.Api.Storage;
using GridMap.Core.Codes;

namespace GridMap.Api.Imports.Placing;

/// <summary>
/// Makes codes for drafts that have none: a prefix and a number, as a page is read inside each parent, passing over every code
/// that is or ever was some grid's, and those of other plans. Thread safe.
/// </summary>
internal sealed class CodeMaking(Database database)
{
    private const string Parent = "parent";

    private const string UsedSql =
        """
        select code from grid_code where starts_with(code, @prefix)
        union
        select code from plan_grid where starts_with(code, @prefix)
        """;

    /// <summary>The codes of all drafts, their own where they have one.</summary>
    /// <param name="drafts">The drafts.</param>
    /// <param name="parentCodes">By draft: the code of its parent.</param>
    /// <param name="rules">Where the prefix comes from.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ProblemException">A parent's code is no prefix, or its numbers run out.</exception>
    public async Task<string[]> MakeAsync(IReadOnlyList<GridDraft> drafts, string?[] parentCodes, ImportRules rules, CancellationToken cancel)
    {
        var codes = drafts.Select(draft => draft.Code ?? "").ToArray();
        var groups = Enumerable.Range(0, drafts.Count).Where(i => drafts[i].Code is null)
            .GroupBy(i => rules.GenerateCodes == Parent ? parentCodes[i] ?? "" : rules.GenerateCodes ?? "").ToList();
        if (groups.Count == 0)
            return codes;
        await using var connection = await database.OpenAsync(cancel);
        foreach (var group in groups)
        {
            var prefix = group.Key;
            var layout = CodeLayout.ForPrefix(prefix) ?? throw NoPrefix(prefix, drafts[group.First()]);
            HashSet<string> used = [.. await connection.QueryAsync<string>(new CommandDefinition(
                UsedSql, new { prefix }, commandTimeout: 0, cancellationToken: cancel)), .. codes];
            Number([.. group], layout, prefix, used, drafts, codes);
        }

        return codes;
    }

    private static void Number(
        int[] members, CodeLayout layout, string prefix, HashSet<string> used, IReadOnlyList<GridDraft> drafts, string[] codes)
    {
        var made = layout.NextFree(prefix, members.Length, code => used.Contains(code.Value));
        if (made.Count < members.Length)
        {
            throw new ProblemException(Problem.Bad(
                "generateCodes", "codes_run_out", $"{prefix} has {made.Count} numbers left of {layout.Capacity}, and {members.Length} grids need one."));
        }

        var order = ReadingOrder.Of([.. members.Select(i => drafts[i].Geometry!)]);
        for (var n = 0; n < order.Length; n++)
            codes[members[order[n]]] = made[n].Value;
    }

    private static ProblemException NoPrefix(string prefix, GridDraft first) => new(Problem.Bad(
        "generateCodes", "prefix_invalid",
        prefix.Length == 0
            ? $"{first.Source} lies in no parent whose code could be the prefix."
            : $"The parent's code {prefix} is no prefix: a prefix is 12 digits (community) or 15 (unit grid). Give one in generateCodes."));
}
