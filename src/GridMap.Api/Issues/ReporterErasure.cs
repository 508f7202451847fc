using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Photos;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Issues;

/// <summary>
/// Erases what a reporter left about themselves (contact, words, photos, the answer kept for sending again); number, category, place
/// and course stay, and so do the figures. The audit says that it was done and by whom, not what was there. Thread safe.
/// </summary>
internal sealed class ReporterErasure(Database database, PhotoStore photos, TimeProvider clock)
{
    /// <exception cref="ProblemException">403 or 404: nothing was erased.</exception>
    public async Task RunAsync(Caller caller, string number, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<(long Id, long? Grid)?>(
            "select id, grid_id from issue where number = @number for update", new { number }, transaction) ?? throw IssueEndpoints.Unknown(number);
        await Refusals.RequireAsync(transaction, caller.ReachOf(Permission.EraseReporters), row.Grid, $"Issue {number}");
        // A choice of what is shown goes with its photo of before; the copies of both sides go with it.
        var shown = await connection.QueryAsync<string>(
            "select unnest(array[before_shown, after_shown]) from issue_exposure where issue_id = @Id and before_shown is not null", new { row.Id }, transaction);
        var files = (await connection.QueryAsync<string>("select erase_reporter(@number)", new { number }, transaction)).ToList();
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "issue.erase-reporter", "issue", number, row.Grid, After: new { photos = files.Count }));
        await transaction.CommitAsync(CancellationToken.None);
        await photos.DropAsync([.. files, .. shown], clock.GetUtcNow(), CancellationToken.None);
    }
}
