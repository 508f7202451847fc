using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using Npgsql;

namespace GridMap.Api.Audit;

/// <summary>What was done, for the record.</summary>
/// <param name="Action">What: the resource and the verb, such as <c>duty.appoint</c>.</param>
/// <param name="Kind">Of what kind its subject is.</param>
/// <param name="Subject">Which one.</param>
/// <param name="Grid">The grid that it is about; null for none.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it became.</param>
internal sealed record AuditEntry(string Action, string Kind, string Subject, long? Grid = null, object? Before = null, object? After = null);

/// <summary>
/// Writes the audit, in the transaction of what it tells of: an entry is there exactly when the change is. It can only be added
/// to, so nothing goes in that somebody may ask to have erased: no telephone, no reporter, no words of theirs, no password.
/// </summary>
internal static class AuditLog
{
    private const string Sql =
        """
        insert into audit (who, account_id, key_id, person_id, from_address, action, subject_kind, subject_id, grid_id, before, after, outcome)
        values (@Who, @AccountId, @KeyId, @PersonId, @Address, @Action, @Kind, @Subject, @Grid, @before::jsonb, @after::jsonb, @outcome)
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What was done.</summary>
    public static Task AddAsync(NpgsqlTransaction transaction, Caller caller, AuditEntry entry) =>
        transaction.Connection!.ExecuteAsync(Sql, Row(caller, entry, "done"), transaction);

    /// <summary>What somebody tried and was refused: nothing else is stored, so it has no transaction to be in.</summary>
    public static Task RefusedAsync(NpgsqlConnection connection, Caller caller, AuditEntry entry, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(Sql, Row(caller, entry, "refused"), cancellationToken: cancel));

    private static object Row(Caller caller, AuditEntry entry, string outcome) => new
    {
        caller.Who,
        caller.AccountId,
        caller.KeyId,
        caller.PersonId,
        caller.Address,
        entry.Action,
        entry.Kind,
        entry.Subject,
        entry.Grid,
        before = Text(entry.Before),
        after = Text(entry.After),
        outcome,
    };

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json);
}
