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

    public static Task ShareAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock_shared(@Key)", new { Key }, transaction);

    public static Task TakeAsync(NpgsqlTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("select pg_advisory_xact_lock(@Key)", new { Key }, transaction, commandTimeout: 0);
}
