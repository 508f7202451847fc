using Dapper;
using Npgsql;

namespace GridMap.Api.Storage;

/// <summary>
/// The lock between publishing a generation (exclusive) and assigning issues to its grids (shared). Every transaction that
/// assigns takes it as its first statement, so that an insert sees either the old generation or the whole of the new one.
/// </summary>
internal static class PublicationLock
{
    public static Task ShareAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock_shared(@Publication)", new { AdvisoryKeys.Publication }, transaction);

    public static Task TakeAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@Publication)", new { AdvisoryKeys.Publication }, transaction, commandTimeout: 0);

    /// <summary>Waits until no other publication is under way. It holds nobody else up; the first statement of a publication's transaction.</summary>
    public static Task TakeTurnAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@PublicationTurn)", new { AdvisoryKeys.PublicationTurn }, transaction, commandTimeout: 0);
}
