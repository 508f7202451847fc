using System.Text.Json;
using GridMap.Core.Editing;

namespace GridMap.Api.Plans;

/// <summary>How a state differs from the one it was made from: what a plan stores.</summary>
internal static class PlanDifference
{
    /// <summary>Compares two states by identity.</summary>
    /// <param name="before">The base.</param>
    /// <param name="after">The result.</param>
    /// <returns>Grids that are new or differ in anything, as they become; then those that are gone, as they were, marked removed.</returns>
    public static List<PlanGrid> Between(IReadOnlyCollection<PlanGrid> before, IReadOnlyCollection<PlanGrid> after)
    {
        var was = before.ToDictionary(grid => grid.GridId);
        var stays = after.Select(grid => grid.GridId).ToHashSet();
        return
        [
            .. after.Where(grid => !was.TryGetValue(grid.GridId, out var old) || !IsSame(old, grid)),
            .. before.Where(grid => !stays.Contains(grid.GridId)).Select(grid => grid with { Removed = true }),
        ];
    }

    /// <summary>True when nothing that a version keeps differs: the same facts and, vertex for vertex, the same polygon.</summary>
    public static bool IsSame(PlanGrid one, PlanGrid other) =>
        one.Code == other.Code && one.Level == other.Level && one.ParentId == other.ParentId && one.Name == other.Name && one.Kind == other.Kind
        && HaveSameAttributes(one.AttributesJson, other.AttributesJson) && one.Geometry.EqualsExact(other.Geometry);

    /// <summary>True when nothing differs but vertices more on borders that run as before, within the rounding of the lattice.</summary>
    public static bool IsReNoded(PlanGrid was, PlanGrid becomes) =>
        IsSame(was with { Geometry = becomes.Geometry }, becomes) && ReNoding.IsSameGround(was.Geometry, becomes.Geometry);

    // PostgreSQL writes jsonb in its own order and spacing.
    private static bool HaveSameAttributes(string one, string other)
    {
        if (one == other)
            return true;
        using JsonDocument left = JsonDocument.Parse(one), right = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
