using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Calendars;
using GridMap.Api.Callers;
using GridMap.Api.Categories;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Points;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Calendars;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GridMap.Api.Issues;

/// <summary>Moves issues through their states, each step held to the table, logged and announced in its transaction. Thread safe.</summary>
internal sealed class IssueCourse(Database database, SnapshotProvider snapshots, PhotoStore photos, WorkingTimes times, CategoryLimits limits, PointsScoring points)
{
    private const int MaxName = 100;
    private const decimal MostQuantity = 10_000_000;

    /// <summary>As whom a reporter's steps are written down.</summary>
    public const string ReporterName = "reporter";

    private const string RowSql =
        """
        select i.id, i.number, i.state, i.category, i.rectified_by, i.rectified_person, i.rectified_account, i.claimed_person, i.grid_id, i.point, i.reported_at, i.closed_at,
               i.paused_at, i.limit_value, i.limit_unit, i.severity, i.assigned_generation, i.closed_at < now() - make_interval(days => @days) as is_long_closed,
               exists (select from issue_photo p where p.issue_id = i.id and p.kind = 'after') as has_after
        from issue i where
        """;

    private const string UpdateSql =
        """
        update issue set state = @to, updated_at = now(),
            category = coalesce(@category, category),
            severity = coalesce(@severity, severity),
            quantity = case when @category <> category then null else coalesce(@quantity, quantity) end,
            closed_at = case when @closes then now() end,
            claimed_by = case when @takes then @taker else claimed_by end,
            claimed_person = case when @takes then @takerPerson else claimed_person end,
            claimed_at = case when @takes then now() else claimed_at end,
            rectified_by = case when @name = 'rectify' then @by else rectified_by end,
            rectified_person = case when @name = 'rectify' then @person else rectified_person end,
            rectified_account = case when @name = 'rectify' then @account else rectified_account end,
            rectified_at = case when @name = 'rectify' then now() else rectified_at end,
            on_spot = on_spot or @onSpot,
            verified_by = case when @name = 'verify' then @by else verified_by end,
            exception = case when @name = 'verify' and @closes then @exception else exception end,
            returned = returned + case when @name = 'verify' and not @closes then 1 else 0 end,
            reopened = reopened + case when @name = 'reopen' then 1 else 0 end,
            duplicate_of = case when @name = 'duplicate' then @original when @name = 'reopen' then null else duplicate_of end,
            escalations = escalations + case when @name = 'escalate' then 1 else 0 end,
            escalated_at = case when @name = 'escalate' then now() when @name = 'reopen' then null else escalated_at end,
            escalated_to = case when @name = 'escalate' then @escalatedTo when @name = 'reopen' then null else escalated_to end,
            paused_at = case when @name = 'pause' then now() when @resumes then null else paused_at end
        where id = @id
        """;

