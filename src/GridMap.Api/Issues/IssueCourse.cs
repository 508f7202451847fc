using System.Text.Json;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using GridMap.Core.Permissions;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Issues;

/// <summary>What a transition is sent with.</summary>
/// <param name="By">Who does it; who is signed in as a person need not say so, and cannot say another.</param>
/// <param name="Note">In words.</param>
/// <param name="Result">pass or fail, where the transition has a result.</param>
public sealed record TransitionBody(string? By = null, string? Note = null, string? Result = null);

/// <summary>Moves issues through their states, each step logged and announced in its transaction. Thread safe.</summary>
internal sealed class IssueCourse(Database database, SnapshotProvider snapshots)
{
    private const int MaxName = 100;
    private const int MaxNote = 4000;

    private const string UpdateSql =
        """
        update issue set state = @to, updated_at = now(),
            closed_at = case when @to = 'writtenOff' then now() end,
            claimed_by = case when @name = 'claim' then @by else claimed_by end,
            rectified_by = case when @name = 'rectify' then @by else rectified_by end,
            rectified_person = case when @name = 'rectify' then @person else rectified_person end,
            rectified_account = case when @name = 'rectify' then @account else rectified_account end,
            verified_by = case when @name = 'verify' then @by else verified_by end
        where id = @id
        """;

    private const string LogSql =
        """
        insert into issue_event (issue_id, transition, from_state, to_state, by_name, person_id, account_id, note, details)
        values (@id, @name, @from, @to, @by, @person, @account, @note, jsonb_strip_nulls(jsonb_build_object('result', @result)))
        """;

    /// <exception cref="ProblemException">404, 400, 403 or 409: nothing changed.</exception>
    public async Task MoveAsync(Caller caller, string number, string name, TransitionBody body, CancellationToken cancel)
    {
        var by = caller.ByName(body.By, MaxName);
        var note = InputText.Clean(body.Note, "note", MaxNote);

        if (IssueTransitions.HasResult(name) && body.Result is not ("pass" or "fail"))
        {
            throw new ProblemException(Problem.Bad("result", "bad_result", "result is pass or fail."));
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var row = await connection.QuerySingleOrDefaultAsync<IssueRow>(
            "select id, state, category, rectified_by, rectified_person, rectified_account, grid_id, point, reported_at from issue where number = @number for update",
            new { number }, transaction) ?? throw IssueEndpoints.Unknown(number);
        if (!await Refusals.CoversAsync(connection, transaction, caller.ReachOf(Permission.SeeMap), row.GridId))
        {
            throw IssueEndpoints.Hidden(number);
        }

        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.HandleIssues), row.GridId, $"Issue {number}");
        var rule = Rule(name, body.Result, row, by, caller);
        var to = Wire(rule.To);
        await connection.ExecuteAsync(UpdateSql, new { id = row.Id, to, name, by, person = caller.PersonId, account = caller.AccountId }, transaction);
        await connection.ExecuteAsync(
            LogSql,
            new { id = row.Id, name, from = row.State, to, by, person = caller.PersonId, account = caller.AccountId, note, result = rule.Result },
            transaction);
        await EventOutbox.AddAsync(transaction, EventOutbox.Issue, Notice(number, name, to, row), row.GridId);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            $"issue.{name}", "issue", number, row.GridId, Before: new { row.State }, After: new { state = to, by }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static IssueTransition Rule(string name, string? result, IssueRow row, string by, Caller caller)
    {
        var state = Enum.Parse<IssueState>(row.State, ignoreCase: true);
        var rule = IssueTransitions.Find(name, IssueTransitions.HasResult(name) ? result : null, state)
            ?? throw new ProblemException(Problem.Conflict(
                "not_allowed_now",
                $"The issue is {row.State}; that allows: {string.Join(", ", IssueTransitions.AllowedFrom(state).DefaultIfEmpty("nothing more"))}."));
        if (rule.ByAnother && IsSame(row, by, caller))
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status409Conflict, "same_person", $"{by} rectified this issue; another person verifies it.", "by"));
        }

        return rule;
    }

    // By identity where both are known by one; a name is all that the word of a key without person gives.
    private static bool IsSame(IssueRow row, string by, Caller caller) =>
        row.RectifiedPerson is { } person && caller.PersonId is { } own ? person == own
        : row.RectifiedAccount is not null && row.RectifiedPerson is null && caller is { AccountId: not null, PersonId: null }
            ? row.RectifiedAccount == caller.AccountId || by == row.RectifiedBy
            : by == row.RectifiedBy;

    private IssueNotice Notice(string number, string name, string to, IssueRow row)
    {
        var snapshot = snapshots.Current;
        var grid = row.GridId is { } id ? snapshot.ById(id) : null;
        var chain = grid is null ? [] : snapshot.Chain(grid).Select(link => link.Id).ToArray();
        var point = row.Point.Coordinate;
        return new IssueNotice(
            number, to, row.Category, name, grid?.Code, chain, IssueNotice.PublicPosition(new LonLat(point.X, point.Y)), row.ReportedAt);
    }

    internal static string Wire(IssueState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private sealed record IssueRow(
        long Id, string State, string Category, string? RectifiedBy, long? RectifiedPerson, long? RectifiedAccount, long? GridId, Geometry Point, DateTime ReportedAt);
}
