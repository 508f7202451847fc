using System.ComponentModel.DataAnnotations;

namespace GridMap.Api.Settings;

/// <summary>What an office sets; every default stands here and nowhere else. Section <c>GridMap</c>, environment <c>GridMap__…</c>.</summary>
public sealed class GridMapOptions
{
    public const string Section = "GridMap";

    /// <summary>Name of the installation, Chinese, on every screen and sheet.</summary>
    [Required]
    public string Title { get; set; } = "网格作战图";

    /// <summary>The same in English.</summary>
    [Required]
    public string TitleEn { get; set; } = "GridMap";

    /// <summary>IANA name of the time zone whose days are meant by "a day".</summary>
    [Required]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>When the office is open on a workday, for limits in work-hours and the end of a workday: 08:30-12:00,14:00-17:30.</summary>
    [Required]
    public string OfficeHours { get; set; } = "08:30-12:00,14:00-17:30";

    /// <summary>When those are reminded whose zones have no work log yet on a workday, 17:00; empty: nobody is.</summary>
    public TimeOnly? WorkLogReminder { get; set; } = new(17, 0);

    /// <summary>Names of the levels, outermost first; their number is N (1 to 6).</summary>
    [MinLength(1), MaxLength(6)]
    public LevelName[] Levels { get; set; } = [];

    /// <summary>The base map's approval number (审图号), printed on poster, bulletin and public page.</summary>
    public string MapApproval { get; set; } = "";

    /// <summary>Who draws the posters (制图单位), printed on them; without, the title.</summary>
    public string Office { get; set; } = "";

    /// <summary>Whether anybody may read the map and report; false closes both, and who signs in sees the rows of their grids only.</summary>
    public bool PublicMap { get; set; } = true;

    /// <summary>Whether anybody may report an issue; else only who is signed in or holds a key.</summary>
    public bool ReportingOpen { get; set; } = true;

    /// <summary>Reverse proxies, as addresses or networks (10.0.0.0/8), whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public string[] Proxies { get; set; } = [];

    /// <summary>How a responsible person's name is shown to the public.</summary>
    public NameDisplay PublicNames { get; set; } = NameDisplay.Full;

    /// <summary>The same for holders on the innermost level and volunteers.</summary>
    public NameDisplay PublicNamesInnermost { get; set; } = NameDisplay.RoleOnly;

    /// <summary>Origins that may call with credentials; lookup, tiles and ogc are open to any origin without.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>The largest upload of an import, bytes.</summary>
    [Range(1, long.MaxValue)]
    public long ImportMaxBytes { get; set; } = 512L << 20;

    /// <summary>The number of levels, N.</summary>
    public int LevelCount => Levels.Length;

    /// <summary>The levels of an installation that names none: 大, 中, 小, 微.</summary>
    public static LevelName[] DefaultLevels { get; } =
    [
        new() { Name = "大网格", NameEn = "Town" },
        new() { Name = "中网格", NameEn = "Community" },
        new() { Name = "小网格", NameEn = "Zone" },
        new() { Name = "微网格", NameEn = "Micro-grid" },
    ];
}

/// <summary>What one level is called.</summary>
public sealed class LevelName
{
    [Required]
    public string Name { get; set; } = "";

    [Required]
    public string NameEn { get; set; } = "";
}

/// <summary>How much of a person's name the public sees.</summary>
public enum NameDisplay
{
    /// <summary>The whole name.</summary>
    Full,

    /// <summary>Surname and 同志.</summary>
    Surname,

    /// <summary>No name: the role only.</summary>
    RoleOnly,
}
