namespace GridMap.Core.Permissions;

/// <summary>As what a person holds a duty on a grid. The words of the wire and of the database.</summary>
public static class Role
{
    /// <summary>管理员: everything, accounts too.</summary>
    public const string Admin = "admin";
    /// <summary>指挥部办公室: campaigns, issues, people.</summary>
    public const string CampaignOffice = "campaign_office";
    /// <summary>规划员: borders.</summary>
    public const string Planner = "planner";
    /// <summary>暗检组.</summary>
    public const string Inspector = "inspector";
    /// <summary>网格长.</summary>
    public const string GridLeader = "grid_leader";
    /// <summary>网格员.</summary>
    public const string GridWorker = "grid_worker";
    /// <summary>督导员.</summary>
    public const string Supervisor = "supervisor";
    /// <summary>责任岗 holder.</summary>
    public const string Volunteer = "volunteer";
    /// <summary>指挥部, wall screens: looks on.</summary>
    public const string Viewer = "viewer";
    /// <summary>Another system.</summary>
    public const string Integrator = "integrator";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Admin, CampaignOffice, Planner, Inspector, GridLeader, GridWorker, Supervisor, Volunteer, Viewer, Integrator];

    /// <summary>Those who answer for a grid, in the order in which they are named; only they are told to the public.</summary>
    public static IReadOnlyList<string> Responsible { get; } = [GridLeader, GridWorker, Supervisor, Volunteer];

    /// <summary>Those that may be held without a grid, and then reach the whole territory.</summary>
    public static IReadOnlyList<string> TerritoryWide { get; } = [Admin, CampaignOffice, Planner, Inspector, Viewer, Integrator];
}
