using Dapper;
using Npgsql;

namespace GridMap.Api.Storage;

/// <summary>
/// The lock between publishing a generation (exclusive) and assigning issues to its grids (shared). Every transaction that
/// assigns takes it as its first statement, so that an insert sees either the old generation or the whole of the new one.
/// </summary>
internal static class PublicationLock
{
    private const long Key = 0x6772_6964_6d61_7001;
    private const long TurnKey = 0x6772_6964_6d61_7002;

    public static Task ShareAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock_shared(@Key)", new { Key }, transaction);

    public static Task TakeAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@Key)", new { Key }, transaction, commandTimeout: 0);

    /// <summary>Waits until no other publication is under way. It holds nobody else up; the first statement of a publication's transaction.</summary>
    public static Task TakeTurnAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@TurnKey)", new { TurnKey }, transaction, commandTimeout: 0);
}
