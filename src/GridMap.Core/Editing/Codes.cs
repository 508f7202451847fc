using GridMap.Core.Grids;

namespace GridMap.Core.Editing;

/// <summary>Holds codes that people choose to the rules.</summary>
internal static class Codes
{
    /// <summary>Lets a code pass that a grid may get.</summary>
    /// <param name="state">The plan's state.</param>
    /// <param name="context">Knows which codes are taken.</param>
    /// <param name="code">The code; null passes.</param>
    /// <param name="own">The code that the grid has now; null for a new grid.</param>
    /// <exception cref="EditRefusedException">It has not the form of a code, or is or was another grid's.</exception>
    public static void RequireFree(PlanState state, EditContext context, string? code, string? own)
    {
        if (code is null || code == own)
            return;
        if (!GridCode.TryParse(code, out _))
            throw new EditRefusedException(new EditRefusal("code_invalid", "A code is 1 to 40 of 0-9 A-Z a-z . _ -"));
        if (context.IsTaken(code) || state.FindByCode(code) is not null)
            throw new EditRefusedException(new EditRefusal("code_taken", $"{code} is or was another grid's code, and is never given again.", Grids: [code]));
    }
}
