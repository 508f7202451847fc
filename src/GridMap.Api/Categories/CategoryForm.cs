using GridMap.Api.Hosting;
using GridMap.Core.Grids;

namespace GridMap.Api.Categories;

/// <summary>What a category may be, whether it comes from a form or a sheet.</summary>
internal static class CategoryForm
{
    public const int MaxName = 60;
    public const int MaxUnit = 12;
    public const int MaxWord = 40;
    public const decimal LeastLimit = 0.25m;
    public const decimal MostLimit = 2000;
    public const int MostRules = 20;

    /// <summary>What holds when nothing is said.</summary>
    public const decimal UsualLimit = 3;
    public const string UsualUnit = "处";
    public const string UsualLimitUnit = "workdays";

    /// <summary>In what a limit may be counted, in Chinese and on the wire.</summary>
    public static IReadOnlyDictionary<string, string> LimitUnits { get; } = new Dictionary<string, string> { ["小时"] = "hours", ["工作小时"] = "workhours", ["工作日"] = UsualLimitUnit };

    /// <summary>How grave an issue may be, in Chinese and on the wire.</summary>
    public static IReadOnlyDictionary<string, string> Severities { get; } = new Dictionary<string, string> { ["轻微"] = "minor", ["一般"] = "normal", ["严重"] = "severe" };

    /// <summary>The category of a body.</summary>
    /// <exception cref="ProblemException">400: a field is wrong.</exception>
    public static CategoryItem Read(string code, CategoryBody body)
    {
        if (!GridCode.TryParse(code, out _))
            throw new ProblemException(Problem.Bad("code", "bad_code", "A code is 1 to 40 letters, digits, dots, hyphens and underscores."));
        var name = InputText.Line(body.Name, "name", MaxName);
        if (name.Length == 0)
            throw new ProblemException(Problem.Bad("name", "name_required", "Say in name what the category is called."));
        var rules = body.Limits ?? [];
        if (rules.Length > MostRules)
            throw new ProblemException(Problem.Bad("limits", "too_many_limits", $"A category has at most {MostRules} limits by condition."));
        var unit = InputText.Line(body.Unit, "unit", MaxUnit);
        return new CategoryItem(
            code, body.Parent is { Length: > 0 } parent ? parent : null, name, InputText.Line(body.NameEn, "nameEn", MaxName), unit.Length == 0 ? UsualUnit : unit,
            Value(body.LimitValue ?? UsualLimit, "limitValue"), Unit(body.LimitUnit ?? UsualLimitUnit, "limitUnit"), InputText.Line(body.Picture, "picture", MaxWord),
            body.Measured, body.Active, body.Version ?? 0, [.. rules.Select(Rule)]);
    }

    /// <summary>What is wrong with a category among the others; null: nothing.</summary>
    /// <param name="item">As it is to be.</param>
    /// <param name="others">All, by code.</param>
    public static Problem? Wrong(CategoryItem item, IReadOnlyDictionary<string, CategoryItem> others)
    {
        if (item.Parent is not { } parent)
            return null;
        if (parent == item.Code || !others.TryGetValue(parent, out var heading))
            return Problem.Bad("parent", "bad_parent", $"There is no other category {parent} that could be its heading.");
        if (heading.Parent is not null)
            return Problem.Bad("parent", "too_deep", $"{parent} stands under {heading.Parent}: there are two levels, headings and what is reported.");
        return others.Values.Any(other => other.Parent == item.Code)
            ? Problem.Bad("parent", "is_heading", $"{item.Code} is a heading of others, and can stand under none.")
            : null;
    }

    private static CategoryLimitItem Rule(CategoryLimitItem rule)
    {
        var place = InputText.Line(rule.Place, "limits", MaxWord);
        if (rule.Severity is { } severity && !Severities.Values.Contains(severity))
            throw new ProblemException(Problem.Bad("limits", "bad_severity", "severity is minor, normal or severe."));
        if (rule.FromTime is null != rule.ToTime is null || (rule.FromTime is { } from && from == rule.ToTime))
            throw new ProblemException(Problem.Bad("limits", "bad_times", "fromTime and toTime are two different times of day, or both left out."));
        return place.Length == 0 && rule.Severity is null && rule.FromTime is null
            ? throw new ProblemException(Problem.Bad("limits", "no_condition", "A limit by condition names a place, a severity or times of day."))
            : rule with { Place = place.Length == 0 ? null : place, LimitValue = Value(rule.LimitValue, "limits"), LimitUnit = Unit(rule.LimitUnit, "limits") };
    }

    private static decimal Value(decimal value, string field) => value is >= LeastLimit and <= MostLimit && decimal.Round(value, 2) == value
        ? value
        : throw new ProblemException(Problem.Bad(field, "bad_limit", FormattableString.Invariant($"A limit is {LeastLimit} to {MostLimit}, with at most two decimals.")));

    private static string Unit(string? unit, string field) => unit is not null && LimitUnits.Values.Contains(unit)
        ? unit
        : throw new ProblemException(Problem.Bad(field, "bad_limit_unit", $"A limit is in {string.Join(", ", LimitUnits.Values)}."));
}
