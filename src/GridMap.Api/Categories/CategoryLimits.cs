using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Settings;
using GridMap.Core.Calendars;
using GridMap.Core.Issues;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridMap.Api.Categories;

/// <summary>What the limit of an issue is found by.</summary>
/// <param name="Category">The code.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Grid">The grid that it lies in; null: none.</param>
/// <param name="Generation">Which generation's facts of it count.</param>
/// <param name="ReportedAt">When it was reported.</param>
/// <param name="IsNew">Whether the issue comes into the category now: a retired one takes none.</param>
internal sealed record LimitQuestion(string Category, IssueSeverity Severity, long? Grid, int? Generation, DateTimeOffset ReportedAt, bool IsNew = true);

/// <summary>Finds the limit of an issue by its category and circumstances. Thread safe.</summary>
internal sealed class CategoryLimits(IOptions<GridMapOptions> settings)
{
    /// <summary>The grids' own field that holds a class of place.</summary>
    public const string PlaceField = "placeClass";

    private const string PlacesSql =
        """
        with recursive up as (
            select grid_id, level, kind, parent_id, attributes from grid_version
            where grid_id = @Grid and from_generation <= @Generation and (to_generation is null or to_generation > @Generation)
            union all
            select v.grid_id, v.level, v.kind, v.parent_id, v.attributes from up join grid_version v on v.grid_id = up.parent_id
            where v.from_generation <= @Generation and (v.to_generation is null or v.to_generation > @Generation)
        )
        (select attributes ->> @PlaceField from up where attributes ->> @PlaceField <> '' order by level desc limit 1)
        union all
        (select kind from up order by level desc limit 1)
        """;

    private const string RulesSql =
        "select place, severity, from_time, to_time, limit_value, limit_unit from category_limit where category = @Category order by ordinal";

    /// <summary>The limit.</summary>
    /// <exception cref="ProblemException">400: there is no such category, or it takes no new issues.</exception>
    public async Task<TimeLimit> FindAsync(NpgsqlTransaction transaction, LimitQuestion question)
    {
        var connection = transaction.Connection!;
        var own = await connection.QuerySingleOrDefaultAsync<(decimal Value, string Unit, bool Active)?>(
            "select limit_value, limit_unit, active from category where code = @Category", new { question.Category }, transaction) ?? throw new ProblemException(Problem.Bad(
                "category", "bad_category", $"There is no category {question.Category}; /api/v1/categories lists them."));
        if (question.IsNew && !own.Active)
            throw new ProblemException(Problem.Bad("category", "category_retired", $"Category {question.Category} is retired; /api/v1/categories lists those that are active."));
        var limit = new TimeLimit(own.Value, TimeLimit.UnitOf(own.Unit));
        var rules = (await connection.QueryAsync<Row>(RulesSql, new { question.Category }, transaction)).Select(row => row.Rule).ToList();
        if (rules.Count == 0)
            return limit;
        var places = await connection.QueryAsync<string>(PlacesSql, new { question.Grid, question.Generation, PlaceField }, transaction);
        var local = TimeZoneInfo.ConvertTime(question.ReportedAt, TimeZoneInfo.FindSystemTimeZoneById(settings.Value.TimeZone));
        return LimitRule.Pick(limit, rules, new IssueCircumstances([.. places], question.Severity, TimeOnly.FromDateTime(local.DateTime)));
    }

    private sealed record Row(string Place, string? Severity, TimeOnly? FromTime, TimeOnly? ToTime, decimal LimitValue, string LimitUnit)
    {
        public LimitRule Rule => new(
            Place, Severity is null ? null : Enum.Parse<IssueSeverity>(Severity, ignoreCase: true),
            FromTime is { } from && ToTime is { } to ? (from, to) : null, new TimeLimit(LimitValue, TimeLimit.UnitOf(LimitUnit)));
    }
}
