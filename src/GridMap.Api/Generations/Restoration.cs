using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Plans;
using GridMap.Api.Storage;

namespace GridMap.Api.Generations;

/// <summary>
/// Rolls back: the state of an older generation is published as a new one. Nothing in between is rewritten; grids that come back are the same ones, with the
/// people whose terms still run. Thread safe.
/// </summary>
internal sealed class Restoration(Database database, PlanStore plans, Publication publication)
{
    private const long NoPlan = 0;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Publishes the grids of an older generation again.</summary>
    /// <returns>The new generation's number.</returns>
    /// <exception cref="ProblemException">404, 403, 409: nothing was changed.</exception>
    public async Task<int> RestoreAsync(Caller caller, int number, string note, CancellationToken cancel)
    {
        int newest;
        await using (var connection = await database.OpenAsync(cancel))
        {
            newest = await connection.ExecuteScalarAsync<int>("select coalesce(max(number), 0) from generation");
            if (number < 1 || !await connection.ExecuteScalarAsync<bool>("select exists (select from generation where number = @number)", new { number }))
                throw new ProblemException(Problem.NotFound("unknown_generation", $"There is no generation {number}; /api/v1/generations lists them."));
        }

        var present = await plans.StateAsync(NoPlan, newest, cancel);
        var was = present.ToDictionary(grid => grid.GridId);
        var difference = PlanDifference.Between(present, await plans.StateAsync(NoPlan, number, cancel))
            .ConvertAll(grid => grid.Removed || !was.TryGetValue(grid.GridId, out var now) ? grid : grid with { ReNoded = PlanDifference.IsReNoded(now, grid) });
        if (difference.Count == 0)
            throw new ProblemException(Problem.Conflict("nothing_changes", $"Generation {newest} has the same grids as {number}: there is nothing to roll back."));
        var plan = await plans.CreateAsync(
            caller,
            new PlanDraft(note.Length > 0 ? note : $"Generation {number} again", newest, "restore", JsonSerializer.Serialize(new { generation = number }, Json), "{}", difference, []), cancel);
        return await publication.PublishAsync(plan, expectedVersion: null, caller, note, isVacant: false, cancel);
    }
}
