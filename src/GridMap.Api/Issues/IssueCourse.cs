using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dapper;
using GridMap.Api.Events;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Api.Storage;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Issues;

/// <summary>What a transition is sent with.</summary>
/// <param name="By">Who does it.</param>
/// <param name="Note">In words.</param>
/// <param name="Result">pass or fail, where the transition has a result.</param>
public sealed record TransitionBody([property: Required] string? By, string? Note = null, string? Result = null);

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
            verified_by = case when @name = 'verify' then @by else verified_by end
        where id = @id
        """;

    private const string LogSql =
        """
        insert into issue_event (issue_id, transition, from_state, to_state, by_name, note, details)
        values (@id, @name, @from, @to, @by, @note, jsonb_strip_nulls(jsonb_build_object('result', @result)))
        """;

    /// <exception cref="ProblemException">404, 400, 403 or 409: nothing changed.</exception>
    public async Task MoveAsync(string number, string name, TransitionBody body, CancellationToken cancel)
    {
        var by = InputText.Clean(body.By, "by", MaxName);
        if (by.Length == 0)
        {
            throw new ProblemException(Problem.Bad("by", "bad_by", $"Say in `by` who does this (1 to {MaxName} characters)."));
        }

        var note = InputText.Clean(body.Note, "note", MaxNote);

        if (IssueTransitions.HasResult(name) && body.Result is not ("pass" or "fail"))
        {
            throw new ProblemException(Problem.Bad("result", "bad_result", "result is pass or fail."));
        }

        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PublicationLock.ShareAsync(transaction);
        var row = await connection.QuerySingleOrDefaultAsync<IssueRow>(
            "select id, state, category, rectified_by, grid_id, point, reported_at from issue where number = @number for update",
            new { number }, transaction) ?? throw IssueEndpoints.Unknown(number);
        var rule = Rule(name, body.Result, row, by);
        var to = Wire(rule.To);
        await connection.ExecuteAsync(UpdateSql, new { id = row.Id, to, name, by }, transaction);
        await connection.ExecuteAsync(
            LogSql,
            new { id = row.Id, name, from = row.State, to, by, note, result = rule.Result },
            transaction);
        await EventOutbox.AddAsync(transaction, EventOutbox.Issue, Notice(number, name, to, row));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static IssueTransition Rule(string name, string? result, IssueRow row, string by)
    {
        var state = Enum.Parse<IssueState>(row.State, ignoreCase: true);
        var rule = IssueTransitions.Find(name, IssueTransitions.HasResult(name) ? result : null, state)
            ?? throw new ProblemException(Problem.Conflict(
                "not_allowed_now",
                $"The issue is {row.State}; that allows: {string.Join(", ", IssueTransitions.AllowedFrom(state).DefaultIfEmpty("nothing more"))}."));
        if (rule.ByAnother && by == row.RectifiedBy)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status409Conflict, "same_person", $"{by} rectified this issue; another person verifies it.", "by"));
        }

        return rule;
    }

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
        long Id, string State, string Category, string? RectifiedBy, long? GridId, Geometry Point, DateTime ReportedAt);
}
