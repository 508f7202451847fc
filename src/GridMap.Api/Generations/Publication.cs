using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Plans;
using GridMap.Api.Settings;
using GridMap.Api.Storage;
using GridMap.Core.Coverages;
using GridMap.Core.Grids;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Generations;

/// <summary>
/// Makes a plan the next generation, whole or not at all. Publications take turns: while one's state is validated, unless its digest says that it
/// was, its versions are ended, started and traced; only then it takes the publication lock, under which open issues inside the changed part are re-assigned. Thread safe.
/// </summary>
internal sealed class Publication(Database database, PlanStore plans, PlanQueries queries, PublishedDuties duties, IOptions<DefectOptions> defectOptions)
{
    private const int DefectsTold = 20;

    /// <summary>Publishes.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="expectedVersion">The version that the caller saw; null does not ask.</param>
    /// <param name="caller">Who publishes.</param>
    /// <param name="note">For the list of generations.</param>
    /// <param name="isVacant">New parts begin without anybody; else with the people of the grid that they came from.</param>
    /// <param name="cancel">Gives up before the commit; nothing is changed then.</param>
    /// <returns>The generation's number.</returns>
    /// <exception cref="ProblemException">404, 409 or 412: nothing was changed.</exception>
    public async Task<int> PublishAsync(long planId, int? expectedVersion, Caller caller, string note, bool isVacant, CancellationToken cancel)
    {
        var plan = await queries.FindAsync(caller, planId, cancel);
        Check(plan, expectedVersion);
        await RefuseStoredDefectsAsync(plan, cancel);

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var number = await LockAsync(transaction, plan, expectedVersion, caller);
        await CopyValidatedAsync(transaction, plan, number, caller, note, cancel);
        var parameters = new { plan = planId, number, by = caller.Who, person = caller.PersonId };
        await ExecuteAsync(transaction, PublicationSql.TellPeople, parameters);
        await duties.BeginAsync(transaction, caller, planId, isVacant);
        await PublicationLock.TakeAsync(transaction);
        await ExecuteAsync(transaction, PublicationSql.ReassignIssues, parameters);
        await ExecuteAsync(transaction, PublicationSql.PlanPublished, parameters);
        await EventOutbox.AddAsync(transaction, EventOutbox.Generation, new { number });
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "plan.publish", "plan", planId.ToString(), Before: new { generation = plan.BaseGeneration }, After: new { generation = number, plan.Grids, note }));
        await transaction.CommitAsync(CancellationToken.None);
        return number;
    }

    /// <summary>Holds the plan and says why it could not be published now, if so; does not validate it whole.</summary>
    /// <exception cref="ProblemException">403, 409 or 412.</exception>
    public async Task RequirePublishableAsync(NpgsqlTransaction transaction, PlanItem plan, int expectedVersion, Caller caller, CancellationToken cancel)
    {
        Check(plan, expectedVersion);
        await RefuseStoredDefectsAsync(plan, cancel);
        Check(await LockPlanAsync(transaction, plan), expectedVersion);
        await CheckBaseAsync(transaction, plan);
        await PlanStore.RequireAsync(transaction, caller, plan.Id);
    }

    /// <summary>Waits for its turn and holds the plan, whose grids nobody changes until the end.</summary>
    /// <returns>The generation's number.</returns>
    private static async Task<int> LockAsync(NpgsqlTransaction transaction, PlanItem plan, int? expectedVersion, Caller caller)
    {
        await PublicationLock.TakeTurnAsync(transaction);
        Check(await LockPlanAsync(transaction, plan), expectedVersion ?? plan.Version);
        var number = await CheckBaseAsync(transaction, plan);
        await RefuseBeforeScheduledAsync(transaction, plan.Id);
        await PlanStore.RequireAsync(transaction, caller, plan.Id);
        return number;
    }

    /// <summary>Copies what is proved to have no blocking defect: by the digest of what a validation found none in, else by another, meanwhile.</summary>
    private async Task CopyValidatedAsync(NpgsqlTransaction transaction, PlanItem plan, int number, Caller caller, string note, CancellationToken cancel)
    {
        var rules = defectOptions.Value.ToRules();
        var validated = await transaction.Connection!.ExecuteScalarAsync<byte[]?>("select validated from plan where id = @Id", new { plan.Id }, transaction);
        var isValidated = validated is not null
            && (await PlanDigest.OfStoredAsync(transaction, plan.Id, plan.BaseGeneration, rules)).AsSpan().SequenceEqual(validated);
        var validation = isValidated
            ? Task.CompletedTask
            : Task.Run(async () => RefuseDefects(await plans.StateAsync(plan.Id, plan.BaseGeneration, cancel), rules), cancel);
        try
        {
            await CopyAsync(transaction, plan, number, caller, note);
        }
        catch (Exception)
        {
            // What is wrong with the plan itself is told first.
            await validation;
            throw;
        }

        await validation;
    }

    /// <summary>Everything that holds up nobody but other publications: nobody else sees any of it before the commit.</summary>
    private static async Task CopyAsync(NpgsqlTransaction transaction, PlanItem plan, int number, Caller caller, string note)
    {
        var parameters = new { plan = plan.Id, number, @base = plan.BaseGeneration ?? 0, by = caller.Who, note };
        await ExecuteAsync(transaction, PublicationSql.Generation, parameters);
        await ExecuteAsync(transaction, PublicationSql.Identities, parameters);
        await ExecuteAsync(transaction, PublicationSql.Codes, parameters);
        await RefuseTakenCodesAsync(transaction, parameters);
        await ExecuteAsync(transaction, PublicationSql.EndVersions, parameters);
        await ExecuteAsync(transaction, PublicationSql.StartVersions, parameters);
        await ExecuteAsync(transaction, PublicationSql.Lineage, parameters);
    }

    private static void Check(PlanItem plan, int? expectedVersion)
    {
        if (plan.State != "draft")
        {
            throw new ProblemException(Problem.Conflict("not_a_draft", $"Plan {plan.Id} is {plan.State}; only a draft can be published."));
        }

        if (plan.Grids == 0)
        {
            throw new ProblemException(Problem.Conflict("nothing_changes", $"Plan {plan.Id} changes nothing: there is nothing to publish."));
        }

        if (expectedVersion is { } version && version != plan.Version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status412PreconditionFailed, "plan_changed",
                $"Plan {plan.Id} is at version {plan.Version}, not {version}: look at it again.", "If-Match"));
        }
    }

    private async Task RefuseStoredDefectsAsync(PlanItem plan, CancellationToken cancel)
    {
        if (plan.BlockingDefects == 0)
        {
            return;
        }

        var page = await queries.DefectsAsync(plan.Id, new DefectFilter(Blocks: true), DefectsTold, cursor: null, cancel);
        throw Blocked(plan.BlockingDefects, page.Items.Select(row => row.Item)
            .Select(defect => (object)new { defect.Kind, defect.Codes, defect.Measure, defect.Unit, defect.Place }));
    }

    /// <summary>Holds the whole resulting state to the rules: a published generation has no blocking defect.</summary>
    private static void RefuseDefects(List<PlanGrid> state, DefectRules rules)
    {
        var shapes = state.ConvertAll(grid => new GridShape(grid.GridId, grid.Code, grid.Level, grid.ParentId, grid.Geometry));
        var reading = CoverageReader.Read(shapes);
        var defects = reading.Coverage is { } coverage
            ? [.. CoverageValidator.Validate(coverage, rules).Where(defect => defect.Blocks)]
            : reading.Defects;
        if (defects.Count > 0)
        {
            throw Blocked(defects.Count, defects.Take(DefectsTold).Select(defect => (object)new
            {
                Kind = defect.Kind.ToWireName(),
                Codes = defect.Grids.Select(grid => grid.Code),
                Measure = defect.Measure?.Value,
                Place = defect.Place.IsEmpty ? null : new { Lon = defect.Place.X, Lat = defect.Place.Y },
            }));
        }

        if (shapes.Count == 0)
        {
            throw new ProblemException(Problem.Conflict("empty_plan", "The plan has no grids: import some first."));
        }
    }

    private static ProblemException Blocked(int count, IEnumerable<object> first) => new(
        Problem.Conflict("blocking_defects", $"{count} defects keep this plan from being published; mend them, or import with a tolerance.")
            with
        { Extensions = new Dictionary<string, object?> { ["count"] = count, ["defects"] = first.ToList() } });

    private static async Task<PlanItem> LockPlanAsync(NpgsqlTransaction transaction, PlanItem plan)
    {
        var (state, version) = await transaction.Connection!.QuerySingleAsync<(string State, int Version)>(
            "select state, version from plan where id = @Id for update", new { plan.Id }, transaction);
        return plan with { State = state, Version = version };
    }

    /// <summary>The next number, if the plan's base is still the newest generation.</summary>
    private static async Task<int> CheckBaseAsync(NpgsqlTransaction transaction, PlanItem plan)
    {
        var connection = transaction.Connection!;
        var newest = await connection.ExecuteScalarAsync<int?>("select max(number) from generation", transaction: transaction) ?? 0;
        var planBase = plan.BaseGeneration ?? 0;
        if (newest == planBase)
        {
            return newest + 1;
        }

        var conflicts = (await connection.QueryAsync<string>(
            PublicationSql.Conflicts, new { plan = plan.Id, @base = planBase }, transaction)).ToList();
        throw new ProblemException(Problem.Conflict(
            "base_moved",
            $"The plan departs from generation {planBase}, and {newest} is published since. Make it again from the present; " +
            (conflicts.Count == 0 ? "no grid was changed in both." : $"changed in both: {string.Join(", ", conflicts.Take(DefectsTold))}."))
            with
        { Extensions = new Dictionary<string, object?> { ["grids"] = conflicts } });
    }

    /// <summary>While another plan waits for its time, nothing is published before it: it would depart from another base.</summary>
    private static async Task RefuseBeforeScheduledAsync(NpgsqlTransaction transaction, long plan)
    {
        var (other, at) = await transaction.Connection!.QuerySingleOrDefaultAsync<(long Id, DateTime? At)>(
            "select id, publish_at from plan where publish_at is not null and state = 'draft' and id <> @plan", new { plan }, transaction);
        if (at is not null)
        {
            throw new ProblemException(Problem.Conflict(
                "publication_scheduled", $"Plan {other} is to be published at {at:O}: wait for it and rebase, or call it off (DELETE /api/v1/plans/{other}/publish)."));
        }
    }

    private static async Task RefuseTakenCodesAsync(NpgsqlTransaction transaction, object parameters)
    {
        var taken = (await transaction.Connection!.QueryAsync<string>(PublicationSql.TakenCodes, parameters, transaction, commandTimeout: 0)).ToList();
        if (taken.Count > 0)
        {
            throw new ProblemException(Problem.Conflict(
                "code_taken", $"A code is never given to another grid: {string.Join(", ", taken.Take(DefectsTold))}."));
        }
    }

    // Publishing may take longer than a request's statement: it is bounded by the caller who waits, not by a clock.
    private static Task<int> ExecuteAsync(NpgsqlTransaction transaction, string sql, object parameters) =>
        transaction.Connection!.ExecuteAsync(sql, parameters, transaction, commandTimeout: 0);
}
