using GridMap.Api.Spreadsheets;

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

    private const int MaxRows = 50_000;

    private static readonly Dictionary<string, string> Others = new()
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

    /// <summary>Headings and their other names.</summary>
    public static SheetShape Shape { get; } = new("staff", [Id, Name, Phone, Grid, Role, From, To], Others, [Name], MaxRows);

    /// <summary>A role as it leaves.</summary>
    public static string WordOf(string role) => RoleWords[role];

    /// <summary>The role that a cell stands for, in either language; null for none.</summary>
    public static string? RoleOf(string word) =>
        Core.Permissions.Role.All.Contains(word) ? word : RoleWords.FirstOrDefault(pair => pair.Value == word).Key;
}
