namespace GridMap.Core.Permissions;

/// <summary>The one table that says which role may do what, on the grids that it reaches. Immutable.</summary>
public static class Policy
{
    private static readonly string[] Everybody = [Permission.SeeMap, Permission.Report];

    /// <summary>The permissions of each role.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Table { get; } = new Dictionary<string, IReadOnlySet<string>>
    {
        [Role.Admin] = Set([.. Permission.All]),
        [Role.CampaignOffice] = Set(
            Permission.HandleIssues, Permission.DirectIssues, Permission.EraseReporters, Permission.RunCampaigns, Permission.LogWork, Permission.SeePeople,
            Permission.SeePhones, Permission.Appoint, Permission.ExchangePeople, Permission.SeeAudit),
        [Role.Planner] = Set(Permission.Plan, Permission.SeePeople),
        [Role.Inspector] = Set(Permission.SeePeople),
        [Role.GridLeader] = Set(
            Permission.HandleIssues, Permission.DirectIssues, Permission.LogWork, Permission.SeePeople, Permission.SeePhones, Permission.Appoint),
        [Role.GridWorker] = Set(Permission.HandleIssues, Permission.LogWork, Permission.SeePeople),
        [Role.Supervisor] = Set(Permission.HandleIssues, Permission.DirectIssues, Permission.SeePeople, Permission.SeePhones),
        [Role.Volunteer] = Set(),
        [Role.Viewer] = Set(Permission.SeePeople),
        [Role.Integrator] = Set(),
    };

    /// <summary>Which roles a role may give to others, on the grids that it reaches; nobody gives more than they have.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Appoints { get; } = new Dictionary<string, IReadOnlySet<string>>
    {
        [Role.Admin] = new HashSet<string>(Role.All),
        [Role.CampaignOffice] = new HashSet<string>([.. Role.Responsible, Role.Inspector, Role.Viewer]),
        [Role.GridLeader] = new HashSet<string>([Role.GridWorker, Role.Volunteer]),
    };

    /// <summary>Whether a role has a permission.</summary>
    public static bool Allows(string role, string permission) => Table.TryGetValue(role, out var permissions) && permissions.Contains(permission);

    /// <summary>Whether who holds a role may give another.</summary>
    public static bool MayAppoint(string role, string given) => Appoints.TryGetValue(role, out var roles) && roles.Contains(given);

    private static HashSet<string> Set(params string[] permissions) => [.. Everybody, .. permissions];
}
