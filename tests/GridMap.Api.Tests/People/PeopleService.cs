using System.Net;
using Dapper;
using GridMap.Api.Tests.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.People;

/// <summary>
/// A service over two towns, A and B, each of two communities of two villages, with a clock that the test sets, and people who
/// sign in. Codes: <c>A</c>, <c>A1</c>, <c>A11</c>.
/// </summary>
public class PeopleService : TestService
{
    private const int Village = 4;

    public PeopleService()
        : this([])
    {
    }

    protected PeopleService(Dictionary<string, string?> settings)
        : base(new Dictionary<string, string?>(settings) { ["GridMap:SignIn:AttemptsPerMinute"] = "100000" })
    {
    }

    /// <summary>Without a key and without a jar for cookies.</summary>
    public HttpClient Bare { get; private set; } = null!;

    /// <summary>The service's, set by the test; in the database it is always now.</summary>
    public TestClock Clock { get; } = new() { Now = DateTimeOffset.UtcNow };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Bare = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        await PublishAsync([.. Towns()]);
    }

    public override async Task DisposeAsync()
    {
        Bare.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The middle of a village, in the township's units.</summary>
    public static (double X, double Y) Middle(string village)
    {
        var (x, y) = Corner(village);
        return (x + Village / 2.0 + 0.25, y + Village / 2.0 + 0.25);
    }

    /// <summary>Makes a person with an account, and duties at once: role and grid's code, null for the whole territory.</summary>
    public async Task<SignedIn> SignInAsync(string name, params (string Role, string? Grid)[] duties)
    {
        var (person, account, password) = await MakeAsync(name, duties);
        var client = await EnterAsync(name, password);
        return new SignedIn(client, name, person, account, password);
    }

    /// <summary>Makes a person with an account whose password is their own already.</summary>
    public async Task<(long Person, long Account, string Password)> MakeAsync(string name, params (string Role, string? Grid)[] duties)
    {
        var made = (await Admin.PostJsonAsync("/api/v1/accounts", new { name, personName = name, phone = "138" + name })).AssertStatus(HttpStatusCode.Created).Json;
        var account = made.GetProperty("account");
        var person = account.GetProperty("personId").GetInt64();
        await using var connection = await Owner.OpenConnectionAsync();
        foreach (var (role, grid) in duties)
        {
            await connection.ExecuteAsync(
                """
                insert into duty (grid_id, person_id, role, from_at)
                values ((select grid_id from grid_code where code = @grid), @person, @role, @from)
                """,
                new { grid, person, role, from = Earlier(Clock.GetUtcNow(), DateTimeOffset.UtcNow).UtcDateTime.AddHours(-1) });
        }

        var first = made.GetProperty("password").GetString()!;
        using var client = await EnterAsync(name, first);
        var password = $"a good one for {name}";
        (await client.PostJsonAsync("/api/v1/me/password", new { current = first, @new = password })).AssertStatus(HttpStatusCode.NoContent);
        (await client.AskAsync(HttpMethod.Delete, "/api/v1/session", null)).AssertStatus(HttpStatusCode.NoContent);
        return (person, account.GetProperty("id").GetInt64(), password);
    }

    /// <summary>A browser that has signed in.</summary>
    public async Task<HttpClient> EnterAsync(string name, string password)
    {
        var client = Browser();
        (await client.PostJsonAsync("/api/v1/session", new { name, password })).AssertStatus(HttpStatusCode.NoContent);
        return client;
    }

    /// <summary>A browser with a jar for cookies, on a page of the service.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
        client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>Entries of the audit about an action, newest last, as the database has them.</summary>
    public async Task<List<(string Who, string Action, string Subject, string Outcome, string? Before, string? After)>> AuditAsync(string action)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        return [.. await connection.QueryAsync<(string, string, string, string, string?, string?)>(
            "select who, action, subject_id, outcome, before::text, after::text from audit where action = @action order by id", new { action })];
    }

    public async Task<long> GridIdAsync(string code)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>("select grid_id from grid_code where code = @code", new { code });
    }

    // A term that runs by the test's clock runs by the database's too, whatever hour it is.
    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);

    /// <summary>Town A at the left, B at the right of it; each two by two villages.</summary>
    public static IEnumerable<TestGrid> Towns()
    {
        foreach (var town in (string[])["A", "B"])
        {
            yield return new TestGrid(town, 1, null, Square(Corner($"{town}11"), 2 * Village, 2 * Village));
            foreach (var community in (string[])["1", "2"])
            {
                yield return new TestGrid($"{town}{community}", 2, town, Square(Corner($"{town}{community}1"), 2 * Village, Village));
                foreach (var village in (string[])["1", "2"])
                {
                    yield return new TestGrid(
                        $"{town}{community}{village}", 3, $"{town}{community}", Square(Corner($"{town}{community}{village}"), Village, Village));
                }
            }
        }
    }

    private static (double X, double Y) Corner(string village) =>
        ((village[0] == 'A' ? 0 : 2 * Village) + (village[2] == '1' ? 0 : Village), village[1] == '1' ? 0 : Village);

    private static string Square((double X, double Y) at, double width, double height)
    {
        // Every corner of every village, so that borders match vertex for vertex.
        var points = new List<string>();
        for (var x = at.X; x < at.X + width; x += Village) points.Add($"{x} {at.Y}");
        for (var y = at.Y; y < at.Y + height; y += Village) points.Add($"{at.X + width} {y}");
        for (var x = at.X + width; x > at.X; x -= Village) points.Add($"{x} {at.Y + height}");
        for (var y = at.Y + height; y > at.Y; y -= Village) points.Add($"{at.X} {y}");
        return $"POLYGON (({string.Join(", ", points)}, {points[0]}))";
    }
}

/// <summary>Somebody who is signed in.</summary>
public sealed record SignedIn(HttpClient Client, string Name, long Person, long Account, string Password);

/// <summary>The same with the map closed.</summary>
public sealed class ClosedService() : PeopleService(new Dictionary<string, string?> { ["GridMap:PublicMap"] = "false" });
