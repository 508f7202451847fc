namespace GridMap.Api.Boards;

/// <summary>The write-off board as lines of a sheet: every unit has columns of its own, so that each column adds up.</summary>
internal sealed class WriteOffSheet(WriteOffBoard board, WriteOffQuestion question, IReadOnlyDictionary<string, string> categories)
{
    private static readonly (string Name, Func<WriteOffFigures, int> Of)[] Figures =
    [
        ("上报", f => f.Reported), ("未办结", f => f.Open), ("超期", f => f.Overdue), ("销号", f => f.WrittenOff), ("办好", f => f.Fixed), ("按期", f => f.InTime), ("逾期办结", f => f.Late),
        ("驳回或重复", f => f.Dismissed), ("退回次数", f => f.Returned), ("重开次数", f => f.Reopened), ("无照片销号", f => f.Exceptions), ("即交即办", f => f.OnSpot), ("评价数", f => f.Rated), ("评价合计", f => f.Stars),
    ];

    private readonly List<string> units = [.. board.Quantities.Select(quantity => quantity.Unit)];

    public IReadOnlyList<string> Headings =>
    [
        "网格编码", "网格", .. question.CategoryLevel is null ? (string[])[] : ["类别编码", "类别"], .. question.Period is null ? (string[])[] : ["时间"],
        .. Figures.Select(figure => figure.Name), .. units.SelectMany(unit => (string[])[$"数量（{unit}）", $"销号（{unit}）", $"未计量（{unit}）"]),
    ];

    /// <summary>The last one are the sums.</summary>
    public IEnumerable<IEnumerable<object?>> Rows =>
        board.Items.Select(line => Cells(line.Grid?.Code, line.Grid?.Name ?? "未划分", line.Category, line.Period, line.Figures, line.Quantities))
            .Append(Cells(null, "合计", null, null, board.Total, board.Quantities));

    private IEnumerable<object?> Cells(string? code, string grid, string? category, DateOnly? period, WriteOffFigures figures, IReadOnlyList<WriteOffQuantity> quantities) =>
    [
        code, grid, .. question.CategoryLevel is null ? (object?[])[] : [category, categories.GetValueOrDefault(category ?? "")],
        .. question.Period is null ? (object?[])[] : [period?.ToString("O")],
        .. Figures.Select(figure => (object?)figure.Of(figures)),
        .. units.SelectMany(unit => quantities.FirstOrDefault(quantity => quantity.Unit == unit) is { } of ? (object?[])[of.Reported, of.WrittenOff, of.Unmeasured] : [0, 0, 0]),
    ];
}
