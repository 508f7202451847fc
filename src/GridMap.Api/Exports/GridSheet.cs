using GridMap.Api.Grids;
using GridMap.Api.Hosting;

namespace GridMap.Api.Exports;

/// <summary>The attributes of grids as a sheet: a line a grid, codes and telephones as text, areas and counts as numbers.</summary>
internal static class GridSheet
{
    private const int MostOthers = 200;
    private const double SquareMetresPerMu = 10_000d / 15;

    /// <summary>Writes the workbook.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="grids">By level, then code.</param>
    /// <param name="people">Whether there is a column of who answers.</param>
    /// <returns>The path.</returns>
    public static string Write(string path, IReadOnlyList<ExportedGrid> grids, bool people)
    {
        // The grids' own fields get a column each; more than a sheet bears are somebody's mistake.
        var others = grids.SelectMany(grid => grid.Others.Select(field => field.Name)).Distinct().Take(MostOthers).ToList();
        string[] responsible = people ? ["责任人"] : [];
        string[] headings =
            ["网格编码", "网格名称", "层级", "网格类型", "上级编码", "上级名称", "面积（平方米）", "面积（亩）", "户数", "值班电话", "中心经度", "中心纬度", .. responsible, .. others];
        Workbook.Write(path, "网格", headings, grids.Select(entry => Cells(entry, people, others)));
        return path;
    }

    private static IEnumerable<object?> Cells(ExportedGrid entry, bool people, List<string> others)
    {
        var grid = entry.Grid;
        var center = grid.Geometry.InteriorPoint;
        object?[] responsible = people ? [entry.People] : [];
        var own = entry.Others.ToDictionary(field => field.Name, field => field.Value);
        return
        [
            grid.Code, grid.Name, grid.Level, KindWords.Of(grid.Kind), entry.Parent?.Code, entry.Parent?.Name,
            Math.Round(grid.AreaSquareMetres, 2), Math.Round(grid.AreaSquareMetres / SquareMetresPerMu, 3), entry.Households, entry.Telephone,
            Math.Round(center.X, Position.Decimals), Math.Round(center.Y, Position.Decimals), .. responsible,
            .. others.Select(name => own.TryGetValue(name, out var value) ? Cell(value) : null),
        ];
    }

    private static object? Cell(System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Null => null,
        System.Text.Json.JsonValueKind.Number => value.GetDouble(),
        System.Text.Json.JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
