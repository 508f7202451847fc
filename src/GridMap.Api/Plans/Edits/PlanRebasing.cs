using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Editing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Plans.Edits;

/// <summary>Which edits are to be left out.</summary>
/// <param name="Drop">Numbers of edits.</param>
public sealed record RebaseBody(int[]? Drop = null);

/// <summary>A plan on the newest generation.</summary>
/// <param name="Plan">The plan after it; of a dry run as it is.</param>
/// <param name="From">Its base before.</param>
/// <param name="Onto">Its base now.</param>
/// <param name="Kept">How many edits were done again.</param>
/// <param name="Conflicts">Edits that no longer fit; only a dry run answers with any.</param>
public sealed record RebaseReport(PlanItem Plan, int? From, int Onto, int Kept, IReadOnlyList<RebaseConflict> Conflicts);

/// <summary>An edit that no longer fits.</summary>
/// <param name="Ordinal">Its number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Grids">The grids concerned.</param>
/// <param name="Geometry">Where; null when it has no place.</param>
public sealed record RebaseConflict(int Ordinal, string Kind, string Code, string Reason, IReadOnlyList<string> Grids, JsonElement? Geometry);

/// <summary>
/// Moves a plan onto the newest generation: its edits are done again there, by what they were asked for, in their order. Those that no longer fit are
/// named; nothing is stored until they are left out. New grids keep their identities. Thread safe.
/// </summary>
internal sealed class PlanRebasing(
    Database database, PlanStore plans, PlanQueries queries, PlanSessions sessions, IOptions<DefectOptions> defectOptions)
{
    private const long NoPlan = 0;
    private const int MostIssues = 20_000;
    private const int IdsAtOnce = 512;

    // Beginnings that are states, not operations: there is nothing to do again.
    private static readonly string[] Beginnings = ["import", "restore"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record Replayed(StoredEdit Edit, EditResult Result, PlanState Before);

    /// <summary>Rebases.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="version">The version that the caller saw.</param>
    /// <param name="body">What is left out.</param>
    /// <param name="dryRun">Only says what no longer fits.</param>
    /// <param name="cancel">Gives up; nothing is changed then.</param>
    /// <exception cref="ProblemException">403, 404, 412; 409 when there is nothing newer, or edits no longer fit: nothing was changed.</exception>
    public async Task<RebaseReport> RebaseAsync(Caller caller, long plan, int version, RebaseBody body, bool dryRun, CancellationToken cancel)
    {
        var found = await queries.FindAsync(caller, plan, cancel);
        using var turn = await sessions.TurnAsync(plan, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var held = await PlanEditing.HoldAsync(transaction, plan, version);
        var newest = await connection.ExecuteScalarAsync<int>("select coalesce(max(number), 0) from generation", transaction: transaction);
        if (held.BaseGeneration == newest)
            throw new ProblemException(Problem.Conflict("nothing_to_rebase", $"Plan {plan} departs from generation {newest}, which is the newest."));
        var edits = (await EditStore.SinceAsync(transaction, plan, 0)).Where(edit => edit.Ordinal <= held.Cursor).ToList();
        if (edits.Find(edit => Beginnings.Contains(edit.Kind)) is { } beginning)
            throw new ProblemException(Problem.Conflict("import_stays", $"The plan holds {beginning.Kind}, which is made from a file or a state, not from its base: make it again on generation {newest}."));

        var dropped = (body.Drop ?? []).ToHashSet();
        var (replayed, state, conflicts) = await ReplayAsync(transaction, plan, newest, [.. edits.Where(edit => !dropped.Contains(edit.Ordinal))], cancel);
        if (dryRun)
            return new RebaseReport(found, held.BaseGeneration, newest, replayed.Count, conflicts);
        if (conflicts.Count > 0)
        {
            throw new ProblemException(Problem.Conflict(
                "rebase_conflicts", $"{conflicts.Count} edits no longer fit generation {newest}: leave them out with drop, or make them otherwise.")
                with
            { Extensions = new Dictionary<string, object?> { ["edits"] = conflicts } });
        }

        await StoreAsync(transaction, caller, plan, held, newest, replayed, state, cancel);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "plan.rebase", "plan", plan.ToString(), Before: new { generation = held.BaseGeneration, edits = edits.Count },
            After: new { generation = newest, edits = replayed.Count, dropped = dropped.Order() }));
        await EventOutbox.AddAsync(transaction, EventOutbox.Plan, new { plan, version = held.Version + 1, by = caller.Who });
        await transaction.CommitAsync(CancellationToken.None);
        return new RebaseReport(await queries.FindAsync(caller, plan, cancel), held.BaseGeneration, newest, replayed.Count, []);
    }

    private async Task<(List<Replayed> Done, PlanState State, List<RebaseConflict> Conflicts)> ReplayAsync(
        NpgsqlTransaction transaction, long plan, int newest, List<StoredEdit> edits, CancellationToken cancel)
    {
        var state = PlanState.Of((await plans.StateAsync(NoPlan, newest, cancel)).Select(grid => grid.ToPlanned()), []);
        var taken = (await transaction.Connection!.QueryAsync<string>(
            "select code from grid_code union select p.code from plan_grid p join plan on plan.id = p.plan_id where plan.state = 'draft' and plan.id <> @plan",
            new { plan }, transaction)).ToHashSet(StringComparer.Ordinal);
        var spare = new Queue<long>(await plans.ReserveIdsAsync(IdsAtOnce, cancel));
        var done = new List<Replayed>();
        var conflicts = new List<RebaseConflict>();
        foreach (var edit in edits)
        {
            var own = new Queue<long>(await transaction.Connection!.QueryAsync<long>(
                "select grid_id from plan_edit_grid where plan_id = @plan and ordinal = @Ordinal and is_after and change = 'added' order by grid_id",
                new { plan, edit.Ordinal }, transaction));
            var context = new EditContext(
                () => own.TryDequeue(out var id) || spare.TryDequeue(out id) ? id : throw PlanEditing.TooLarge(),
                code => taken.Contains(code) || state.FindByCode(code) is not null, defectOptions.Value.ToRules());
            try
            {
                var operation = await WithPlacesAsync(transaction.Connection!, state, new EditForm(state, JsonSerializer.Deserialize<PlanEditBody>(edit.Parameters, Json)!).Read(), cancel);
                var outcome = await Task.Run(() => operation.Apply(state, context), cancel);
                if (outcome is EditResult result)
                {
                    done.Add(new Replayed(edit, result, state));
                    state = result.State;
                }
                else if (outcome is EditRefusal refusal)
                {
                    conflicts.Add(new RebaseConflict(
                        edit.Ordinal, edit.Kind, refusal.Code, refusal.Reason, refusal.Grids ?? [], refusal.Place is null ? null : EditAnswers.ToGeoJson(refusal.Place)));
                }
            }
            catch (ProblemException e)
            {
                // A grid that is there no more, or under another code.
                conflicts.Add(new RebaseConflict(edit.Ordinal, edit.Kind, e.Problem.Code, e.Problem.Detail, PlanEditing.CodesOf(edit.Result), null));
            }
        }

        return (done, state, conflicts);
    }

    private static async Task<PlanEdit> WithPlacesAsync(NpgsqlConnection connection, PlanState state, PlanEdit edit, CancellationToken cancel)
    {
        if (edit is not DivideEdit { Balance: DivideBalance.Places } divide || state.Find(divide.Grid) is not { } grid)
            return edit;
        var issues = await EditStore.IssuesNearAsync(connection, Lattice.Factory.ToGeometry(grid.Polygon.EnvelopeInternal), MostIssues, cancel);
        return divide with { Places = [.. issues.Select(issue => LatticePoint.From(issue.Point.Coordinate))] };
    }

    private async Task StoreAsync(
        NpgsqlTransaction transaction, Caller caller, long plan, (int Version, int Cursor, int? BaseGeneration) held, int newest, List<Replayed> replayed, PlanState state,
        CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var answered = await sessions.AnsweredAsync(plan, cancel);
        var before = await connection.QueryAsync<long>("select grid_id from plan_lock where plan_id = @plan", new { plan }, transaction);
        foreach (var table in (string[])["plan_grid", "plan_defect", "plan_edit"])
            await connection.ExecuteAsync($"delete from {table} where plan_id = @plan", new { plan }, transaction, commandTimeout: 0);
        await connection.ExecuteAsync("update plan set base_generation = @newest where id = @plan", new { plan, newest }, transaction);
        var version = held.Version + 1;
        for (var i = 0; i < replayed.Count; i++)
        {
            var (edit, result, was) = replayed[i];
            await EditStore.AddEditAsync(transaction, plan, i + 1, version, edit.Kind, edit.Parameters, PlanEditing.ResultText(result, was), edit.CreatedBy, result.Changes, edit.CreatedAt);
            await EditStore.PutAsync(transaction, plan, newest, result.Changes, cancel);
        }

        await EditStore.PutLocksAsync(transaction, plan, PlanState.Of([], before), state, caller.Who);
        var ledger = await Task.Run(() => DefectLedger.Of(state, answered, defectOptions.Value), cancel);
        await EditStore.PutDefectsAsync(transaction, plan, ledger, ledger, cancel);
        await EditStore.MoveAsync(transaction, plan, version, replayed.Count);
        await PlanStore.RequireAsync(transaction, caller, plan);
        sessions.Put(plan, new PlanSession(version, state, ledger));
    }
}
