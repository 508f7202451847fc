using GridMap.Api.Callers;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace GridMap.Api.Hosting;

/// <summary>What is under the service's own prefixes and is nothing: 405 where another method would do, 415 where another body, else 404.</summary>
internal static class UnknownRoutes
{
    private static readonly string[] Prefixes = ["api", "tiles", "basemaps", "ogc", "open311", "openapi"];

    public static void MapUnknownRoutes(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in Prefixes)
        {
            routes.MapFallback($"/{prefix}/{{**rest}}", Answer).Needs(Permission.None);
        }
    }

    private static IResult Answer(HttpContext context, EndpointDataSource endpoints, ParameterPolicyFactory policies)
    {
        var path = context.Request.Path;
        var there = endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => Matches(context, endpoint, policies)).ToList();
        var methods = there.SelectMany(Methods).Distinct().Order().ToArray();
        if (methods is [])
        {
            return Problem.NotFound("unknown_route", $"There is nothing at {path}. /openapi/v1.json lists what there is.").ToResult();
        }

        if (methods.Contains(context.Request.Method))
        {
            var types = there.SelectMany(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []).Distinct();
            return new Problem(
                StatusCodes.Status415UnsupportedMediaType, "bad_content_type", $"{path} takes {string.Join(" or ", types)}.").ToResult();
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return new Problem(
            StatusCodes.Status405MethodNotAllowed, "method_not_allowed", $"{path} takes {string.Join(", ", methods)}, not {context.Request.Method}.")
            .ToResult();
    }

    private static IReadOnlyList<string> Methods(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    // With the constraints: a word where a number belongs is no such thing, not another method's.
    private static bool Matches(HttpContext context, RouteEndpoint endpoint, ParameterPolicyFactory policies)
    {
        var pattern = endpoint.RoutePattern;
        var values = new RouteValueDictionary();
        return Methods(endpoint).Count > 0
            && !pattern.Parameters.Any(parameter => parameter.IsCatchAll)
            && new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(context.Request.Path, values)
            && pattern.Parameters.All(parameter => parameter.ParameterPolicies.All(policy => Holds(context, policies, parameter, policy, values)));
    }

    private static bool Holds(
        HttpContext context, ParameterPolicyFactory policies, RoutePatternParameterPart parameter, RoutePatternParameterPolicyReference policy,
        RouteValueDictionary values) =>
        policies.Create(parameter, policy) is not IRouteConstraint constraint
        || constraint.Match(context, null, parameter.Name, values, RouteDirection.IncomingRequest);
}
