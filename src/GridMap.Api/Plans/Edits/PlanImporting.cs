using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using GridMap.Core.Editing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Plans.Edits;

/// <summary>A plan as an import into it began.</summary>
/// <param name="Plan">Its number.</param>
/// <param name="Session">Its grids at that version.</param>
/// <param name="Base">The same, as an import takes it.</param>
internal sealed record PlanBeforeImport(long Plan, PlanSession Session, BaseState Base);

/// <summary>Stores an import as one edit of a plan that is there, which can be taken back as any other. Thread safe.</summary>
internal sealed class PlanImporting(Database database, PlanQueries queries, PlanSessions sessions, IOptions<DefectOptions> defectOptions)
{
    private const int MostListed = 20;

    /// <summary>The plan's grids.</summary>
    /// <exception cref="ProblemException">403, 404; 409 when it is no draft.</exception>
    public async Task<PlanBeforeImport> LoadAsync(Caller caller, long plan, CancellationToken cancel)
    {
        var found = await queries.FindAsync(caller, plan, cancel);
        if (found.State != "draft")
            throw new ProblemException(Problem.Conflict("not_a_draft", $"Plan {plan} is {found.State}; only a draft can be edited."));
        using var turn = await sessions.TurnAsync(plan, cancel);
        var session = await sessions.GetAsync(plan, found.Version, found.BaseGeneration, cancel);
        return new PlanBeforeImport(plan, session, BaseState.Of(found.BaseGeneration, session.State, await sessions.AnsweredAsync(plan, cancel)));
    }

    /// <summary>What a difference of states is as the changes of an edit.</summary>
    /// <exception cref="ProblemException">422: a locked grid would be changed.</exception>
    public static IReadOnlyList<GridChange> ChangesOf(PlanBeforeImport before, IReadOnlyList<PlanGrid> difference)
    {
        var changes = difference.Select(grid => ChangeOf(before.Session.State.Find(grid.GridId), grid)).ToList();
        var locked = changes.Where(change => change.Kind != GridChangeKind.ReNoded && before.Session.State.Locks.Contains(change.Id)).Select(change => change.Before!.Code).ToList();
        return locked.Count == 0 ? changes : throw new ProblemException(new Problem(
            StatusCodes.Status422UnprocessableEntity, "locked", $"The import would change grids that are locked: unlock them first. {string.Join(", ", locked.Take(MostListed))}")
        {
            Extensions = new Dictionary<string, object?> { ["grids"] = locked },
        });
    }

    /// <summary>Stores the edit, if the plan is as it was.</summary>
    /// <param name="caller">Who imports.</param>
    /// <param name="before">The plan as the import began.</param>
    /// <param name="changes">What the import changes.</param>
    /// <param name="parameters">What was asked, a JSON object.</param>
    /// <param name="result">What was done, a JSON object.</param>
    /// <param name="alongside">Runs in the same transaction.</param>
    /// <param name="cancel">Gives up, leaving nothing.</param>
    /// <exception cref="ProblemException">403; 412 when the plan was edited meanwhile; 422 when a code is another's. Nothing was stored.</exception>
    public async Task StoreAsync(
        Caller caller, PlanBeforeImport before, IReadOnlyList<GridChange> changes, string parameters, string result, Func<NpgsqlTransaction, Task> alongside,
        CancellationToken cancel)
    {
        var (plan, session) = (before.Plan, before.Session);
        using var turn = await sessions.TurnAsync(plan, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var held = await PlanEditing.HoldAsync(transaction, plan, session.Version);
        var taken = await EditStore.TakenAsync(transaction, changes);
        if (taken.Count > 0)
            throw new ProblemException(new Problem(StatusCodes.Status422UnprocessableEntity, "code_taken", $"These codes are another grid's, or another draft has given them: {string.Join(", ", taken.Take(MostListed))}.", "codeField"));
        var hasDuty = await sessions.AnsweredAsync(plan, cancel);
        var next = await Task.Run(
            () =>
            {
                var state = session.State.With(changes);
                return new PlanSession(held.Version + 1, state, DefectLedger.Of(state, hasDuty, defectOptions.Value));
            },
            cancel);
        var ordinal = held.Cursor + 1;
        await EditStore.AddEditAsync(transaction, plan, ordinal, next.Version, "import", parameters, result, caller.Who, changes);
        await EditStore.PutAsync(transaction, plan, held.BaseGeneration, changes, cancel);
        await EditStore.PutLocksAsync(transaction, plan, session.State, next.State, caller.Who);
        await EditStore.PutDefectsAsync(transaction, plan, session.Defects, next.Defects, cancel);
        await EditStore.MoveAsync(transaction, plan, next.Version, ordinal);
        await PlanStore.RequireAsync(transaction, caller, plan);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("plan.edit.import", "plan", plan.ToString(), After: new { ordinal, grids = changes.Count }));
        await EventOutbox.AddAsync(transaction, EventOutbox.Plan, new { plan, version = next.Version, by = caller.Who });
        await alongside(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Put(plan, next);
    }

    private static GridChange ChangeOf(PlannedGrid? was, PlanGrid becomes)
    {
        if (becomes.Removed)
            return new GridChange(was, null, GridChangeKind.Removed);
        var after = becomes.ToPlanned();
        if (was is null)
            return new GridChange(null, after, GridChangeKind.Added);
        var old = PlanGrid.Of(was);
        var kind = PlanDifference.IsReNoded(old, becomes) && !PlanDifference.IsSame(old, becomes) ? GridChangeKind.ReNoded
            : ReNoding.IsSameGround(was.Polygon, after.Polygon) ? GridChangeKind.Updated : GridChangeKind.Reshaped;
        return new GridChange(was, after, kind);
    }
}
