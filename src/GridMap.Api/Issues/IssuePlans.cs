using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>One person, one place, one plan (一人地一策): who sees a stubborn issue through, and how.</summary>
/// <param name="Version">Of the plan; sent back with a change.</param>
/// <param name="Owner">The number of the person.</param>
/// <param name="OwnerName">Their name.</param>
/// <param name="Goal">What is to be reached.</param>
/// <param name="Watched">Whether the office keeps an eye on it.</param>
/// <param name="Steps">In their order.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="UpdatedBy">By whom.</param>
public sealed record IssuePlanItem(
    int Version, long Owner, string OwnerName, string Goal, bool Watched, IReadOnlyList<IssuePlanStep> Steps, DateTimeOffset UpdatedAt, string UpdatedBy);

/// <summary>A step.</summary>
/// <param name="Words">What is done.</param>
/// <param name="DueOn">By which day.</param>
/// <param name="DoneOn">On which day it was done; null: not yet.</param>
public sealed record IssuePlanStep(string? Words, DateOnly? DueOn = null, DateOnly? DoneOn = null);

/// <summary>A plan as it is to be.</summary>
/// <param name="Owner">The number of a person with a duty on a grid.</param>
/// <param name="Goal">What is to be reached.</param>
/// <param name="Watched">Whether the office keeps an eye on it.</param>
/// <param name="Steps">All steps, in their order.</param>
/// <param name="Version">Of the plan that is changed; null for the first.</param>
public sealed record IssuePlanBody(long? Owner, string? Goal = null, bool Watched = false, IssuePlanStep[]? Steps = null, int? Version = null);

/// <summary>Keeps plans of stubborn issues. Thread safe.</summary>
internal sealed class IssuePlans(Database database)
{
    private const int MaxText = 400;
    private const int MostSteps = 50;

    /// <summary>The plan of an issue; null when it has none.</summary>
    public static async Task<IssuePlanItem?> FindAsync(NpgsqlConnection connection, long issue)
    {
        var plan = await connection.QuerySingleOrDefaultAsync<(int Version, long Owner, string Name, string Goal, bool Watched, DateTime At, string By)?>(
            "select version, owner, p.name, goal, watched, updated_at, updated_by from issue_plan join person p on p.id = owner where issue_id = @issue", new { issue });
        if (plan is not { } found)
            return null;
        var steps = await connection.QueryAsync<(string Words, DateOnly? DueOn, DateOnly? DoneOn)>("select words, due_on, done_on from issue_plan_step where issue_id = @issue order by ordinal", new { issue });
        return new IssuePlanItem(
            found.Version, found.Owner, found.Name, found.Goal, found.Watched, [.. steps.Select(step => new IssuePlanStep(step.Words, step.DueOn, step.DoneOn))], found.At, found.By);
    }

    /// <summary>Writes a plan, whole.</summary>
    /// <exception cref="ProblemException">400, 403, 404; 412 when somebody changed it meanwhile.</exception>
    public async Task PutAsync(Caller caller, string number, IssuePlanBody body, CancellationToken cancel)
    {
        var goal = InputText.Clean(body.Goal, "goal", MaxText);
        var steps = (body.Steps ?? []).Select(step => step with { Words = InputText.Clean(step.Words, "steps", MaxText) }).ToList();
        if (steps.Count > MostSteps || steps.Exists(step => step.Words!.Length == 0))
            throw new ProblemException(Problem.Bad("steps", "bad_steps", $"At most {MostSteps} steps, each with words."));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<(long Id, long? Grid, string Category)?>("select id, grid_id, category from issue where number = @number for update", new { number }, transaction)
            ?? throw IssueEndpoints.Unknown(number);
        if (!await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.SeeMap), row.Grid))
            throw IssueEndpoints.Hidden(number);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.DirectIssues), row.Grid, $"Issue {number}");
        var owner = await IssueCourse.PersonAsync(transaction, body.Owner ?? throw new ProblemException(Problem.Bad("owner", "owner_required", "Say in owner who sees it through.")), "owner");
        var version = await connection.ExecuteScalarAsync<int?>("select version from issue_plan where issue_id = @Id", new { row.Id }, transaction);
        if (version != body.Version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status412PreconditionFailed, "plan_changed", $"The plan of issue {number} is at version {version ?? 0}, not {body.Version ?? 0}: look at it again.", "version"));
        }

        await connection.ExecuteAsync(
            """
            insert into issue_plan (issue_id, owner, watched, goal, updated_by) values (@Id, @owner, @Watched, @goal, @Who)
            on conflict (issue_id) do update set version = issue_plan.version + 1, owner = @owner, watched = @Watched, goal = @goal, updated_at = now(), updated_by = @Who
            """,
            new { row.Id, owner = owner.Id, body.Watched, goal, caller.Who }, transaction);
        await connection.ExecuteAsync("delete from issue_plan_step where issue_id = @Id", new { row.Id }, transaction);
        for (var i = 0; i < steps.Count; i++)
        {
            await connection.ExecuteAsync(
                "insert into issue_plan_step (issue_id, ordinal, words, due_on, done_on) values (@Id, @i, @Words, @DueOn, @DoneOn)",
                new { row.Id, i, steps[i].Words, steps[i].DueOn, steps[i].DoneOn }, transaction);
        }

        if (version is null && owner.Id != caller.PersonId)
            await IssueTelling.OneAsync(transaction, owner.Id!.Value, "issue.planned", number, row.Category);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("issue.plan", "issue", number, row.Grid, After: new { owner = owner.Id, body.Watched, steps = steps.Count }));
        await transaction.CommitAsync(CancellationToken.None);
    }
}
