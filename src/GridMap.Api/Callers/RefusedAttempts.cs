using GridMap.Api.Audit;
using GridMap.Api.Hosting;
using GridMap.Api.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace GridMap.Api.Callers;

/// <summary>Writes down what people who are known tried and may not do: refused by their roles, or beyond their grids.</summary>
internal sealed class RefusedAttempts(Database database)
{
    public async Task Note(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ProblemException e) when (e.Problem.Status == StatusCodes.Status403Forbidden || e.Problem.IsRefusal)
        {
            await WriteAsync(context, e.Problem.Code);
            throw;
        }

        if (context.Response.StatusCode == StatusCodes.Status403Forbidden && context.Features.Get<IExceptionHandlerFeature>() is null)
        {
            await WriteAsync(context, "forbidden");
        }
    }

    private async Task WriteAsync(HttpContext context, string code)
    {
        if (context.User.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller is not { Kind: not CallerKind.Public } caller)
        {
            return;
        }

        // The address and the pattern, not the query and not the body: these may hold what must not be kept.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        await using var connection = await database.OpenAsync(context.RequestAborted);
        await AuditLog.RefusedAsync(
            connection, caller, new AuditEntry($"{context.Request.Method} {route}", "address", context.Request.Path.Value ?? "", After: new { code }),
            context.RequestAborted);
    }
}
