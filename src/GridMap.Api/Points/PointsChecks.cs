using System.Data;
using Dapper;
using GridMap.Api.Storage;
using GridMap.Core.Points;

namespace GridMap.Api.Points;

/// <summary>Recounts every score from events and rules, and compares. Thread safe.</summary>
internal sealed class PointsChecks(Database database, PointsScoring scoring)
{
    private const int MostItems = 1000;

    private const string EntriesSql =
        """
        select e.id, e.event_id as step, e.rule_code, e.rule_version, e.holder_person, e.holder_issue, e.points, e.limited, e.corrects, i.erased_at is not null as is_erased
        from points_entry e left join issue i on i.id = e.issue_id order by e.id
        """;

    /// <summary>Recounts, as everything stands at one moment.</summary>
    public async Task<PointsCheck> RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var rules = await PointsSteps.RulesAsync(connection, transaction, cancel);
        var steps = (await PointsSteps.ReadAsync(connection, transaction, only: null, cancel)).ConvertAll(row => row.Step);
        var entries = (await connection.QueryAsync<Row>(new CommandDefinition(EntriesSql, transaction: transaction, cancellationToken: cancel))).Select(row => row.ToEntry()).ToList();
        var differences = new PointsRecount(rules, scoring.DayOf).Compare(steps, entries);
        var shown = differences.Take(MostItems).ToList();
        var events = (await connection.QueryAsync<(long Id, string Number, string Step)>(new CommandDefinition(
            "select v.id, i.number, v.transition from issue_event v join issue i on i.id = v.issue_id where v.id = any(@ids)",
            new { ids = shown.Where(one => one.Step is not null).Select(one => one.Step!.Value).ToArray() }, transaction, cancellationToken: cancel))).ToDictionary(row => row.Id);
        return new PointsCheck(steps.Count, entries.Count, differences.Count, [.. shown.Select(one => Item(one, events))]);
    }

    private static PointsDifferenceItem Item(PointsDifference one, Dictionary<long, (long Id, string Number, string Step)> events)
    {
        var (_, number, step) = one.Step is { } id ? events.GetValueOrDefault(id) : default;
        return new PointsDifferenceItem(one.Kind, one.Entry, number, step, one.Holder.Person, one.Rule, one.Expected, one.Found);
    }

    private sealed record Row(long Id, long? Step, string? RuleCode, int? RuleVersion, long? HolderPerson, long? HolderIssue, int Points, bool Limited, long? Corrects, bool IsErased)
    {
        public PointsEntry ToEntry() => new(Id, Step, RuleCode, RuleVersion, new PointsHolder(HolderPerson, HolderIssue), Points, Limited, Corrects, IsErased);
    }
}
