using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Demonstration;
using GridMap.Core.Permissions;
using Microsoft.Extensions.DependencyInjection;

namespace GridMap.Api.Tests.People;

/// <summary>A service that shows the invented township.</summary>
public sealed class DemonstrationService() : TestService(new Dictionary<string, string?> { ["GridMap:SignIn:AttemptsPerMinute"] = "1000" })
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var connection = await Owner.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from category where parent is not null; delete from category");
        await Services.GetRequiredService<DemonstrationLoader>().RunAsync(CancellationToken.None);
    }
}

/// <summary>The accounts of the demonstration: there, one for each role, and nowhere else.</summary>
public sealed class DemonstrationTests(DemonstrationService service) : ServiceTest(service), IClassFixture<DemonstrationService>
{
    [Fact]
    public async Task There_is_one_account_for_each_role_and_it_signs_in()
    {
        var accounts = (await Client.GetAnswerAsync("/api/v1/settings")).Json.GetProperty("demoAccounts").EnumerateArray().ToList();
        Assert.Equal(Role.All.Order(), accounts.Select(account => account.GetProperty("role").GetString()!).Order());
        foreach (var account in accounts)
        {
            using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Service.Address };
            (await client.PostJsonAsync("/api/v1/session", new { name = Text(account, "name"), password = Text(account, "password") })).AssertStatus(HttpStatusCode.NoContent);
            var me = (await client.GetAnswerAsync("/api/v1/me")).AssertStatus(HttpStatusCode.OK).Json;
            Assert.False(me.GetProperty("mustChange").GetBoolean());
            var role = me.GetProperty("roles").EnumerateArray().First(one => Text(one, "role") == Text(account, "role"));
            Assert.Equal(Text(account, "grid"), role.GetProperty("grid").ValueKind == JsonValueKind.Null ? null : Text(role.GetProperty("grid"), "code"));
        }

        // The planner is one community's.
        var planner = accounts.Single(account => Text(account, "role") == "planner");
        Assert.Equal(2, (await Client.GetAnswerAsync($"/api/v1/grids/{Text(planner, "grid")}")).Json.GetProperty("level").GetInt32());
    }

    [Fact]
    public async Task Resources_and_this_weeks_days_are_a_picture_from_the_first_start()
    {
        var id = (await Client.GetAnswerAsync("/api/v1/campaigns")).Json.GetProperty("items")[0].GetProperty("id").GetInt64();
        var table = (await Service.Admin.GetAnswerAsync($"/api/v1/campaigns/{id}/resources")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(173, table.GetProperty("rows").GetArrayLength());
        foreach (var quantity in table.GetProperty("total").GetProperty("quantities").EnumerateArray())
        {
            var (planned, used) = (quantity.GetProperty("planned").GetDecimal(), quantity.GetProperty("used").GetDecimal());
            Assert.True(used > planned / 2 && used < planned * 1.1m, $"{quantity.GetProperty("resource").GetString()}: {used} of {planned}");
        }

        // The worker who has an account sees to something today, and some zones have gone over their money.
        var worker = (await Client.GetAnswerAsync("/api/v1/settings")).Json.GetProperty("demoAccounts").EnumerateArray().Single(account => Text(account, "role") == "grid_worker");
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Service.Address };
        (await client.PostJsonAsync("/api/v1/session", new { name = Text(worker, "name"), password = Text(worker, "password") })).AssertStatus(HttpStatusCode.NoContent);
        var own = (await client.GetAnswerAsync($"/api/v1/campaigns/{id}/worklog/mine")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("zones").EnumerateArray().First(zone => Text(zone, "code") == Text(worker, "grid"));
        Assert.Contains(own.GetProperty("arranged").EnumerateArray(), one => one.GetProperty("mine").GetBoolean());
        Assert.Contains(
            table.GetProperty("rows").EnumerateArray(),
            row => row.GetProperty("quantities").EnumerateArray().Any(quantity => quantity.GetProperty("used").GetDecimal() > quantity.GetProperty("planned").GetDecimal()));
        Assert.NotEmpty((await Client.GetAnswerAsync($"/api/v1/campaigns/{id}/recurring")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(2, (await Client.GetAnswerAsync($"/api/v1/campaigns/{id}/focuses")).Json.GetProperty("items").GetArrayLength());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
