using System.Text.RegularExpressions;
using Dapper;
using GridMap.Api.Audit;
using GridMap.Api.Callers;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using GridMap.Core.Points;

namespace GridMap.Api.Points;

/// <summary>Keeps the rules: a change is a new version. Thread safe.</summary>
internal sealed partial class PointsRuleStore(Database database)
{
    private const int MaxName = 100;
    private const int MostPoints = 1000;
    private const int MostTimes = 100_000;

    private const string ListSql =
        """
        select code, version, occasion, name, name_en, points, daily_most, category, active, from_at, by_name from points_rule r
        where @history or version = (select max(version) from points_rule l where l.code = r.code) order by code, version desc
        """;

    // By the clock, not by the transaction's beginning: who scores now has begun before, and is scored by the version before.
    private const string InsertSql =
        """
        insert into points_rule (code, version, occasion, name, name_en, points, daily_most, category, active, from_at, by_name)
        values (@code, @version, @Occasion, @name, @nameEn, @Points, @DailyMost, @Category, @Active, clock_timestamp(), @Who)
        """;

    /// <summary>The rules as they are now, or every version, newest first.</summary>
    public async Task<PointsRules> ListAsync(bool history, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(ListSql, new { history }, cancellationToken: cancel));
        return new PointsRules([.. rows.Select(row => row.ToItem())]);
    }

    /// <summary>Makes a rule, or its next version.</summary>
    /// <exception cref="ProblemException">400; 412 when somebody changed it meanwhile: nothing was stored.</exception>
    public async Task PutAsync(Caller caller, string code, PointsRuleBody body, CancellationToken cancel)
    {
        var (name, nameEn) = Check(code, body);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PointsLocks.TakeRulesAsync(transaction);
        var before = await connection.QuerySingleOrDefaultAsync<Row>(ListSql.Replace("@history or", "code = @code and", StringComparison.Ordinal), new { code }, transaction);
        if (before?.Version != body.Version)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status412PreconditionFailed, "rule_changed", $"Rule {code} is at version {before?.Version ?? 0}, not {body.Version ?? 0}: look at it again.", "version"));
        }

        if (body.Category is not null && !await connection.ExecuteScalarAsync<bool>("select exists (select from category where code = @Category)", new { body.Category }, transaction))
            throw new ProblemException(Problem.Bad("category", "bad_category", $"There is no category {body.Category}; /api/v1/categories lists them."));
        await connection.ExecuteAsync(
            InsertSql, new { code, version = (before?.Version ?? 0) + 1, body.Occasion, name, nameEn, body.Points, body.DailyMost, body.Category, body.Active, caller.Who }, transaction);
        await AuditLog.AddAsync(transaction, caller, new AuditEntry(
            "points.rule", "points-rule", code, Before: before is null ? null : new { before.Version, before.Occasion, before.Points, before.DailyMost, before.Category, before.Active },
            After: new { version = (before?.Version ?? 0) + 1, body.Occasion, body.Points, body.DailyMost, body.Category, body.Active }));
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static (string Name, string NameEn) Check(string code, PointsRuleBody body)
    {
        if (!Codes().IsMatch(code))
            throw new ProblemException(Problem.Bad("code", "bad_code", "A code has 1 to 40 letters, digits, points, lines or underscores."));
        var name = InputText.Line(body.Name, "name", MaxName);
        if (name.Length == 0)
            throw new ProblemException(Problem.Bad("name", "bad_name", "Say what the rule is called."));
        if (body.Occasion is null || !PointsOccasion.All.Contains(body.Occasion))
            throw new ProblemException(Problem.Bad("occasion", "bad_occasion", $"occasion is one of {string.Join(", ", PointsOccasion.All)}."));
        if (body.Points is not (>= -MostPoints and <= MostPoints and not 0))
            throw new ProblemException(Problem.Bad("points", "bad_points", $"points is a whole number from -{MostPoints} to {MostPoints}, not 0; a rule that should not score is not active."));
        if (body.DailyMost is < 1 or > MostTimes)
            throw new ProblemException(Problem.Bad("dailyMost", "bad_limit", "dailyMost is 1 or more; leave it out for no limit."));
        return (name, InputText.Line(body.NameEn, "nameEn", MaxName));
    }

    [GeneratedRegex("^[0-9A-Za-z._-]{1,40}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Codes();

    private sealed record Row(
        string Code, int Version, string Occasion, string Name, string NameEn, int Points, int? DailyMost, string? Category, bool Active, DateTime FromAt, string ByName)
    {
        public PointsRuleItem ToItem() => new(Code, Version, Occasion, Name, NameEn, Points, DailyMost, Category, Active, FromAt, ByName);
    }
}
