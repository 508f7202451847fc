using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Points;

namespace GridMap.Api.Points;

/// <summary>Puts entries right by further ones. Thread safe.</summary>
internal sealed class PointsCorrections(Database database)
{
    private const int MaxNote = 400;
    private const int MostPoints = 1000;

    private const string FindSql =
        """
        select e.holder_person, e.holder_issue, e.issue_id, e.grid_id, e.reward_id, e.corrects, coalesce(r.name, w.name) as name
        from points_entry e left join points_rule r on r.code = e.rule_code and r.version = e.rule_version left join points_reward w on w.id = e.reward_id
        where e.id = @entry
        """;

    private const string InsertSql =
        """
        insert into points_entry (holder_person, holder_issue, grid_id, issue_id, rule_code, rule_version, reward_id, points, corrects, note, by_name)
        select holder_person, holder_issue, grid_id, issue_id, rule_code, rule_version, reward_id, @points, id, @note, @Who from points_entry where id = @entry returning id
        """;

    /// <summary>Makes an entry count what it should have.</summary>
    /// <exception cref="ProblemException">400, 404, 409: nothing was stored.</exception>
    public async Task<PointsCorrection> AddAsync(Caller caller, PointsCorrectionBody body, CancellationToken cancel)
    {
        var entry = body.Entry ?? throw new ProblemException(Problem.Bad("entry", "entry_required", "Say in entry which one is put right."));
        if (body.Points is not (>= -MostPoints and <= MostPoints))
            throw new ProblemException(Problem.Bad("points", "bad_points", $"points is what the entry should have been, -{MostPoints} to {MostPoints}; 0 takes it back."));
        var note = InputText.Clean(body.Note, "note", MaxNote);
        if (note.Length == 0)
            throw new ProblemException(Problem.Bad("note", "note_required", "Say why in note."));
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(FindSql, new { entry }, transaction)
            ?? throw new ProblemException(Problem.NotFound("unknown_entry", $"There is no entry {entry}."));
        if (row.Corrects is { } first)
            throw new ProblemException(Problem.Bad("entry", "is_correction", $"Entry {entry} is a correction itself: correct entry {first}."));
        if (row.RewardId is not null && body.Points != 0)
            throw new ProblemException(Problem.Bad("points", "reward_whole", "A reward is taken back whole: points is 0."));
        var holder = new PointsHolder(row.HolderPerson, row.HolderIssue);

        // The issue first, then its holder, as its steps take them: an entry refers to it.
        await connection.ExecuteAsync("select from issue where id = @issue for key share", new { issue = row.IssueId ?? row.HolderIssue }, transaction);
        await PointsLocks.HoldAsync(transaction, [holder]);
        var stands = await connection.ExecuteScalarAsync<int>("select sum(points)::int from points_entry where id = @entry or corrects = @entry", new { entry }, transaction);
        if (stands == body.Points)
            throw new ProblemException(Problem.Conflict("nothing_to_correct", $"Entry {entry} counts {stands} already."));
        var points = body.Points.Value - stands;
        var made = await connection.ExecuteScalarAsync<long>(InsertSql, new { entry, points, note, caller.Who }, transaction);
        var balance = await PointsShop.BalanceAsync(transaction, holder);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry("points.correct", "points-entry", entry.ToString(), row.GridId, Before: new { points = stands }, After: new { body.Points, entry = made }));
        await PointsShop.TellAsync(transaction, caller, holder, "points.corrected", new { rule = row.Name, points, balance });
        await transaction.CommitAsync(CancellationToken.None);
        return new PointsCorrection(made, points, balance);
    }

    private sealed record Row(long? HolderPerson, long? HolderIssue, long? IssueId, long? GridId, long? RewardId, long? Corrects, string Name);
}
