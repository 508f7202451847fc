using System.Net;
using System.Net.Http.Json;

namespace GridMap.Api.Tests.People;

/// <summary>Whom one may appoint and change: people within one's reach, and nobody by trying numbers.</summary>
public sealed class KnownPeopleTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    private const string Duties = "/api/v1/duties";

    private PeopleService People => (PeopleService)Service;

    [Fact]
    public async Task A_number_of_somebody_elsewhere_is_nobody()
    {
        var leader = await People.SignInAsync("reaches", ("grid_leader", "A1"));
        var mayor = (await People.MakeAsync("mayor", ("grid_leader", "B"))).Person;
        var body = new { role = "volunteer", grid = "A11", personId = mayor };
        (await leader.Client.PostJsonAsync(Duties, body)).AssertProblem(HttpStatusCode.BadRequest, "bad_person", "personId");
        var correction = new { role = "volunteer", grid = "A11", personId = mayor, from = People.Clock.GetUtcNow().AddDays(-9), reason = "late" };
        (await leader.Client.PostJsonAsync($"{Duties}/corrections", correction)).AssertProblem(HttpStatusCode.BadRequest, "bad_person", "personId");
        (await leader.Client.GetAnswerAsync($"/api/v1/people/{mayor}")).AssertProblem(HttpStatusCode.NotFound, "unknown_person");
    }

    [Fact]
    public async Task Who_has_a_term_elsewhere_too_is_not_renamed_from_here()
    {
        var leader = await People.SignInAsync("renames", ("grid_leader", "A1"));
        var both = (await People.MakeAsync("both", ("grid_worker", "A11"), ("grid_worker", "B11"))).Person;
        var own = (await People.MakeAsync("own", ("grid_worker", "A11"))).Person;
        (await leader.Client.AskAsync(HttpMethod.Patch, $"/api/v1/people/{both}", JsonContent.Create(new { name = "renamed" }))).AssertProblem(HttpStatusCode.Forbidden, "out_of_reach");
        (await leader.Client.AskAsync(HttpMethod.Patch, $"/api/v1/people/{own}", JsonContent.Create(new { phone = "13900000001" }))).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Somebody_from_elsewhere_is_appointed_by_name_and_telephone_and_is_one_person()
    {
        var leader = await People.SignInAsync("names", ("grid_leader", "A1"));
        var elsewhere = (await People.MakeAsync("elsewhere", ("grid_worker", "B11"))).Person;
        var made = (await leader.Client.PostJsonAsync(Duties, new { role = "grid_worker", grid = "A12", personName = "elsewhere", phone = "138elsewhere" }))
            .AssertStatus(HttpStatusCode.Created).Json;
        Assert.Equal(elsewhere, made.GetProperty("person").GetProperty("id").GetInt64());
        var twice = new { role = "grid_worker", grid = "A11", personName = "twin", phone = "13800000001" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => leader.Client.PostJsonAsync(Duties, twice)));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.AssertProblem(HttpStatusCode.Conflict, "already_held"));
    }

    [Fact]
    public async Task Who_wrote_somebody_down_sees_them_and_mends_a_slip()
    {
        var leader = await People.SignInAsync("writes", ("grid_leader", "A1"));
        var other = await People.SignInAsync("other", ("grid_leader", "A1"));
        var id = (await leader.Client.PostJsonAsync("/api/v1/people", new { name = "slip", phone = "1" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();
        (await leader.Client.AskAsync(HttpMethod.Patch, $"/api/v1/people/{id}", JsonContent.Create(new { phone = "13800000002" }))).AssertStatus(HttpStatusCode.OK);
        (await other.Client.GetAnswerAsync($"/api/v1/people/{id}")).AssertProblem(HttpStatusCode.NotFound, "unknown_person");
        (await leader.Client.PostJsonAsync("/api/v1/people", new { name = "a\u202eb" })).AssertProblem(HttpStatusCode.BadRequest, "bad_text", "name");
        (await leader.Client.PostJsonAsync("/api/v1/people", new { name = "x", phone = "<b>" })).AssertProblem(HttpStatusCode.BadRequest, "bad_phone", "phone");
    }

    [Fact]
    public async Task Guessing_the_present_password_is_counted_and_audited()
    {
        var somebody = await People.SignInAsync("guessed");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            statuses.Add((await somebody.Client.PostJsonAsync("/api/v1/me/password", new { current = $"wrong {i}", @new = "another good one" })).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        var told = await People.AuditAsync("account.change-password");
        Assert.Equal(statuses.Count(status => status == HttpStatusCode.BadRequest), told.Count(entry => entry is { Who: "guessed", Outcome: "refused" }));
    }

    [Fact]
    public async Task A_word_where_a_number_belongs_is_nothing()
    {
        foreach (var path in (string[])["/api/v1/people/abc", "/api/v1/people/99999999999999999999", "/api/v1/plans/None"])
        {
            (await Service.Admin.GetAnswerAsync(path)).AssertProblem(HttpStatusCode.NotFound, "unknown_route");
        }
    }

    [Fact]
    public async Task A_correction_does_not_reach_beyond_now()
    {
        var person = (await People.MakeAsync("corrected", ("grid_worker", "A11"))).Person;
        var body = new { role = "grid_worker", grid = "A12", personId = person, from = People.Clock.GetUtcNow().AddDays(-9), to = People.Clock.GetUtcNow().AddYears(9), reason = "late" };
        (await Service.Admin.PostJsonAsync($"{Duties}/corrections", body)).AssertProblem(HttpStatusCode.BadRequest, "bad_to", "to");
    }
}
