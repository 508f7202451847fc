using Dapper;
using GridMap.Api.Inbox;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>Tells people of issues, in the transaction of what happened. Stateless.</summary>
internal static class IssueTelling
{
    private const string HoldersSql =
        """
        select distinct person_id from duty
        where grid_id = @grid and role = any(@roles) and from_at <= now() and (to_at is null or to_at > now())
        """;

    private static readonly string[] Answering = ["grid_leader", "grid_worker"];
    private static readonly string[] Leading = ["grid_leader"];

    /// <summary>Who answers for the first of these grids that has somebody.</summary>
    /// <param name="transaction">Of what happened.</param>
    /// <param name="chain">Innermost first.</param>
    /// <param name="kind">What the inbox calls it.</param>
    /// <param name="number">The issue's number.</param>
    /// <param name="category">Its category.</param>
    /// <param name="but">Who did it, and need not be told.</param>
    /// <returns>The grid whose people were told; null when there is nobody.</returns>
    public static Task<long?> AnswerableAsync(NpgsqlTransaction transaction, IReadOnlyList<long> chain, string kind, string number, string category, long? but = null) =>
        FirstAsync(transaction, chain, Answering, kind, number, category, but);

    /// <summary>The leaders of the first of these grids that has one.</summary>
    public static Task<long?> LeadersAsync(NpgsqlTransaction transaction, IReadOnlyList<long> chain, string kind, string number, string category, long? but = null) =>
        FirstAsync(transaction, chain, Leading, kind, number, category, but);

    /// <summary>One person.</summary>
    public static Task OneAsync(NpgsqlTransaction transaction, long person, string kind, string number, string category) =>
        InboxWriter.TellAsync(transaction, person, kind, new { number, category }, LinkOf(number));

    private static async Task<long?> FirstAsync(
        NpgsqlTransaction transaction, IReadOnlyList<long> chain, string[] roles, string kind, string number, string category, long? but)
    {
        foreach (var grid in chain)
        {
            var people = (await transaction.Connection!.QueryAsync<long>(HoldersSql, new { grid, roles }, transaction)).ToList();
            if (people.Count == 0)
                continue;
            foreach (var person in people.Where(person => person != but))
                await OneAsync(transaction, person, kind, number, category);
            return grid;
        }

        return null;
    }

    private static string LinkOf(string number) => $"/issues/{number}";
}
