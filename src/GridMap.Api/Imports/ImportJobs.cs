using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;
using Npgsql;

namespace GridMap.Api.Imports;

/// <summary>An import as its sender follows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">queued, running, done or failed.</param>
/// <param name="Stage">queued, read, repair, node, faces, store or done.</param>
/// <param name="Done">Features read, or done of <paramref name="Total"/>.</param>
/// <param name="Total">0 while that is not known.</param>
/// <param name="Parameters">What was asked, with the names of the files.</param>
/// <param name="PlanId">The plan that was made, when done.</param>
/// <param name="Report">What was read, put right and left wrong, when done.</param>
/// <param name="Problem">Why it was refused, when failed: code, detail and, where there is one, field.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="CreatedBy">Who sent it.</param>
/// <param name="FinishedAt">When it was done or failed.</param>
public sealed record ImportJobItem(
    long Id, string State, string Stage, int Done, int Total, JsonElement Parameters, long? PlanId, ImportReport? Report, JsonElement? Problem,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? FinishedAt);

/// <summary>The jobs' table. Thread safe.</summary>
internal sealed class ImportJobs(Database database)
{
    // Class of the advisory locks that say which process has a job in hand; the object is the job's number.
    private const int LockClass = 26465;

    private const string Sql =
        """
        select id, state, stage, done, total, parameters::text, plan_id, report::text, problem::text, created_at, created_by, finished_at
        from import_job
        """;

    // What a file held is its sender's business, until it is a plan.
    private const string VisibleSql = "(@All or created_account = @AccountId)";

    /// <summary>
    /// Writes a job down. The connection that is answered holds the job's lock: while it is open, no other process calls the job dead.
    /// </summary>
    public async Task<(long Id, NpgsqlConnection Lease)> AddAsync(string parameters, Caller caller, CancellationToken cancel)
    {
        var lease = await database.OpenAsync(cancel);
        try
        {
            await using var transaction = await lease.BeginTransactionAsync(cancel);
            var id = await lease.ExecuteScalarAsync<long>(
                "insert into import_job (parameters, created_by, created_account) values (@parameters::jsonb, @Who, @AccountId) returning id",
                new { parameters, caller.Who, caller.AccountId }, transaction);
            await AuditLog.AddAsync(transaction, caller, new AuditEntry("import.send", "import", id.ToString()));
            await lease.ExecuteAsync("select pg_advisory_lock(@LockClass, @id::int)", new { LockClass, id }, transaction);
            await transaction.CommitAsync(cancel);
            return (id, lease);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls those dead that no living process has in hand: the program was stopped in their midst.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> BuryAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            with dead as materialized (
                select id from import_job where state in ('queued', 'running') and pg_try_advisory_xact_lock(@LockClass, id::int))
            update import_job set state = 'failed', problem = @problem::jsonb, finished_at = now() from dead where import_job.id = dead.id
            """,
            new { LockClass, problem = ToJson(Interrupted) }, cancellationToken: cancel));
    }

    public static Problem Interrupted { get; } = Problem.Conflict(
        "interrupted", "The service was stopped while it worked on this import. Nothing was stored; send it again.");

    public async Task ProgressAsync(long id, ImportProgress progress, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "update import_job set state = 'running', stage = @Stage, done = @Done, total = @Total where id = @id and state in ('queued', 'running')",
            new { id, progress.Stage, progress.Done, progress.Total }, cancellationToken: cancel));
    }

    /// <summary>Ends a job in the transaction that stores its plan.</summary>
    /// <exception cref="ProblemException">Another process has called it dead meanwhile: its plan must not appear.</exception>
    public static async Task DoneAsync(NpgsqlTransaction transaction, long id, ImportOutcome outcome)
    {
        var rows = await transaction.Connection!.ExecuteAsync(
            """
            update import_job set state = 'done', stage = 'done', done = total, plan_id = @PlanId, report = @report::jsonb, finished_at = now()
            where id = @id and state in ('queued', 'running')
            """,
            new { id, outcome.PlanId, report = JsonSerializer.Serialize(outcome.Report, ImportRunner.Json) }, transaction);
        if (rows == 0)
            throw new ProblemException(Interrupted);
    }

    /// <summary>Writes down that somebody tried to import into grids that are not theirs.</summary>
    public async Task RefusedAsync(QueuedImport job, Problem problem)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await AuditLog.RefusedAsync(
            connection, job.By, new AuditEntry("import.run", "import", job.Id.ToString(), After: new { problem.Code }), CancellationToken.None);
    }

    public async Task FailedAsync(long id, Problem problem)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            "update import_job set state = 'failed', problem = @problem::jsonb, finished_at = now() where id = @id and state in ('queued', 'running')",
            new { id, problem = ToJson(problem) });
    }

    /// <exception cref="ProblemException">404.</exception>
    public async Task<ImportJobItem> FindAsync(Caller caller, long id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition($"{Sql} where id = @id and {VisibleSql}", new { id, All = SeesAll(caller), caller.AccountId }, cancellationToken: cancel));
        return row?.ToItem() ?? throw new ProblemException(Problem.NotFound("unknown_import", $"There is no import {id}; /api/v1/imports lists them."));
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<ImportJobItem>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] && long.TryParse(key, out var last) ? last : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<JobRow>(new CommandDefinition(
            $"{Sql} where id < @before and {VisibleSql} order by id desc limit @most",
            new { before, All = SeesAll(caller), caller.AccountId, most = limit + 1 }, cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
    }

    private static bool SeesAll(Caller caller) => caller.ReachOf(Permission.Plan).IsEverywhere;

    private static string ToJson(Problem problem)
    {
        var members = new Dictionary<string, object?> { ["status"] = problem.Status, ["code"] = problem.Code, ["detail"] = problem.Detail };
        if (problem.Field is { } field)
            members["field"] = field;
        foreach (var (name, value) in problem.Extensions)
            members[name] = value;
        return JsonSerializer.Serialize(members, ImportRunner.Json);
    }

    private sealed record JobRow(
        long Id, string State, string Stage, int Done, int Total, string Parameters, long? PlanId, string? Report, string? Problem,
        DateTime CreatedAt, string CreatedBy, DateTime? FinishedAt)
    {
        public ImportJobItem ToItem() => new(
            Id, State, Stage, Done, Total, Element(Parameters), PlanId,
            Report is null ? null : JsonSerializer.Deserialize<ImportReport>(Report, ImportRunner.Json),
            Problem is null ? null : Element(Problem), CreatedAt, CreatedBy, FinishedAt);

        private static JsonElement Element(string json) => JsonSerializer.Deserialize<JsonElement>(json);
    }
}
