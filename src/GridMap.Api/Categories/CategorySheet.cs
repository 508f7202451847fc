using System.Globalization;
using GridMap.Api.Spreadsheets;
using GridMap.Core.Grids;

namespace GridMap.Api.Categories;

/// <summary>Categories as a sheet: a line a category, and behind it one for each limit by condition, with the code of the category and its condition.</summary>
internal static class CategorySheet
{
    public const string Code = "编码";
    public const string Parent = "上级编码";
    public const string Name = "名称";
    public const string NameEn = "英文名称";
    public const string Unit = "单位";
    public const string Measured = "按量计";
    public const string Limit = "时限";
    public const string LimitUnit = "时限单位";
    public const string Picture = "图标";
    public const string Active = "启用";
    public const string Place = "条件：场所";
    public const string Severity = "条件：程度";
    public const string Hours = "条件：时段";

    private const int MaxRows = 2000;

    private static readonly Dictionary<string, string> YesNo = new() { ["是"] = "true", ["否"] = "false" };

    public static SheetShape Shape { get; } = new(
        "categories", [Code, Parent, Name, NameEn, Unit, Measured, Limit, LimitUnit, Picture, Active, Place, Severity, Hours],
        new Dictionary<string, string>
        {
            ["code"] = Code,
            ["parent"] = Parent,
            ["name"] = Name,
            ["nameEn"] = NameEn,
            ["unit"] = Unit,
            ["measured"] = Measured,
            ["limit"] = Limit,
            ["limitUnit"] = LimitUnit,
            ["picture"] = Picture,
            ["active"] = Active,
            ["place"] = Place,
            ["severity"] = Severity,
            ["hours"] = Hours,
            ["场所"] = Place,
            ["程度"] = Severity,
            ["时段"] = Hours,
        },
        [Code, Name], MaxRows);

    /// <summary>The lines of categories, in their order.</summary>
    public static IEnumerable<IEnumerable<object?>> Lines(IEnumerable<CategoryItem> items)
    {
        foreach (var item in items)
        {
            yield return [item.Code, item.Parent, item.Name, item.NameEn, item.Unit, Yes(item.Measured), item.LimitValue, Word(CategoryForm.LimitUnits, item.LimitUnit), item.Picture, Yes(item.Active)];
            foreach (var rule in item.Limits)
            {
                yield return
                [
                    item.Code, null, null, null, null, null, rule.LimitValue, Word(CategoryForm.LimitUnits, rule.LimitUnit), null, null, rule.Place,
                    rule.Severity is null ? null : Word(CategoryForm.Severities, rule.Severity), rule is { FromTime: { } from, ToTime: { } to } ? $"{Text(from)}-{Text(to)}" : null,
                ];
            }
        }
    }

    /// <summary>The categories of lines, in their order; errors go into cells.</summary>
    public static IReadOnlyList<(CategoryItem Item, SheetRow Row)> Read(IReadOnlyList<SheetRow> rows, SheetCells cells)
    {
        var found = new List<(CategoryItem Item, SheetRow Row)>();
        var seen = new Dictionary<string, int>();
        foreach (var row in rows)
        {
            var code = cells.Code(row, Code);
            if (code is null && row[Code] is not null)
                continue;
            if (!GridCode.TryParse(code, out _))
            {
                cells.Wrong(row, Code, "bad_code", "is no code: 1 to 40 letters, digits, dots, hyphens and underscores");
                continue;
            }

            if (row[Place] is not null || row[Severity] is not null || row[Hours] is not null)
            {
                if (!seen.TryGetValue(code!, out var at))
                    cells.Wrong(row, Code, "rule_first", "has a condition here before its own line: the category itself stands above its conditions");
                else if (found[at].Item.Limits.Count == CategoryForm.MostRules)
                    cells.Wrong(row, Code, "too_many_limits", $"has more than {CategoryForm.MostRules} conditions");
                else if (Rule(row, cells) is { } rule)
                    found[at] = (found[at].Item with { Limits = [.. found[at].Item.Limits, rule] }, found[at].Row);
                continue;
            }

            if (!seen.TryAdd(code!, found.Count))
                cells.Wrong(row, Code, "code_twice", "is there twice without a condition");
            else
                found.Add((Item(code!, row, cells), row));
        }

        return found;
    }

    private static CategoryItem Item(string code, SheetRow row, SheetCells cells)
    {
        if (row[Name] is null)
            cells.Wrong(row, Name, "name_required", "is empty");
        var unit = cells.Text(row, Unit, CategoryForm.MaxUnit);
        return new CategoryItem(
            code, cells.Code(row, Parent), cells.Text(row, Name, CategoryForm.MaxName), cells.Text(row, NameEn, CategoryForm.MaxName), unit.Length == 0 ? CategoryForm.UsualUnit : unit,
            cells.Number(row, Limit, CategoryForm.LeastLimit, CategoryForm.MostLimit) ?? CategoryForm.UsualLimit, cells.Word(row, LimitUnit, CategoryForm.LimitUnits) ?? CategoryForm.UsualLimitUnit,
            cells.Text(row, Picture, CategoryForm.MaxWord), cells.Word(row, Measured, YesNo) == "true",
            cells.Word(row, Active, YesNo) != "false", 0, []);
    }

    private static CategoryLimitItem? Rule(SheetRow row, SheetCells cells)
    {
        var before = cells.Wrongs;
        var value = cells.Number(row, Limit, CategoryForm.LeastLimit, CategoryForm.MostLimit);
        if (row[Limit] is null)
            cells.Wrong(row, Limit, "limit_required", "is empty: a condition comes with its limit");
        var unit = cells.Word(row, LimitUnit, CategoryForm.LimitUnits) ?? CategoryForm.UsualLimitUnit;
        var hours = Times(row, cells);
        var rule = new CategoryLimitItem(row[Place] is null ? null : cells.Text(row, Place, CategoryForm.MaxWord), cells.Word(row, Severity, CategoryForm.Severities), hours?.From, hours?.To, value ?? 0, unit);
        return cells.Wrongs == before ? rule : null;
    }

    private static (TimeOnly From, TimeOnly To)? Times(SheetRow row, SheetCells cells)
    {
        if (row[Hours] is not { } text)
            return null;
        var ends = text.Split('-', '–', '—', '~', '至');
        if (ends.Length == 2 && TimeOnly.TryParse(ends[0].Trim(), CultureInfo.InvariantCulture, out var from) && TimeOnly.TryParse(ends[1].Trim(), CultureInfo.InvariantCulture, out var to) && from != to)
            return (from, to);
        cells.Wrong(row, Hours, "bad_times", "is no two times of day such as 22:00-06:00");
        return null;
    }

    private static string Yes(bool value) => value ? "是" : "否";

    private static string Text(TimeOnly time) => time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static string Word(IReadOnlyDictionary<string, string> words, string wire) => words.First(word => word.Value == wire).Key;
}
