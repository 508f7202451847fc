using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Core.Permissions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.People;

/// <summary>Every endpoint names its permission, and every role is let in and kept out as the policy says: asked over HTTP, one by one.</summary>
public sealed partial class PermissionTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Public = "public";

    private PeopleService People => (PeopleService)Service;

    private IEnumerable<RouteEndpoint> Endpoints =>
        Service.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_names_one_permission()
    {
        Assert.True(Endpoints.Count() > 80);
        Assert.All(Endpoints, endpoint =>
        {
            var needed = endpoint.Metadata.GetOrderedMetadata<NeededPermission>();
            Assert.True(needed.Count == 1, $"{endpoint.DisplayName} names {needed.Count} permissions");
            Assert.Contains(needed[0].Permission, Permission.WithoutRole.Concat(Permission.All));
        });
    }

    [Fact]
    public void The_policy_knows_every_role_and_every_permission()
    {
        Assert.Equal(Role.All.Order(), Policy.Table.Keys.Order());
        Assert.All(Policy.Table.Values.SelectMany(permissions => permissions), permission => Assert.Contains(permission, Permission.All));
        Assert.All(Permission.All, permission => Assert.Contains(Role.All, role => Policy.Allows(role, permission)));
        Assert.All(Policy.Appoints, pair => Assert.True(Policy.Allows(pair.Key, Permission.Appoint)));
    }

    [Fact]
    public async Task Every_role_at_every_endpoint()
    {
        var clients = new Dictionary<string, HttpClient> { [Public] = People.Bare };
        foreach (var role in Role.All)
        {
            clients[role] = (await People.SignInAsync($"matrix-{role}", (role, Role.TerritoryWide.Contains(role) ? null : "A"))).Client;
        }

        var matrix = new StringBuilder();
        matrix.AppendLine($"| endpoint | permission | {string.Join(" | ", clients.Keys)} |");
        matrix.AppendLine($"| --- | --- |{string.Concat(clients.Keys.Select(_ => " --- |"))}");
        var refusals = 0;
        foreach (var (method, endpoint) in Operations())
        {
            var permission = endpoint.Metadata.GetMetadata<NeededPermission>()!.Permission;
            var row = new List<string>();
            foreach (var (role, client) in clients)
            {
                var isLetIn = await IsLetInAsync(client, method, endpoint);
                Assert.True(isLetIn == Expected(role, permission), $"{role} {method} {endpoint.RoutePattern.RawText}: {(isLetIn ? "let in" : "kept out")}");
                refusals += isLetIn || role == Public ? 0 : 1;
                row.Add(isLetIn ? "yes" : "");
            }

            matrix.AppendLine($"| {method} {Plain(endpoint)} | {permission} | {string.Join(" | ", row)} |");
        }

        var written = await File.ReadAllTextAsync(Document());
        var made = Matrix().Replace(written, match => match.Groups["head"].Value + "\n" + matrix.ToString().ReplaceLineEndings("\n") + match.Groups["foot"].Value);
        if (written != made)
        {
            await File.WriteAllTextAsync(Document(), made);
        }

        await using var connection = await Service.Owner.OpenConnectionAsync();
        Assert.Equal(refusals, await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from audit where outcome = 'refused' and who like 'matrix-%' and after ->> 'code' = 'forbidden'"));
        Assert.True(written == made, "docs/permissions.md was not what the service does. It is made anew: look at it and commit it.");
    }

    private static bool Expected(string role, string permission) => permission switch
    {
        Permission.None => true,
        Permission.SeeMap or Permission.Report => true,
        Permission.Known or Permission.OwnAccount or Permission.OwnKeys => role != Public,
        _ => role != Public && Policy.Allows(role, permission),
    };

    // Signing out would end the rest; streams and fallbacks are the public's.
    private IEnumerable<(string Method, RouteEndpoint Endpoint)> Operations() =>
        from endpoint in Endpoints
        where !endpoint.RoutePattern.Parameters.Any(parameter => parameter.IsCatchAll) && endpoint.RoutePattern.RawText is not null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where Plain(endpoint) is not "/api/v1/session"
        orderby Plain(endpoint), method
        select (method, endpoint);

    private static async Task<bool> IsLetInAsync(HttpClient client, string method, RouteEndpoint endpoint)
    {
        var address = Parameter().Replace(Plain(endpoint), match => match.Groups["name"].Value == "z" ? "0" : "999999");
        using var request = new HttpRequestMessage(new HttpMethod(method), address.Replace("{documentName}", "v1", StringComparison.Ordinal));
        if (method is not "GET")
        {
            var takesForms = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.All(type => type == "multipart/form-data") == true;
            request.Content = takesForms ? new MultipartFormDataContent("x") : new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True((int)answer.StatusCode < 500, $"{request.RequestUri}: {answer.StatusCode}");
        if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return true;
        }

        var text = await answer.Content.ReadAsStringAsync();
        return !text.Contains("\"key_required\"", StringComparison.Ordinal) && !text.Contains("\"forbidden\"", StringComparison.Ordinal);
    }

    private static string Plain(RouteEndpoint endpoint) => Constraint().Replace(endpoint.RoutePattern.RawText!, "{$1}").TrimEnd('/');

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/permissions.md"));

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)(?::[a-z]+)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{([A-Za-z]+):[a-z]+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("(?<head><!-- made by PermissionTests -->\n).*(?<foot>\n<!-- end -->)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Matrix();
}
