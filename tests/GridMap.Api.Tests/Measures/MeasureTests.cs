using System.Net;
using Dapper;

namespace GridMap.Api.Tests.Measures;

/// <summary>Lengths and areas as PostGIS has them on the ellipsoid.</summary>
public sealed class MeasureTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const string Path = "/api/v1/measures";

    [Theory]
    [InlineData("""{"type":"LineString","coordinates":[[113.1,23.0],[113.104,23.003],[113.1002,23.0051]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[113.1,23.0],[113.12,23.0],[113.12,23.02],[113.1,23.02],[113.1,23.0]],[[113.105,23.005],[113.11,23.005],[113.11,23.01],[113.105,23.005]]]}""")]
    public async Task A_measure_is_that_of_postgis_to_a_thousandth(string geometry)
    {
        var answer = (await Service.Client.PostTextAsync(Path, $$"""{"geometry":{{geometry}}}""", "application/json")).AssertStatus(HttpStatusCode.OK).Json;
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var (length, area) = await connection.QuerySingleAsync<(double, double)>(
            """
            with g as (select st_setsrid(st_geomfromgeojson(@geometry), 4326) as geom)
            select case when st_dimension(geom) = 2 then st_perimeter(geom::geography) else st_length(geom::geography) end,
                   st_area((case when st_dimension(geom) = 2 then geom else st_makepolygon(st_addpoint(geom, st_startpoint(geom))) end)::geography)
            from g
            """,
            new { geometry });
        Assert.Equal(length, answer.GetProperty("metres").GetDouble(), length / 1000);
        Assert.Equal(area, answer.GetProperty("squareMetres").GetDouble(), area / 1000);
        Assert.Equal(answer.GetProperty("squareMetres").GetDouble() * 15 / 10_000, answer.GetProperty("mu").GetDouble(), 3);
    }

    [Fact]
    public async Task Two_places_enclose_nothing_and_bad_input_is_refused()
    {
        var answer = await Service.Client.PostTextAsync(Path, """{"geometry":{"type":"LineString","coordinates":[[113.1,23.0],[113.2,23.0]]}}""", "application/json");
        Assert.Equal(0, answer.AssertStatus(HttpStatusCode.OK).Json.GetProperty("squareMetres").GetDouble());
        (await Service.Client.PostTextAsync(Path, "{}", "application/json")).AssertProblem(HttpStatusCode.BadRequest, "missing");
        (await Service.Client.PostTextAsync(Path, """{"geometry":{"type":"Point","coordinates":[113,23]}}""", "application/json")).AssertProblem(HttpStatusCode.BadRequest, "bad_geometry");
        (await Service.Client.PostTextAsync(Path, """{"geometry":{"type":"LineString","coordinates":[[113,23],[113,89]]}}""", "application/json")).AssertProblem(HttpStatusCode.BadRequest, "bad_coordinate");
    }
}
