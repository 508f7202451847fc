using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Inbox;
using GridMap.Api.Plans;
using GridMap.Api.Storage;
using Npgsql;

namespace GridMap.Api.Generations;

/// <summary>
/// Publications at a later time: one at most, since the next one would depart from another base. Until then nobody edits the plan; it can be called off.
/// What no longer can be published when the time comes stays a draft, and its planner is told. Thread safe.
/// </summary>
internal sealed partial class ScheduledPublications(
    Database database, PlanQueries queries, Publication publication, TimeProvider clock, ILogger<ScheduledPublications> log)
    : PeriodicWork(TimeSpan.FromSeconds(1))
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    private sealed record Due(long Id, int Version, string By, long? Account, string Note, bool Vacant);

    /// <summary>Puts a plan down for a time.</summary>
    /// <exception cref="ProblemException">400, 403, 404, 409, 412: nothing was changed.</exception>
    public async Task<PlanItem> ScheduleAsync(Caller caller, long plan, int version, DateTimeOffset at, string note, bool isVacant, CancellationToken cancel)
    {
        if (at <= clock.GetUtcNow() || at > clock.GetUtcNow() + Farthest)
            throw new ProblemException(Problem.Bad("at", "bad_at", "at is a time to come, within a year. Leave it out to publish now."));
        var found = await queries.FindAsync(caller, plan, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await publication.RequirePublishableAsync(transaction, found, version, caller, cancel);
        try
        {
            await connection.ExecuteAsync(
                """
                update plan set publish_at = @at, publish_by = @Who, publish_account = @AccountId, publish_note = @note, publish_vacant = @isVacant, version = version + 1
                where id = @plan
                """,
                new { plan, at = at.UtcDateTime, caller.Who, caller.AccountId, note, isVacant }, transaction);
        }
        catch (PostgresException e) when (e.ConstraintName == "plan_scheduled")
        {
            throw new ProblemException(Problem.Conflict("publication_scheduled", "Another plan is to be published already: call that off first, or wait for it and rebase."));
        }

        await NoteAsync(transaction, caller, plan, version + 1, new AuditEntry("plan.schedule", "plan", plan.ToString(), After: new { at, note }));
        await transaction.CommitAsync(CancellationToken.None);
        return await queries.FindAsync(caller, plan, cancel);
    }

    /// <summary>Calls a scheduled publication off.</summary>
    /// <exception cref="ProblemException">403, 404, 409 when none is scheduled.</exception>
    public async Task<PlanItem> CallOffAsync(Caller caller, long plan, CancellationToken cancel)
    {
        await queries.FindAsync(caller, plan, cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PlanStore.RequireAsync(transaction, caller, plan);
        var version = await connection.ExecuteScalarAsync<int?>(
            "update plan set publish_at = null, version = version + 1 where id = @plan and publish_at is not null and state = 'draft' returning version", new { plan }, transaction)
            ?? throw new ProblemException(Problem.Conflict("not_scheduled", $"Plan {plan} is not to be published at any time: there is nothing to call off."));
        await NoteAsync(transaction, caller, plan, version, new AuditEntry("plan.call-off", "plan", plan.ToString()));
        await transaction.CommitAsync(CancellationToken.None);
        return await queries.FindAsync(caller, plan, cancel);
    }

    /// <summary>Publishes what is due.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var due = await connection.QueryAsync<Due>(new CommandDefinition(
            "select id, version, publish_by as by, publish_account as account, publish_note as note, publish_vacant as vacant from plan where state = 'draft' and publish_at <= @now",
            new { now = clock.GetUtcNow().UtcDateTime }, cancellationToken: cancel));
        foreach (var plan in due)
        {
            // They were held to their reach when they put it down, and nobody has changed the plan since.
            var caller = Caller.Program with { Name = plan.By, AccountId = plan.Account };
            try
            {
                await publication.PublishAsync(plan.Id, plan.Version, caller, plan.Note, plan.Vacant, cancel);
            }
            catch (ProblemException e) when (e.Problem.Code is "not_a_draft" or "plan_changed")
            {
                continue; // Another process was faster, or it was called off this moment.
            }
            catch (ProblemException e)
            {
                Refused(log, plan.Id, e.Problem.Code);
                await GiveUpAsync(caller, plan, e.Problem, cancel);
            }
        }
    }

    protected override Task WorkAsync(CancellationToken cancel) => RunAsync(cancel);

    protected override void Tell(Exception exception) => Failed(log, exception);

    private async Task GiveUpAsync(Caller caller, Due plan, Problem problem, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync("update plan set publish_at = null, version = version + 1 where id = @Id and publish_at is not null", new { plan.Id }, transaction);
        var person = await connection.ExecuteScalarAsync<long?>("select person_id from account where id = @Account", new { plan.Account }, transaction);
        if (person is { } told)
        {
            var title = await connection.ExecuteScalarAsync<string>("select name from plan where id = @Id", new { plan.Id }, transaction);
            await InboxWriter.TellAsync(transaction, told, "plan.refused", new { plan = plan.Id, title, code = problem.Code });
        }

        await NoteAsync(transaction, caller, plan.Id, plan.Version + 1, new AuditEntry("plan.refused", "plan", plan.Id.ToString(), After: new { problem.Code }));
        await transaction.CommitAsync(cancel);
    }

    private static async Task NoteAsync(NpgsqlTransaction transaction, Caller caller, long plan, int version, AuditEntry entry)
    {
        await AuditLog.AddAsync(transaction, caller, entry);
        await EventOutbox.AddAsync(transaction, EventOutbox.Plan, new { plan, version, by = caller.Who });
    }

    [LoggerMessage(1501, LogLevel.Warning, "Plan {Plan} was to be published and is refused: {Code}")]
    private static partial void Refused(ILogger log, long plan, string code);

    [LoggerMessage(1502, LogLevel.Warning, "Scheduled publications could not be looked for; it is tried again")]
    private static partial void Failed(ILogger log, Exception exception);
}
