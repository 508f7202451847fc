using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridMap.Api.Plans.Talk;

/// <summary>What one has in hand.</summary>
/// <param name="Grids">Codes of the grids that are chosen; at most 20.</param>
public sealed record PresenceBody(string[]? Grids = null);

/// <summary>Somebody who has the plan open.</summary>
/// <param name="Who">Their name.</param>
/// <param name="Grids">What they have chosen.</param>
/// <param name="SeenAt">When they were heard of last.</param>
public sealed record PresentPlanner(string Who, IReadOnlyList<string> Grids, DateTimeOffset SeenAt);

/// <summary>Everybody else.</summary>
public sealed record PresenceAnswer(IReadOnlyList<PresentPlanner> Others);

/// <summary><c>PUT /api/v1/plans/{id}/presence</c>: a planner's page says every ten seconds that it is there, and hears who else is.</summary>
internal static class PlanPresence
{
    private const int MostGrids = 20;
    private const int SecondsKept = 30;

    public static void MapPresence(this RouteGroupBuilder plans) =>
        plans.MapPut("/{id:long}/presence", Put).WithSummary("I have the plan open; the answer is who else does. Every ten seconds; half a minute later one is gone.");

    private static async Task<Ok<PresenceAnswer>> Put(
        Caller caller, PlanQueries plans, Database database, long id, PresenceBody body, CancellationToken cancel)
    {
        await plans.FindAsync(caller, id, cancel);
        var grids = body.Grids ?? [];
        if (grids.Length > MostGrids || grids.Any(code => code is null || code.Length > 40))
            throw new ProblemException(Problem.Bad("grids", "bad_grids", $"grids are at most {MostGrids} codes."));
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from plan_presence where seen_at < now() - make_interval(secs => @SecondsKept);
            insert into plan_presence (plan_id, who, key, grids) values (@id, @Who, @Key, @grids)
            on conflict (plan_id, key) do update set who = excluded.who, grids = excluded.grids, seen_at = now()
            """,
            new { id, caller.Who, caller.Key, grids, SecondsKept }, cancellationToken: cancel));
        var others = await connection.QueryAsync<Row>(new CommandDefinition(
            "select who, grids, seen_at from plan_presence where plan_id = @id and key <> @Key order by who", new { id, caller.Key }, cancellationToken: cancel));
        return TypedResults.Ok(new PresenceAnswer([.. others.Select(row => new PresentPlanner(row.Who, row.Grids, row.SeenAt))]));
    }

    private sealed class Row
    {
        public string Who { get; init; } = "";

        public string[] Grids { get; init; } = [];

        public DateTime SeenAt { get; init; }
    }
}
