using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Points;
using Npgsql;

namespace GridMap.Api.Points;

/// <summary>
/// Who waits for whom. For one holder entries are counted one after the other, in the order of their numbers: so that two counters never
/// spend the same points, and a recount sees the same order. An issue's row comes
/// before its holder's lock. Held to the end of the transaction. Stateless.
/// </summary>
internal static class PointsLocks
{
    /// <summary>Holders in one order for everybody, so that no two transactions wait for each other.</summary>
    public static async Task HoldAsync(NpgsqlTransaction transaction, IEnumerable<PointsHolder> holders)
    {
        foreach (var name in holders.Select(holder => holder.Person is { } person ? $"points:person:{person}" : $"points:issue:{holder.Issue}").Distinct().Order(StringComparer.Ordinal))
            await transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@name, 8))", new { name }, transaction);
    }

    /// <summary>The rules stay as they are while a step is scored; a change waits, and holds from a moment after it.</summary>
    public static Task ShareRulesAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock_shared(@PointsRules)", new { AdvisoryKeys.PointsRules }, transaction);

    /// <summary>Nobody scores while the rules change.</summary>
    public static Task TakeRulesAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@PointsRules)", new { AdvisoryKeys.PointsRules }, transaction);
}
