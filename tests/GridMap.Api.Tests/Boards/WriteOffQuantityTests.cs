using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Api.Tests.Issues;
using GridMap.Api.Tests.People;

namespace GridMap.Api.Tests.Boards;

/// <summary>The statistics of category by grid by time with their units, against an independent question to PostGIS.</summary>
public sealed class WriteOffQuantityTests(PeopleService service) : ServiceTest(service), IClassFixture<PeopleService>
{
    // Each unit by itself, straight from the rows.
    private const string QuantityOracleSql =
        """
        select c.unit, sum(case when i.quantity is not null then i.quantity when c.measured then 0 else 1 end),
               coalesce(sum(case when i.quantity is not null then i.quantity when c.measured then 0 else 1 end) filter (where i.state = 'writtenOff'), 0),
               count(*) filter (where c.measured and i.quantity is null)
        from issue i join category c on c.code = i.category
        where i.category in ('wall', 'wire', 'heap') group by c.unit order by c.unit collate "C"
        """;

    [Fact]
    public async Task Quantities_add_up_by_unit_over_category_place_and_time()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into category (code, name, unit, measured) values ('measured', '量', '处', false) on conflict do nothing;
            insert into category (code, parent, name, unit, measured) values ('wall', 'measured', '墙', '平方米', true), ('wire', 'measured', '线', '公里', true), ('heap', 'measured', '堆', '处', false) on conflict do nothing
            """);
        var random = new Random(11);
        for (var i = 0; i < 30; i++)
        {
            var (x, y) = PeopleService.Middle(((string[])["A11", "A22", "B11", "B22"])[random.Next(4)]);
            var number = await Client.ReportNumberAsync(x, y, ((string[])["wall", "wire", "heap"])[i % 3]);
            if (random.Next(4) == 0)
                continue;
            (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/rectify", new { by = "a", onSpot = true, quantity = random.Next(3) == 0 ? null : (decimal?)(random.Next(1, 9000) / 1000m) })).AssertStatus(HttpStatusCode.OK);
            if (random.Next(2) == 0)
                (await Service.Admin.PostJsonAsync($"/api/v1/issues/{number}/verify", new { by = "b", result = "pass", exception = "x" })).AssertStatus(HttpStatusCode.OK);
        }

        await connection.ExecuteAsync("update issue set reported_at = reported_at - make_interval(days => (id % 70)::int) where category in ('wall', 'wire', 'heap')");
        (await Service.Admin.PostJsonAsync($"/api/v1/issues/{await Client.ReportNumberAsync(-30, -30, "wall")}/rectify", new { by = "a", onSpot = true, quantity = 1.2345 })).AssertProblem(HttpStatusCode.BadRequest, "bad_quantity", "quantity");
        var expected = (await connection.QueryAsync<(string, decimal, decimal, int)>(QuantityOracleSql)).ToList();
        Assert.Equal(3, expected.Count);
        var from = DateTime.UtcNow.AddDays(-100).ToString("yyyy-MM-dd");
        foreach (var how in (string[])["level=1", "level=3&byCategory=true", "level=2&byCategory=true&period=month", "level=3&byCategory=true&categoryLevel=1&period=week", "level=1&period=day"])
        {
            var board = await BoardAsync($"from={from}&category=measured&{how}");
            Assert.Equal(expected, Quantities(board.GetProperty("quantities")));
            var lines = board.GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(expected, lines.SelectMany(line => Quantities(line.GetProperty("quantities"))).GroupBy(line => line.Item1)
                .Select(unit => (unit.Key, unit.Sum(line => line.Item2), unit.Sum(line => line.Item3), unit.Sum(line => line.Item4))).OrderBy(line => line.Key, StringComparer.Ordinal));
            Assert.Equal(board.GetProperty("total").GetProperty("reported").GetInt32(), lines.Sum(line => line.GetProperty("figures").GetProperty("reported").GetInt32()));
            Assert.Equal(lines.Count, lines.Select(line => (line.GetProperty("grid").ToString(), line.GetProperty("category").ToString(), line.GetProperty("period").ToString())).Distinct().Count());
        }

        // One grid with all inside it, against the place itself.
        var inside = await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from issue i join grid_version v on st_covers(v.geom, i.point) where v.code = 'A2' and v.to_generation is null and i.category in ('wall', 'wire', 'heap')");
        Assert.Equal(inside, (await BoardAsync($"from={from}&category=measured&grid=A2&level=3")).GetProperty("total").GetProperty("reported").GetInt32());
        var csv = (await Client.GetAnswerAsync($"/api/v1/boards/write-offs?from={from}&category=measured&byCategory=true&period=month&format=csv")).AssertStatus(HttpStatusCode.OK).Text;
        Assert.Contains("类别,时间,上报", csv, StringComparison.Ordinal);
        Assert.Contains("数量（公里）,销号（公里）,未计量（公里）", csv, StringComparison.Ordinal);
        Assert.EndsWith(string.Join(',', expected.Select(unit => FormattableString.Invariant($"{unit.Item2},{unit.Item3},{unit.Item4}"))), csv.Trim(), StringComparison.Ordinal);
        foreach (var (query, code, field) in ((string, string, string)[])[("period=hour", "bad_period_word", "period"), ("categoryLevel=3", "bad_category_level", "categoryLevel")])
            (await Client.GetAnswerAsync($"/api/v1/boards/write-offs?{query}")).AssertProblem(HttpStatusCode.BadRequest, code, field);
    }

    private static IEnumerable<(string, decimal, decimal, int)> Quantities(JsonElement items) => items.EnumerateArray().Select(item => (
        item.GetProperty("unit").GetString()!, item.GetProperty("reported").GetDecimal(), item.GetProperty("writtenOff").GetDecimal(), item.GetProperty("unmeasured").GetInt32()));

    private async Task<JsonElement> BoardAsync(string query) => (await Client.GetAnswerAsync($"/api/v1/boards/write-offs?{query}")).AssertStatus(HttpStatusCode.OK).Json;
}
