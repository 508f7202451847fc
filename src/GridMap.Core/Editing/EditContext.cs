using GridMap.Core.Codes;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;

namespace GridMap.Core.Editing;

/// <summary>What an edit needs beside the state: identities and codes for what is new, and the rules. Not thread safe; one for each edit.</summary>
/// <param name="NextId">Gives an identity that no grid has or ever had.</param>
/// <param name="IsTaken">Whether a code is, or ever was, some grid's, in a generation or in this plan.</param>
/// <param name="Rules">What counts as a defect.</param>
public sealed record EditContext(Func<long> NextId, Func<string, bool> IsTaken, DefectRules Rules)
{
    private const int MostSuffixes = 100_000;

    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>
    /// The next free code for a part of a grid: of the same layout, with the prefix of the parent or else of the grid; of a code that has no
    /// layout, the code with -2, -3 and so on.
    /// </summary>
    /// <param name="of">Code of the grid that it was a part of.</param>
    /// <param name="parent">Code of the part's parent; null on level 1.</param>
    public string NextCode(string of, string? parent)
    {
        var code = ByLayout(parent ?? "") ?? (GridCode.TryParse(of, out var known) ? ByLayoutOf(known) : null) ?? BySuffix(of);
        given.Add(code);
        return code;
    }

    private string? ByLayoutOf(GridCode code)
    {
        foreach (var layout in CodeLayout.All)
            if (layout.TryParse(code, out var prefix, out _))
                return ByLayout(prefix);
        return null;
    }

    private string? ByLayout(string prefix) =>
        CodeLayout.ForPrefix(prefix)?.NextFree(prefix, 1, code => IsUsed(code.Value)) is [var free] ? free.Value : null;

    private string BySuffix(string of)
    {
        for (var number = 2; number < MostSuffixes; number++)
        {
            var code = $"{(of.Length > 33 ? of[..33] : of)}-{number}";
            if (!IsUsed(code))
                return code;
        }
        throw new EditRefusedException(new EditRefusal("codes_run_out", $"{of} has no free code left for a part of it: name one.", Grids: [of]));
    }

    private bool IsUsed(string code) => given.Contains(code) || IsTaken(code);
}
