using System.Net;
using System.Net.Http.Json;
using Dapper;
using GridMap.Api.Hosting;
using GridMap.Api.Resources;

namespace GridMap.Api.Tests.Campaigns;

/// <summary>Resources by zone: planned by version, used by entries, rolled up against SQL.</summary>
public sealed class ResourceTests(CampaignService service) : ServiceTest(service), IClassFixture<CampaignService>
{
    private const string OracleSql =
        """
        with recursive chain as (
            select g.grid_id as leaf, g.grid_id, g.parent_id, g.level, g.code from grid_version g where g.to_generation is null
            union all
            select c.leaf, g.grid_id, g.parent_id, g.level, g.code from chain c join grid_version g on g.grid_id = c.parent_id and g.to_generation is null)
        select c.code, e.resource, sum(e.planned), sum(e.used)
        from (
            select grid_id, resource, quantity as planned, 0 as used from resource_plan where campaign_id = @id
            union all select grid_id, resource, 0, quantity from resource_use where campaign_id = @id) e
        join chain c on c.leaf = e.grid_id and c.level = @level
        group by c.code, e.resource
        """;

    private static readonly string[] Kinds = ["cleaners", "volunteers", "vehicles", "money"];

    private CampaignService Fixture => (CampaignService)Service;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_level_equals_the_sum_of_the_tables(int seed)
    {
        var random = new Random(seed);
        var id = (await Fixture.CreateAsync()).Id;
        string[] places = ["A", "A1", .. from town in "AB" from community in "123" from zone in "1234" select $"{town}{community}{zone}"];
        await PutAsync(id, [.. from place in places from kind in Kinds where random.Next(3) > 0 select new ResourcePlanEntry(place, kind, random.Next(100_000) / 1000m, 0)]);
        var made = new List<(long Id, string Grid, string Kind, decimal Left)>();
        for (var i = 0; i < 60; i++)
        {
            var (place, kind, quantity) = (places[random.Next(places.Length)], Kinds[random.Next(4)], random.Next(50_000) / 1000m);
            made.Add((await UseAsync(id, place, kind, quantity), place, kind, quantity));
        }

        foreach (var (use, grid, kind, left) in made.Where((_, i) => i % 7 == 0))
            await UseAsync(id, grid, kind, -decimal.Round(left / 3, 3), use);

        await using var connection = await Service.Owner.OpenConnectionAsync();
        for (var level = 1; level <= 3; level++)
        {
            var table = await TableAsync(id, level);
            var oracle = (await connection.QueryAsync<(string Code, string Kind, decimal Planned, decimal Used)>(OracleSql, new { id, level }))
                .ToDictionary(row => (row.Code, row.Kind), row => (row.Planned, row.Used));
            foreach (var row in table.Rows)
                Assert.All(row.Quantities, quantity => Assert.Equal(oracle.GetValueOrDefault((row.Grid!, quantity.Resource)), (quantity.Planned, quantity.Used)));
            Assert.All(oracle.Keys, key => Assert.Contains(table.Rows, row => row.Grid == key.Code));
            for (var i = 0; i < Kinds.Length; i++)
            {
                var rows = table.NotDivided is { } rest ? [.. table.Rows, rest] : table.Rows;
                Assert.Equal(
                    (rows.Sum(row => row.Quantities[i].Planned), rows.Sum(row => row.Quantities[i].Used)), (table.Total.Quantities[i].Planned, table.Total.Quantities[i].Used));
            }
        }
    }

