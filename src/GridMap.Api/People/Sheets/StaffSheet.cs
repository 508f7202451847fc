namespace GridMap.Api.People.Sheets;

/// <summary>The staff list as a sheet: one line a term, and one for a person who has none. All cells are text.</summary>
internal static class StaffSheet
{
    public const string Id = "编号";
    public const string Name = "姓名";
    public const string Phone = "电话";
    public const string Grid = "网格编码";
    public const string Role = "岗位";
    public const string From = "开始";
    public const string To = "结束";

    /// <summary>In the order in which they leave.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Id, Name, Phone, Grid, Role, From, To];

    /// <summary>What each column may be called besides.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = Id,
        ["name"] = Name,
        ["phone"] = Phone,
        ["手机"] = Phone,
        ["grid"] = Grid,
        ["网格"] = Grid,
        ["role"] = Role,
        ["from"] = From,
        ["to"] = To,
    };

    private static readonly Dictionary<string, string> RoleWords = new()
    {
        [Core.Permissions.Role.Admin] = "管理员",
        [Core.Permissions.Role.CampaignOffice] = "指挥部办公室",
        [Core.Permissions.Role.Planner] = "规划员",
        [Core.Permissions.Role.Inspector] = "检查员",
        [Core.Permissions.Role.GridLeader] = "网格长",
        [Core.Permissions.Role.GridWorker] = "网格员",
        [Core.Permissions.Role.Supervisor] = "督导员",
        [Core.Permissions.Role.Volunteer] = "责任岗",
        [Core.Permissions.Role.Viewer] = "查看",
        [Core.Permissions.Role.Integrator] = "对接系统",
    };

    /// <summary>The column that a heading stands for; null for none.</summary>
    public static string? ColumnOf(string heading)
    {
        var text = heading.Trim();
        return Columns.Contains(text) ? text : Others.GetValueOrDefault(text);
    }

    /// <summary>A role as it leaves.</summary>
    public static string WordOf(string role) => RoleWords[role];

    /// <summary>The role that a cell stands for, in either language; null for none.</summary>
    public static string? RoleOf(string word) =>
        Core.Permissions.Role.All.Contains(word) ? word : RoleWords.FirstOrDefault(pair => pair.Value == word).Key;
}

/// <summary>One line of a sheet.</summary>
/// <param name="Row">As a spreadsheet counts: the headings are row 1.</param>
/// <param name="Cells">By column; those that are empty are left out.</param>
internal sealed record StaffRow(int Row, IReadOnlyDictionary<string, string> Cells)
{
    public string? this[string column] => Cells.GetValueOrDefault(column);
}

/// <summary>What is wrong with a cell.</summary>
/// <param name="Row">As a spreadsheet counts: the headings are row 1.</param>
/// <param name="Column">The heading.</param>
/// <param name="Code">Stable.</param>
/// <param name="Detail">What is wrong and what to do.</param>
public sealed record SheetError(int Row, string Column, string Code, string Detail);
