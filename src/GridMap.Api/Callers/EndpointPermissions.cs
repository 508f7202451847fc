using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Authorization;

namespace GridMap.Api.Callers;

/// <summary>The permission that an endpoint names; every endpoint names one.</summary>
internal sealed record NeededPermission(string Permission);

/// <summary>How endpoints name their permission, and how it is held to the policy.</summary>
internal static class EndpointPermissions
{
    /// <summary>Says what the endpoint needs. Where on the map it may be used is for the handler: see <see cref="Reach"/>.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(permission).WithMetadata(new NeededPermission(permission));

    public static void Configure(AuthorizationOptions options)
    {
        foreach (var permission in (string[])[.. Permission.WithoutRole, .. Permission.All])
        {
            options.AddPolicy(permission, policy => policy.AddRequirements(new Requirement(permission)));
        }
    }

    /// <summary>One requirement for each permission.</summary>
    internal sealed record Requirement(string Permission) : IAuthorizationRequirement;

    /// <summary>Asks the caller's roles.</summary>
    internal sealed class Handler : AuthorizationHandler<Requirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
        {
            if (context.User.Caller().May(requirement.Permission))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