    [Fact]
    public async Task Per_household_is_by_the_households_of_what_is_inside()
    {
        var id = (await Fixture.CreateAsync()).Id;
        await using (var connection = await Service.Superuser.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                update grid_version set attributes = attributes || jsonb_build_object('households', case code when 'A11a' then 40 when 'A12' then 60 else 7 end) where code in ('A11a', 'A12', 'A11')
                """);
        }

        await UseAsync(id, "A11", "money", 1000);
        await UseAsync(id, "A12", "money", 500);
        // A11 is divided, and has what its parts have.
        var zones = await TableAsync(id, 3);
        Assert.Equal((40, 25m), Of(zones, "A11"));
        Assert.Equal((60, 8.3333m), Of(zones, "A12"));
        Assert.Equal((null, null), Of(zones, "A13"));
        Assert.Equal((100, 15m), Of(await TableAsync(id, 1), "A"));

        static (int?, decimal?) Of(ResourceTable table, string code) =>
            table.Rows.Where(row => row.Grid == code).Select(row => (row.Households, row.Quantities[3].UsedPerHousehold)).Single();
    }

    [Fact]
    public async Task What_is_planned_is_changed_by_version_all_or_none()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var address = $"/api/v1/campaigns/{id}/resources";
        await PutAsync(id, new("A11", "cleaners", 4, 0), new("A12", "cleaners", 5, 0));
        await PutAsync(id, new ResourcePlanEntry("A11", "cleaners", 6, 1));
        await Fixture.RefusedAsync(HttpMethod.Put, address, new ResourcePlanEntry[] { new("A12", "cleaners", 9, 1), new("A11", "cleaners", 9, 1) }, HttpStatusCode.Conflict, "changed_meanwhile");
        var answers = await Task.WhenAll(Enumerable.Range(10, 6).Select(n => Service.Admin.PutAsJsonAsync(address, new[] { new ResourcePlanEntry("A11", "cleaners", n, 2) })));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var row = (await TableAsync(id, 3)).Rows.Single(one => one.Grid == "A12");
        Assert.Equal((5m, 5m, 1), (row.Quantities[0].Planned, row.Quantities[0].Own, row.Quantities[0].Version));
    }

    [Theory]
    [InlineData("Z9", "cleaners", 1, "bad_grid", "[0].grid")]
    [InlineData("A11", "rockets", 1, "bad_resource", "[0].resource")]
    [InlineData("A11", "cleaners", -1, "bad_quantity", "[0].planned")]
    [InlineData("A11", "cleaners", 0.0001, "bad_quantity", "[0].planned")]
    public async Task A_wrong_plan_is_refused_by_its_field(string grid, string kind, double planned, string code, string field)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await Fixture.RefusedAsync(HttpMethod.Put, $"/api/v1/campaigns/{id}/resources", new[] { new ResourcePlanEntry(grid, kind, (decimal)planned, 0) }, HttpStatusCode.BadRequest, code, field);
    }

    [Fact]
    public async Task A_correction_names_its_entry_and_takes_no_more_away_and_a_sending_counts_once()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var address = $"/api/v1/campaigns/{id}/resources/uses";
        var first = await UseAsync(id, "A11", "money", 100);
        await Fixture.RefusedAsync(HttpMethod.Post, address, Use("A11", "money", -1), HttpStatusCode.BadRequest, "bad_quantity", "quantity");
        await Fixture.RefusedAsync(HttpMethod.Post, address, Use("A12", "money", -1, first), HttpStatusCode.BadRequest, "bad_corrects", "corrects");
        await Fixture.RefusedAsync(HttpMethod.Post, address, Use("A11", "money", -100.5m, first), HttpStatusCode.BadRequest, "bad_quantity", "quantity");
        var correction = await UseAsync(id, "A11", "money", -60, first);
        await Fixture.RefusedAsync(HttpMethod.Post, address, Use("A11", "money", -1, correction), HttpStatusCode.BadRequest, "bad_corrects", "corrects");
        await Fixture.RefusedAsync(HttpMethod.Post, address, Use("A11", "money", -41, first), HttpStatusCode.BadRequest, "bad_quantity", "quantity");
        await Fixture.RefusedAsync(HttpMethod.Post, address, Use("A11", "money", 1) with { Day = new(2026, 11, 22) }, HttpStatusCode.BadRequest, "bad_day", "day");

        var key = Guid.NewGuid().ToString();
        var receipts = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(Use("A11", "money", 2)), Headers = { { "Idempotency-Key", key } } };
            using var answer = await Service.Admin.SendAsync(request);
            receipts.Add((await answer.Content.ReadFromJsonAsync<ResourceUseReceipt>())!.Id);
        }

        Assert.Single(receipts.Distinct());
        Assert.Equal(42, (await TableAsync(id, 1)).Total.Quantities[3].Used);
        var entries = (await Service.Admin.GetFromJsonAsync<Page<ResourceUseItem>>($"{address}?grid=A1&limit=2"))!;
        Assert.Equal([(receipts[0], 2m, null), (correction, -60m, (long?)first)], entries.Items.Select(entry => (entry.Id, entry.Quantity, entry.Corrects)));
        Assert.Equal((first, "A11", "陈片长"), (await Service.Admin.GetFromJsonAsync<Page<ResourceUseItem>>($"{address}?grid=A1&limit=2&cursor={entries.Next}"))!.Items.Select(entry => (entry.Id, entry.Grid, entry.By)).Single());
        Assert.Empty((await Service.Admin.GetFromJsonAsync<Page<ResourceUseItem>>($"{address}?grid=B"))!.Items);
    }

    [Fact]
    public async Task Kinds_are_the_offices_own_and_one_that_has_entries_stays()
    {
        var id = (await Fixture.CreateAsync()).Id;
        var address = $"/api/v1/campaigns/{id}/resources/kinds";
        await UseAsync(id, "A11", "money", 100);
        await Fixture.RefusedAsync(HttpMethod.Put, address, new ResourceKind[] { new("bins", "垃圾桶", "Bins", "个") }, HttpStatusCode.Conflict, "resource_in_use");
        using var answer = await Service.Admin.PutAsJsonAsync(address, new ResourceKind[] { new("bins", "垃圾桶", "Bins", "个"), new("money", "资金", "Money", "万元") });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([("bins", "个"), ("money", "万元")], (await TableAsync(id, 1)).Kinds.Select(kind => (kind.Code!, kind.Unit!)));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task The_table_leaves_as_a_sheet(string format)
    {
        var id = (await Fixture.CreateAsync()).Id;
        await UseAsync(id, "A11", "money", 12.5m);
        using var answer = await Service.Admin.GetAsync(new Uri($"/api/v1/campaigns/{id}/resources?level=3&format={format}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (format == "csv")
            Assert.Contains("\nA11,A11,A1,", (await answer.Content.ReadAsStringAsync()).Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static NewResourceUse Use(string grid, string kind, decimal quantity, long? corrects = null) => new(grid, new(2026, 11, 20), kind, quantity, "陈片长", null, corrects);

    private async Task PutAsync(long id, params ResourcePlanEntry[] entries)
    {
        using var answer = await Service.Admin.PutAsJsonAsync($"/api/v1/campaigns/{id}/resources", entries);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private async Task<long> UseAsync(long id, string grid, string kind, decimal quantity, long? corrects = null)
    {
        using var answer = await Service.Admin.PostAsJsonAsync($"/api/v1/campaigns/{id}/resources/uses", Use(grid, kind, quantity, corrects));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ResourceUseReceipt>())!.Id;
    }

    private async Task<ResourceTable> TableAsync(long id, int level) => (await Service.Admin.GetFromJsonAsync<ResourceTable>($"/api/v1/campaigns/{id}/resources?level={level}"))!;
}
