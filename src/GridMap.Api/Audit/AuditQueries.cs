using System.Text.Json;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Permissions;

namespace GridMap.Api.Audit;

/// <summary>One entry of the audit.</summary>
/// <param name="Id">Its number; they rise with time.</param>
/// <param name="At">When.</param>
/// <param name="Who">The person, or else the account.</param>
/// <param name="AccountId">Null for the key in the data folder and the program itself.</param>
/// <param name="KeyId">The API key that was used; null for none.</param>
/// <param name="PersonId">Null for nobody's account.</param>
/// <param name="Address">From where.</param>
/// <param name="Action">What was done, such as duty.appoint; of a refusal by roles the method and the route.</param>
/// <param name="SubjectKind">Of what kind its subject is.</param>
/// <param name="Subject">Which one.</param>
/// <param name="Grid">The code of the grid that it is about, as it was last.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it became.</param>
/// <param name="Outcome">done or refused.</param>
public sealed record AuditItem(
    long Id, DateTimeOffset At, string Who, long? AccountId, long? KeyId, long? PersonId, string Address, string Action, string SubjectKind,
    string Subject, string? Grid, JsonElement? Before, JsonElement? After, [property: AuditOutcome] string Outcome);

/// <summary>How it ended.</summary>
public sealed class AuditOutcomeAttribute() : WordsAttribute("done", "refused");

/// <summary>Which entries are wanted; null: all.</summary>
internal sealed record AuditFilter(
    string? Who, long? Account, string? Action, string? Kind, string? Subject, long? Grid, string? Outcome, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Reads the audit, as far as the caller's reach goes: what is about no grid is for who reaches everything. Thread safe.</summary>
internal sealed class AuditQueries(Database database)
{
    private const string Sql =
        """
        select a.id, a.at, a.who, a.account_id, a.key_id, a.person_id, a.from_address, a.action, a.subject_kind, a.subject_id, g.code as grid,
               a.before::text as before, a.after::text as after, a.outcome
        from audit a
        left join lateral (select v.code from grid_version v where v.grid_id = a.grid_id order by v.from_generation desc limit 1) g on true
        where a.id < @before
          and (@reach::bigint[] is null or a.grid_id in (select reach(@reach)))
          and (@Who::text is null or position(lower(@Who) in lower(a.who)) > 0)
          and (@Account::bigint is null or a.account_id = @Account)
          and (@Action::text is null or a.action = @Action or starts_with(a.action, @Action || '.'))
          and (@Kind::text is null or a.subject_kind = @Kind) and (@Subject::text is null or a.subject_id = @Subject)
          and (@Grid::bigint is null or a.grid_id in (select reach(array[@Grid])))
          and (@Outcome::text is null or a.outcome = @Outcome)
          and (@from::timestamptz is null or a.at >= @from) and (@to::timestamptz is null or a.at < @to)
        order by a.id desc limit @most
        """;

    /// <summary>Entries, newest first.</summary>
    public async Task<Page<AuditItem>> ListAsync(Caller caller, AuditFilter filter, int limit, string? cursor, CancellationToken cancel)
    {
        var before = Paging.Key(cursor, 1) is [var key] ? Paging.Number(key) : long.MaxValue;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Sql,
            new
            {
                before,
                reach = caller.ReachOf(Permission.SeeAudit).Roots,
                filter.Who,
                filter.Account,
                filter.Action,
                filter.Kind,
                filter.Subject,
                filter.Grid,
                filter.Outcome,
                from = filter.From?.UtcDateTime,
                to = filter.To?.UtcDateTime,
                most = limit + 1,
            },
            cancellationToken: cancel));
        return Paging.Cut([.. rows.Select(row => row.ToItem())], limit, item => [item.Id.ToString()]);
    }

    private sealed record Row(
        long Id, DateTime At, string Who, long? AccountId, long? KeyId, long? PersonId, string FromAddress, string Action, string SubjectKind,
        string SubjectId, string? Grid, string? Before, string? After, string Outcome)
    {
        public AuditItem ToItem() => new(
            Id, At, Who, AccountId, KeyId, PersonId, FromAddress, Action, SubjectKind, SubjectId, Grid, Element(Before), Element(After), Outcome);

        private static JsonElement? Element(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
    }
}