    private const string LogSql =
        """
        insert into issue_event (issue_id, transition, from_state, to_state, by_name, person_id, account_id, note, details)
        values (@id, @name, @from, @to, @by, @person, @account, @note, @details::jsonb) returning id
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Takes a step for somebody who handles issues.</summary>
    /// <exception cref="ProblemException">404, 400, 403 or 409: nothing changed.</exception>
    public async Task MoveAsync(Caller caller, string number, IssueStep step, CancellationToken cancel)
    {
        var by = caller.ByName(step.Body.By, MaxName);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var row = await FindAsync(transaction, "i.number = @number for update", new { number, days = IssueTransitions.ReopenDays }) ?? throw IssueEndpoints.Unknown(number);
        if (!await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.SeeMap), row.GridId))
            throw IssueEndpoints.Hidden(number);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.HandleIssues), row.GridId, $"Issue {number}");
        var directs = await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.DirectIssues), row.GridId);
        var rule = Rule(step, row, directs ? IssueActor.Handler | IssueActor.Director : IssueActor.Handler);
        Require(rule, step, row, by, caller);
        await TakeAsync(transaction, caller, row, rule, step, by, cancel);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Opens an issue again for who reported it.</summary>
    /// <exception cref="ProblemException">404, 400 or 409: nothing changed.</exception>
    public async Task ReopenAsync(Caller caller, byte[] track, IssueStep step, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var row = await FindAsync(transaction, "i.track_hash = @track for update", new { track, days = IssueTransitions.ReopenDays }) ?? throw IssueTracking.Unknown();
        var rule = Rule(step, row, IssueActor.Reporter);
        Require(rule, step, row, ReporterName, caller);
        await TakeAsync(transaction, caller with { Address = "" }, row, rule, step, ReporterName, cancel);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Hands an overdue issue to the leader of the next outer grid, in its own transaction.</summary>
    /// <returns>False: it was done, closed or paused meanwhile.</returns>
    public async Task<bool> EscalateOverdueAsync(string number, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var row = await FindAsync(
            transaction, "i.number = @number and i.closed_at is null and i.paused_at is null and i.due_at < now() and i.escalated_at is null for update", new { number, days = IssueTransitions.ReopenDays });
        var step = IssueStep.Of("escalate", new TransitionBody(Note: "overdue"), []);
        if (row is null || IssueTransitions.Find("escalate", null, State(row)) is not { } rule)
            return false;
        await TakeAsync(transaction, Caller.Program, row, rule, step, Caller.Program.Name, cancel);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    internal static string Wire(IssueState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static async Task<IssueRow?> FindAsync(NpgsqlTransaction transaction, string where, object parameters) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<IssueRow>($"{RowSql} {where}", parameters, transaction);

    private static IssueState State(IssueRow row) => Enum.Parse<IssueState>(row.State, ignoreCase: true);

    private static IssueTransition Rule(IssueStep step, IssueRow row, IssueActor actor)
    {
        if (IssueTransitions.HasResult(step.Name) && step.Body.Result is not ("pass" or "fail"))
            throw new ProblemException(Problem.Bad("result", "bad_result", "result is pass or fail."));
        var state = State(row);
        var rule = IssueTransitions.Find(step.Name, IssueTransitions.HasResult(step.Name) ? step.Body.Result : null, state, step.Body.OnSpot)
            ?? throw new ProblemException(Problem.Conflict(
                "not_allowed_now",
                $"The issue is {row.State}; that allows: {string.Join(", ", IssueTransitions.AllowedFrom(state).DefaultIfEmpty("nothing more"))}."));
        if ((rule.Actors & actor) == IssueActor.None)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status403Forbidden, "director_required", $"{step.Name} is for leaders, supervisors and the office of the grid."));
        }

        return (step.Name, row.PausedAt) switch
        {
            ("pause", not null) => throw new ProblemException(Problem.Conflict("paused_already", "The clock stands already; resume lets it run again.")),
            ("resume", null) => throw new ProblemException(Problem.Conflict("not_paused", "The clock runs; there is nothing to resume.")),
            _ => rule,
        };
    }

    private static void Require(IssueTransition rule, IssueStep step, IssueRow row, string by, Caller caller)
    {
        if (rule.Needs.HasFlag(IssueNeeds.Another) && IsSame(row, by, caller))
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status409Conflict, "same_person", $"{by} rectified this issue; another person verifies it.", "by"));
        }

        if (rule.Needs.HasFlag(IssueNeeds.Note) && step.Note.Length == 0)
            throw new ProblemException(Problem.Bad("note", "note_required", $"Say why in note: {step.Name} needs a reason."));
        if (rule.Needs.HasFlag(IssueNeeds.AfterPhoto) && step.Photos.Count == 0 && !row.HasAfter && step.Exception.Length == 0)
        {
            throw new ProblemException(Problem.Bad(
                "photos", "after_photo_required", "A write-off needs a photo of how it is now; if there can be none, say why in exception. Exceptions are counted apart."));
        }

        if (step.Body.IsFalse && rule.Name != "reject")
            throw new ProblemException(Problem.Bad("isFalse", "false_is_rejected", "A report is said to be false when it is rejected."));
        if (rule.Needs.HasFlag(IssueNeeds.Person) && step.Body.Person is null)
            throw new ProblemException(Problem.Bad("person", "person_required", "Say in person who is to do it."));
        if (rule.Needs.HasFlag(IssueNeeds.Original) && string.IsNullOrEmpty(step.Body.Of))
            throw new ProblemException(Problem.Bad("of", "original_required", "Say in of which issue is the same."));
        if (rule.Needs.HasFlag(IssueNeeds.Recent) && row.IsLongClosed)
        {
            throw new ProblemException(Problem.Conflict(
                "closed_long_ago", $"It was written off more than {IssueTransitions.ReopenDays} days ago. Report it anew."));
        }
    }

    // By identity where both are known by one; a name is all that the word of a key without person gives.
    private static bool IsSame(IssueRow row, string by, Caller caller) =>
        row.RectifiedPerson is { } person && caller.PersonId is { } own ? person == own
        : row.RectifiedAccount is not null && row.RectifiedPerson is null && caller is { AccountId: not null, PersonId: null }
            ? row.RectifiedAccount == caller.AccountId || by == row.RectifiedBy
            : by == row.RectifiedBy;

    private async Task TakeAsync(
        NpgsqlTransaction transaction, Caller caller, IssueRow row, IssueTransition rule, IssueStep step, string by, CancellationToken cancel)
    {
        var connection = transaction.Connection!;
        var to = Wire(rule.To);
        var taker = rule.Name == "assign" ? await PersonAsync(transaction, step.Body.Person!.Value) : (Id: caller.PersonId, Name: by);
        var original = rule.Name == "duplicate" ? await OriginalAsync(transaction, row, step.Body.Of!) : (long?)null;
        var newLimit = await NewLimitAsync(transaction, row, rule, step);
        var escalatedTo = rule.Name == "escalate" ? await EscalateAsync(transaction, row, caller) : null;
        var resumes = row.PausedAt is not null && rule.Name is "resume" or "rectify" or "reject" or "duplicate";
        await connection.ExecuteAsync(
            UpdateSql,
            new
            {
                id = row.Id,
                to,
                name = rule.Name,
                by,
                person = caller.PersonId,
                account = caller.AccountId,
                step.Body.Category,
                severity = step.Body.Severity,
                quantity = QuantityOf(rule, step),
                closes = rule.To.IsClosed(),
                takes = rule.Name is "claim" or "assign" || rule.IsOnSpot,
                taker = taker.Name,
                takerPerson = taker.Id,
                onSpot = rule.IsOnSpot,
                exception = step.Exception,
                original,
                escalatedTo,
                resumes,
            },
            transaction);
        var details = JsonSerializer.Serialize(
            new
            {
                rule.Result,
                OnSpot = rule.IsOnSpot ? true : (bool?)null,
                Person = rule.Name == "assign" ? taker.Name : null,
                step.Body.Of,
                Exception = step.Exception.Length > 0 ? step.Exception : null,
                step.Body.Category,
                step.Body.Severity,
                step.Body.Quantity,
                IsFalse = step.Body.IsFalse ? true : (bool?)null,
            },
            Json);
        var logged = await connection.ExecuteScalarAsync<long>(
            LogSql, new { id = row.Id, name = rule.Name, from = row.State, to, by, person = caller.PersonId, account = caller.AccountId, note = step.Note, details }, transaction);
        await IssuePhotos.AddAsync(transaction, photos, row.Id, logged, rule.Name == "reopen" ? IssuePhotos.Before : IssuePhotos.After, step.Photos, cancel);
        await ClockAsync(transaction, row, rule, step, resumes, newLimit);
        await points.ScoreAsync(transaction, rule.Name, logged);
        await TellAsync(transaction, row, rule, caller, taker.Id);
        await EventOutbox.AddAsync(transaction, EventOutbox.Issue, Notice(rule.Name, to, row, step.Body.Category), row.GridId);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            $"issue.{rule.Name}", "issue", row.Number, row.GridId, Before: new { row.State }, After: new { state = to, by }));
    }

    private async Task<TimeLimit?> NewLimitAsync(NpgsqlTransaction transaction, IssueRow row, IssueTransition rule, IssueStep step)
    {
        if (step.Body.Category is null && step.Body.Severity is null)
            return null;
        if (rule.Name != "file")
        {
            throw step.Body.Category is null
                ? new ProblemException(Problem.Bad("severity", "severity_is_filed", "How grave it is, is said when the issue is filed."))
                : new ProblemException(Problem.Bad("category", "category_is_filed", "The category is put right when the issue is filed."));
        }

        var severity = IssueForm.Severity(step.Body.Severity) ?? IssueForm.Severity(row.Severity)!.Value;
        return await limits.FindAsync(
            transaction, new LimitQuestion(step.Body.Category ?? row.Category, severity, row.GridId, row.AssignedGeneration, new DateTimeOffset(row.ReportedAt, TimeSpan.Zero), IsNew: step.Body.Category is { } category && category != row.Category));
    }

    private static decimal? QuantityOf(IssueTransition rule, IssueStep step) => step.Body.Quantity switch
    {
        null => null,
        _ when rule.Name is not ("rectify" or "verify") => throw new ProblemException(Problem.Bad("quantity", "quantity_is_mended", "How much it was, is told with rectify or verify.")),
        { } told when told >= 0.001m && told <= MostQuantity && decimal.Round(told, 3) == told => told,
        _ => throw new ProblemException(Problem.Bad("quantity", "bad_quantity", $"quantity is 0.001 to {MostQuantity}, with at most three decimals.")),
    };

    private async Task ClockAsync(NpgsqlTransaction transaction, IssueRow row, IssueTransition rule, IssueStep step, bool resumes, TimeLimit? newLimit)
    {
        var connection = transaction.Connection!;
        if (rule.Name == "pause")
            await connection.ExecuteAsync("insert into issue_pause (issue_id, reason) values (@Id, @Note)", new { row.Id, step.Note }, transaction);
        if (resumes)
            await connection.ExecuteAsync("update issue_pause set to_at = now() where issue_id = @Id and to_at is null", new { row.Id }, transaction);
        var begins = new DateTimeOffset(row.ReportedAt, TimeSpan.Zero);
        if (rule.Name == "reopen")
        {
            var now = await connection.ExecuteScalarAsync<DateTime>("select now()", transaction: transaction);
            await IssueDue.SetAsync(transaction, await times.LoadAsync(connection, transaction), row.Id, now, row.Limit, "reopen");
        }
        else if (newLimit is { } limit)
        {
            await IssueDue.SetAsync(transaction, await times.LoadAsync(connection, transaction), row.Id, begins, limit, step.Body.Category is null ? "severity" : "category");
        }
        else if (resumes && !rule.To.IsClosed())
        {
            var last = await connection.ExecuteScalarAsync<DateTime?>("select max(at) from issue_due where issue_id = @Id and why = 'reopen'", new { row.Id }, transaction);
            await IssueDue.SetAsync(transaction, await times.LoadAsync(connection, transaction), row.Id, last ?? begins, row.Limit, "resume");
        }
    }

    private async Task TellAsync(NpgsqlTransaction transaction, IssueRow row, IssueTransition rule, Caller caller, long? taker)
    {
        switch (rule.Name)
        {
            case "assign" when taker is { } person && person != caller.PersonId:
                await IssueTelling.OneAsync(transaction, person, "issue.assigned", row.Number, row.Category);
                break;
            case "rectify":
                await IssueTelling.LeadersAsync(transaction, Inwards(row.GridId), "issue.rectified", row.Number, row.Category, caller.PersonId);
                break;
            case "verify" or "reopen" when !rule.To.IsClosed():
                var kind = rule.Name == "reopen" ? "issue.reopened" : "issue.returned";
                if (row.ClaimedPerson is { } worker)
                    await IssueTelling.OneAsync(transaction, worker, kind, row.Number, row.Category);
                else
                    await IssueTelling.AnswerableAsync(transaction, Inwards(row.GridId), kind, row.Number, row.Category, caller.PersonId);
                break;
        }
    }

    /// <summary>The leaders of the next outer grid that has one are told.</summary>
    private async Task<long?> EscalateAsync(NpgsqlTransaction transaction, IssueRow row, Caller caller) =>
        await IssueTelling.LeadersAsync(transaction, [.. Inwards(row.GridId).Skip(1)], "issue.escalated", row.Number, row.Category, caller.PersonId);

    private long[] Inwards(long? grid) => grid is { } id && snapshots.Current.ById(id) is { } facts ? [.. snapshots.Current.Chain(facts).Reverse().Select(link => link.Id)] : [];

    /// <summary>Somebody who holds a duty on a grid now.</summary>
    /// <exception cref="ProblemException">400: nobody of this number does.</exception>
    internal static async Task<(long? Id, string Name)> PersonAsync(NpgsqlTransaction transaction, long person, string field = "person")
    {
        var name = await transaction.Connection!.ExecuteScalarAsync<string?>(
            """
            select p.name from person p where p.id = @person and exists (
                select from duty d where d.person_id = p.id and d.role in ('grid_leader', 'grid_worker', 'supervisor', 'volunteer') and d.from_at <= now() and (d.to_at is null or d.to_at > now()))
            """,
            new { person }, transaction) ?? throw new ProblemException(Problem.Bad(field, "bad_person", "Nobody of this number holds a duty on a grid now."));
        return (person, name);
    }

    private static async Task<long> OriginalAsync(NpgsqlTransaction transaction, IssueRow row, string number)
    {
        var found = await transaction.Connection!.QuerySingleOrDefaultAsync<(long Id, long? Of)?>("select id, duplicate_of from issue where number = @number", new { number }, transaction)
            ?? throw new ProblemException(Problem.Bad("of", "unknown_issue", $"There is no issue {number}."));
        if (found.Id == row.Id || found.Of == row.Id)
            throw new ProblemException(Problem.Bad("of", "own_duplicate", "An issue is no duplicate of itself."));
        return found.Of ?? found.Id;
    }

    private IssueNotice Notice(string name, string to, IssueRow row, string? category)
    {
        var snapshot = snapshots.Current;
        var grid = row.GridId is { } id ? snapshot.ById(id) : null;
        var chain = grid is null ? [] : snapshot.Chain(grid).Select(link => link.Id).ToArray();
        var point = row.Point.Coordinate;
        return new IssueNotice(
            row.Number, to, category ?? row.Category, name, grid?.Code, chain, IssueNotice.PublicPosition(new LonLat(point.X, point.Y)), row.ReportedAt);
    }

    private sealed record IssueRow(
        long Id, string Number, string State, string Category, string? RectifiedBy, long? RectifiedPerson, long? RectifiedAccount, long? ClaimedPerson, long? GridId, Geometry Point,
        DateTime ReportedAt, DateTime? ClosedAt, DateTime? PausedAt, decimal LimitValue, string LimitUnit, string Severity, int? AssignedGeneration, bool IsLongClosed, bool HasAfter)
    {
        public TimeLimit Limit => new(LimitValue, TimeLimit.UnitOf(LimitUnit));
    }
}
