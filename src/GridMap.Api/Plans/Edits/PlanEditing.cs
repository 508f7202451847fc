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
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Plans.Edits;

/// <summary>
/// Edits plans: one edit, undo or redo in one transaction, whole or not at all. In a process planners of one plan take turns; across processes the
/// plan's row is held, and its version says whether what the planner saw is what there is. Thread safe.
/// </summary>
internal sealed class PlanEditing(
    Database database, PlanStore plans, PlanQueries queries, PlanSessions sessions, IOptions<DefectOptions> defectOptions)
{
    private const int MostTold = 20;
    private const int MostIssues = 20_000;
    private const int IdsAtOnce = 512;
    private const int CodeTries = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Does an edit, or says what it would do.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="version">The version that the caller saw.</param>
    /// <param name="body">The edit.</param>
    /// <param name="dryRun">Stores nothing.</param>
    /// <param name="cancel">Gives up before the commit; nothing is changed then.</param>
    /// <exception cref="ProblemException">400, 403, 404, 409, 412, or 422 when the edit would break the plan: nothing was changed.</exception>
    public async Task<EditReport> EditAsync(Caller caller, long plan, int version, PlanEditBody body, bool dryRun, CancellationToken cancel)
    {
        var found = await queries.FindAsync(caller, plan, cancel);
        using var turn = await sessions.TurnAsync(plan, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var held = await HoldAsync(transaction, plan, version);
        var session = await sessions.GetAsync(plan, held.Version, held.BaseGeneration, cancel);
        var edit = new EditForm(session.State, body).Read();
        if (edit is DivideEdit { Balance: DivideBalance.Places } divide && session.State.Find(divide.Grid) is { } grid)
            edit = divide with { Places = [.. (await IssuesAsync(connection, grid.Polygon.EnvelopeInternal, cancel)).Select(issue => LatticePoint.From(issue.Point.Coordinate))] };
        var result = await ApplyAsync(transaction, session, edit, dryRun, cancel);
        var hasDuty = await HasDutyAsync(plan, result.Lineage, cancel);
        var next = new PlanSession(
            held.Version + 1, result.State, await Task.Run(() => session.Defects.After(result.State, result.Changes, hasDuty, defectOptions.Value), cancel));
        var ordinal = held.Cursor + 1;
        var report = await ReportAsync(connection, found, new EditReference(dryRun ? null : ordinal, edit.Kind), session, next, result, cancel);
        if (dryRun && caller.ReachOf(Core.Permissions.Permission.Plan).IsEverywhere)
            return report;

        await EditStore.AddEditAsync(
            transaction, plan, ordinal, next.Version, edit.Kind, JsonSerializer.Serialize(body, Json), ResultText(result, session.State), caller.Who, result.Changes);
        await StoreAsync(transaction, caller, plan, held.BaseGeneration, result.Changes, session, next, ordinal, cancel);
        if (dryRun)
            return report; // Only whether it lies within reach was to be found out.

        await AuditLog.AddAsync(transaction, caller, new AuditEntry($"plan.edit.{edit.Kind}", "plan", plan.ToString(), After: Told(ordinal, result.Changes)));
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Put(plan, next);
        return report with { Plan = await queries.FindAsync(caller, plan, cancel) };
    }

    /// <summary>Takes the last edit back, or does the one again that was taken back last.</summary>
    /// <exception cref="ProblemException">As with an edit; 409 when there is nothing to take back or to do again.</exception>
    public async Task<EditReport> StepAsync(Caller caller, long plan, int version, bool forward, CancellationToken cancel)
    {
        var found = await queries.FindAsync(caller, plan, cancel);
        using var turn = await sessions.TurnAsync(plan, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var held = await HoldAsync(transaction, plan, version);
        var edits = (await EditStore.SinceAsync(transaction, plan, 0)).Count;
        var ordinal = forward ? held.Cursor + 1 : held.Cursor;
        if (ordinal < 1 || ordinal > edits)
            throw new ProblemException(Problem.Conflict(forward ? "nothing_to_redo" : "nothing_to_undo", forward ? "Nothing was taken back." : "There is no edit to take back."));
        var (kind, text) = await EditStore.EditAsync(transaction, plan, ordinal);
        var done = await EditStore.ChangesAsync(transaction, plan, ordinal);
        if (kind is "import" or "restore" && done.Count == 0)
            throw new ProblemException(Problem.Conflict("import_stays", $"The {kind} is the plan's beginning and stays: abandon the plan, and make it again."));
        var session = await sessions.GetAsync(plan, held.Version, held.BaseGeneration, cancel);
        IReadOnlyList<GridChange> changes = forward ? done : [.. done.Select(change => change.Inverse())];
        var state = WithLocks(session.State.With(changes), text, forward);
        var hasDuty = await HasDutyAsync(plan, LineageOf(text), cancel);
        var next = new PlanSession(held.Version + 1, state, await Task.Run(() => session.Defects.After(state, changes, hasDuty, defectOptions.Value), cancel));
        var report = await ReportAsync(
            connection, found, new EditReference(ordinal, kind), session, next, new EditResult(state, changes, [], []), cancel);
        await StoreAsync(transaction, caller, plan, held.BaseGeneration, changes, session, next, forward ? ordinal : ordinal - 1, cancel);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(forward ? "plan.redo" : "plan.undo", "plan", plan.ToString(), After: Told(ordinal, changes)));
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Put(plan, next);
        return report with { Plan = await queries.FindAsync(caller, plan, cancel) };
    }

    internal static async Task<(int Version, int Cursor, int? BaseGeneration)> HoldAsync(NpgsqlTransaction transaction, long plan, int version)
    {
        var held = await EditStore.LockPlanAsync(transaction, plan)
            ?? throw new ProblemException(Problem.NotFound("unknown_plan", $"There is no plan {plan}; /api/v1/plans lists them."));
        if (held.State != "draft")
            throw new ProblemException(Problem.Conflict("not_a_draft", $"Plan {plan} is {held.State}; only a draft can be edited."));
        if (await transaction.Connection!.ExecuteScalarAsync<DateTime?>("select publish_at from plan where id = @plan", new { plan }, transaction) is { } at)
            throw new ProblemException(Problem.Conflict("scheduled", $"Plan {plan} is to be published at {at:O}: call that off before it is changed (DELETE /api/v1/plans/{plan}/publish)."));
        if (held.Version == version)
            return (held.Version, held.Cursor, held.BaseGeneration);
        var since = await EditStore.SinceAsync(transaction, plan, version);
        throw new ProblemException(new Problem(
            StatusCodes.Status412PreconditionFailed, "plan_changed",
            $"Plan {plan} is at version {held.Version}, not {version}: {string.Join(", ", since.Select(edit => $"{edit.CreatedBy} made {edit.Kind}").Distinct().Take(MostTold))}. Look at it again.",
            "If-Match")
        {
            Extensions = new Dictionary<string, object?>
            {
                ["version"] = held.Version,
                ["since"] = since.TakeLast(MostTold).Select(edit => new { edit.Ordinal, edit.Kind, edit.CreatedBy, edit.CreatedAt, Undone = edit.Ordinal > held.Cursor, Grids = CodesOf(edit.Result) }).ToList(),
            },
        });
    }

    private async Task<EditResult> ApplyAsync(NpgsqlTransaction transaction, PlanSession session, PlanEdit edit, bool dryRun, CancellationToken cancel)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 0; tries < CodeTries; tries++)
        {
            var ids = new Queue<long>(dryRun ? [] : await plans.ReserveIdsAsync(IdsAtOnce, cancel));
            var below = 0L;
            var context = new EditContext(
                () => dryRun ? --below : ids.TryDequeue(out var id) ? id : throw TooLarge(),
                code => taken.Contains(code) || session.State.FindByCode(code) is not null, defectOptions.Value.ToRules());
            var outcome = await Task.Run(() => edit.Apply(session.State, context), cancel);
            if (outcome is EditRefusal refusal)
                throw Refused(refusal);
            var result = (EditResult)outcome;
            var others = await EditStore.TakenAsync(transaction, result.Changes);
            if (others.Count == 0)
                return result;
            if (taken.Count > 0)
                break; // A code that was asked for by name.
            taken.UnionWith(await EditStore.AllCodesAsync(transaction));
        }

        throw new ProblemException(new Problem(
            StatusCodes.Status422UnprocessableEntity, "code_taken", "A code is or was another grid's, or another draft has given it: name another.", "code"));
    }

    private static async Task StoreAsync(
        NpgsqlTransaction transaction, Caller caller, long plan, int? baseGeneration, IReadOnlyList<GridChange> changes, PlanSession before, PlanSession after,
        int cursor, CancellationToken cancel)
    {
        await EditStore.PutAsync(transaction, plan, baseGeneration, changes, cancel);
        await EditStore.PutLocksAsync(transaction, plan, before.State, after.State, caller.Who);
        await EditStore.PutDefectsAsync(transaction, plan, before.Defects, after.Defects, cancel);
        await EditStore.MoveAsync(transaction, plan, after.Version, cursor);
        await PlanStore.RequireAsync(transaction, caller, plan);
        await EventOutbox.AddAsync(transaction, EventOutbox.Plan, new { plan, version = after.Version, by = caller.Who });
    }

    private async Task<Func<long, bool>> HasDutyAsync(long plan, IReadOnlyList<LineageShare> lineage, CancellationToken cancel)
    {
        var answered = await sessions.AnsweredAsync(plan, cancel);
        var parts = lineage.Where(share => answered(share.FromId)).Select(share => share.ToId).ToHashSet();
        return grid => answered(grid) || parts.Contains(grid);
    }

    private static async Task<EditReport> ReportAsync(
        NpgsqlConnection connection, PlanItem plan, EditReference edit, PlanSession before, PlanSession after, EditResult result, CancellationToken cancel) => new(
        plan, edit, [.. result.Changes.Select(change => EditAnswers.Item(change, before.State, after.State))],
        [.. result.OuterNodes.Select(EditAnswers.Item)],
        [.. result.Lineage.Select(share => new LineageItem(CodeOf(share.FromId, before, after), CodeOf(share.ToId, before, after), Math.Round(share.Share, 6)))],
        new EditDefects(
            [.. after.Defects.Except(before.Defects).Select(EditAnswers.Item)], [.. before.Defects.Except(after.Defects).Select(EditAnswers.Item)],
            after.Defects.Count, after.Defects.Blocking),
        await MovedAsync(connection, result, cancel), EditAnswers.Item(result.Division, after.State));

    private static async Task<MovedItem> MovedAsync(NpgsqlConnection connection, EditResult result, CancellationToken cancel)
    {
        var households = result.Changes.Where(change => change.After is { } after && !result.State.HasChildren(after.Id)).Sum(change =>
            Math.Max(0, (GridAttributes.HouseholdsOf(change.After!.Attributes) ?? 0) - (change.Before is null ? 0 : GridAttributes.HouseholdsOf(change.Before.Attributes) ?? 0)));
        var moving = result.Changes.Where(change => change.Kind is GridChangeKind.Added or GridChangeKind.Removed or GridChangeKind.Reshaped).ToList();
        var isGroundMoved = moving.Count > 0;
        var estimated = isGroundMoved && result.Changes.Any(change => change.After?.Attributes.Contains(GridAttributes.HouseholdsEstimated, StringComparison.Ordinal) == true);
        if (!isGroundMoved)
            return new MovedItem(0, false, 0);
        var window = new Envelope();
        foreach (var change in moving)
            window.ExpandToInclude((change.Before ?? change.After)!.Polygon.EnvelopeInternal);
        var issues = 0;
        foreach (var (point, grid) in await IssuesAsync(connection, window, cancel))
        {
            var deepest = result.State.Near(point.EnvelopeInternal).Where(near => near.Polygon.Covers(point))
                .OrderByDescending(near => near.Level).ThenBy(near => near.Code, StringComparer.Ordinal).FirstOrDefault();
            issues += deepest?.Id == grid ? 0 : 1;
        }

        return new MovedItem(households, estimated, issues);
    }

    private static Task<IReadOnlyList<(Point Point, long? Grid)>> IssuesAsync(NpgsqlConnection connection, Envelope window, CancellationToken cancel) =>
        EditStore.IssuesNearAsync(connection, Lattice.Factory.ToGeometry(window), MostIssues, cancel);

    private static string CodeOf(long id, PlanSession before, PlanSession after) => (after.State.Find(id) ?? before.State.Find(id))?.Code ?? "";

    private static object Told(int ordinal, IReadOnlyList<GridChange> changes) =>
        new { ordinal, grids = changes.Where(change => change.Kind != GridChangeKind.ReNoded).Select(change => (change.After ?? change.Before)!.Code).Take(MostTold) };

    internal static string ResultText(EditResult result, PlanState before) => JsonSerializer.Serialize(
        new
        {
            codes = result.Changes.Where(change => change.Kind != GridChangeKind.ReNoded).Select(change => (change.After ?? change.Before)!.Code),
            lineage = result.Lineage,
            outerNodes = result.OuterNodes.Select(EditAnswers.Item),
            locked = result.State.Locks.Except(before.Locks),
            unlocked = before.Locks.Except(result.State.Locks),
        },
        Json);

    internal static IReadOnlyList<string> CodesOf(string result)
    {
        using var document = JsonDocument.Parse(result);
        return document.RootElement.TryGetProperty("codes", out var codes) ? [.. codes.EnumerateArray().Select(code => code.GetString()!)] : [];
    }

    private static IReadOnlyList<LineageShare> LineageOf(string result)
    {
        using var document = JsonDocument.Parse(result);
        return document.RootElement.TryGetProperty("lineage", out var lineage) ? lineage.Deserialize<List<LineageShare>>(Json)! : [];
    }

    private static PlanState WithLocks(PlanState state, string result, bool forward)
    {
        using var document = JsonDocument.Parse(result);
        if (!document.RootElement.TryGetProperty("locked", out var locked) || !document.RootElement.TryGetProperty("unlocked", out var unlocked))
            return state;
        var (on, off) = forward ? (locked, unlocked) : (unlocked, locked);
        return state.WithLocks(state.Locks.Union(on.EnumerateArray().Select(id => id.GetInt64())).Except(off.EnumerateArray().Select(id => id.GetInt64())));
    }

    internal static ProblemException TooLarge() => new(new Problem(
        StatusCodes.Status422UnprocessableEntity, "too_many_parts", $"The edit would make more than {IdsAtOnce} grids: do it in several steps."));

    private static ProblemException Refused(EditRefusal refusal) => new(
        new Problem(StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Reason)
        {
            Extensions = new Dictionary<string, object?>
            {
                ["grids"] = refusal.Grids ?? [],
                ["geometry"] = refusal.Place is null ? null : EditAnswers.ToGeoJson(refusal.Place),
            },
        });
}
