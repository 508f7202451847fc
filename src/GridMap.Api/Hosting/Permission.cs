using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace GridMap.Api.Hosting;

/// <summary>What an endpoint needs; the policy table stands here.</summary>
internal static class Permission
{
    public const string AdminRole = "admin";

    /// <summary>Import, change plans, publish.</summary>
    public const string Plan = "plan";

    /// <summary>Move an issue on: claim, rectify, verify.</summary>
    public const string HandleIssues = "handle-issues";

    /// <summary>Start campaigns, plan, log, freeze.</summary>
    public const string RunCampaigns = "run-campaigns";

    /// <summary>Report an issue: everybody, unless the office closed it.</summary>
    public const string Report = "report";

    public static void Configure(AuthorizationOptions options, bool reportingOpen)
    {
        options.AddPolicy(Plan, policy => policy.RequireRole(AdminRole));
        options.AddPolicy(HandleIssues, policy => policy.RequireRole(AdminRole));
        options.AddPolicy(RunCampaigns, policy => policy.RequireRole(AdminRole));
        options.AddPolicy(Report, policy => policy.RequireAssertion(context => reportingOpen || context.User.IsInRole(AdminRole)));
    }

    /// <summary>True for those who see what the public does not.</summary>
    public static bool SeesAll(this ClaimsPrincipal user) => user.IsInRole(AdminRole);
}
