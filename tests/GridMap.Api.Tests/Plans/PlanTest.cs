using System.Net;
using System.Text.Json;
using Dapper;

namespace GridMap.Api.Tests.Plans;

/// <summary>A test that works on plans of <see cref="TestTownship.First"/>, in its units.</summary>
public abstract class PlanTest(TestService service) : ServiceTest(service)
{
    protected HttpClient Admin => Service.Admin;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Service.PublishAsync(TestTownship.First);
    }

    protected static object Split(string grid, params (double X, double Y)[] line) => new { kind = "split", grid, geometry = Line(line) };

    protected static object Line(params (double X, double Y)[] line) => new { type = "LineString", coordinates = line.Select(point => At(point.X, point.Y)) };

    protected static object Polygon(params (double X, double Y)[] ring) =>
        new { type = "Polygon", coordinates = new[] { ring.Append(ring[0]).Select(point => At(point.X, point.Y)) } };

    protected static double[] At(double x, double y)
    {
        var (lon, lat) = TestTownship.Point(x, y);
        return [lon, lat];
    }

    protected static List<string> Changes(JsonElement report) => [.. report.GetProperty("changes").EnumerateArray()
        .Select(change => $"{change.GetProperty("code").GetString()} {change.GetProperty("change").GetString()}").Order(StringComparer.Ordinal)];

    protected async Task<long> StartAsync() =>
        (await Admin.PostJsonAsync("/api/v1/plans", new { name = "draft" })).AssertStatus(HttpStatusCode.Created).Json.GetProperty("id").GetInt64();

    private protected Task<Answer> EditAsync(long plan, int version, object edit, bool dryRun = false) =>
        Admin.PostJsonAsync($"/api/v1/plans/{plan}/edits{(dryRun ? "?dryRun=true" : "")}", edit, ("If-Match", $"\"{version}\""));

    private protected Task<Answer> StepAsync(long plan, int version, string way) =>
        Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/{way}", null, ("If-Match", $"\"{version}\""));

    /// <summary>Publishes the plan as it is.</summary>
    /// <returns>The generation's number.</returns>
    protected async Task<int> PublishAsync(long plan, string query = "")
    {
        var version = (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}")).Json.GetProperty("plan").GetProperty("version").GetInt32();
        return (await Admin.AskAsync(HttpMethod.Post, $"/api/v1/plans/{plan}/publish{query}", null, ("If-Match", $"\"{version}\"")))
            .AssertStatus(HttpStatusCode.OK).Json.GetProperty("generation").GetInt32();
    }

    protected async Task<List<JsonElement>> GridsAsync(long plan, string query) =>
        [.. (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/grids?limit=1000{query}")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()];

    protected async Task<List<JsonElement>> DefectsAsync(long plan) =>
        [.. (await Admin.GetAnswerAsync($"/api/v1/plans/{plan}/defects?limit=1000")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()];

    protected async Task<long> CountAsync(string from, long plan)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {from}", new { plan });
    }

    /// <summary>All that a plan's state consists of, from PostGIS.</summary>
    protected async Task<string> BytesAsync(long plan)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var rows = await connection.QueryAsync<string>(
            """
            select concat_ws(' ', grid_id, code, name, level, kind, parent_id, attributes::text, encode(st_asewkb(geom), 'hex'))
            from (
                select grid_id, code, name, level, kind, parent_id, attributes, geom from plan_grid where plan_id = @plan and not removed
                union all
                select v.grid_id, v.code, v.name, v.level, v.kind, v.parent_id, v.attributes, v.geom
                from grid_version v join plan on plan.id = @plan
                where v.from_generation <= plan.base_generation and (v.to_generation is null or v.to_generation > plan.base_generation)
                  and not exists (select from plan_grid p where p.plan_id = @plan and p.grid_id = v.grid_id)) s
            order by grid_id
            """,
            new { plan });
        return string.Join('\n', rows);
    }
}
