using System.Net;
using System.Text.Json;
using Dapper;
using GridMap.Core.Coordinates;
using GridMap.Core.Issues;
using NetTopologySuite.Geometries;

namespace GridMap.Api.Tests.Issues;

/// <summary>Lists and counts of issues, held to SQL that knows nothing of the service's.</summary>
public sealed class IssueListTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private const int Issues = 120;

    // Issues all over the township in all states, a third of them overdue, a tenth from before T1.2.b was given up.
    private const string ScatterSql =
        """
        with recursive points as (
            select n, st_setsrid(st_makepoint(113 + (n * 37 % 90) / 1024.0, 23 + (n * 53 % 50) / 1024.0), 4490) as point from generate_series(1, @issues) n
        ), placed as (
            select p.n, p.point, (
                select v.grid_id from grid_version v
                where st_covers(v.geom, p.point) and v.from_generation <= g.number and (v.to_generation is null or v.to_generation > g.number)
                order by v.level desc, v.code limit 1) as grid_id, g.number
            from points p join generation g on g.number = case when p.n % 10 = 0 then @first else @second end
        )
        insert into issue (number, category, point, state, reported_at, due_at, closed_at, grid_id, assigned_generation)
        select 'x-' || n, case when n % 3 = 0 then 'urgent' else 'litter' end, point,
               (array['reported', 'claimed', 'rectified', 'writtenOff'])[1 + state],
               now() - n * interval '1 hour', now() + (n % 3 - 1) * interval '1 day', case when state = 3 then now() end, grid_id, number
        from placed, lateral (select case when n % 10 = 0 then 3 else n % 4 end as state) s
        """;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            var first = await Service.PublishAsync(TestTownship.First);
            var second = await Service.PublishAsync(TestTownship.Second);
            await using var connection = await Service.Owner.OpenConnectionAsync();
            await connection.ExecuteAsync(ScatterSql, new { issues = Issues, first, second });
        }
    }

    [Theory]
    [InlineData("state=claimed", "state = 'claimed'")]
    [InlineData("state=writtenOff", "state = 'writtenOff'")]
    [InlineData("category=urgent", "category = 'urgent'")]
    [InlineData("category=environment", "true")]
    [InlineData("category=none", "false")]
    [InlineData("overdue=true", "closed_at is null and due_at < now()")]
    [InlineData("overdue=false", "not (closed_at is null and due_at < now())")]
    [InlineData("assigned=false", "grid_id is null")]
    [InlineData("assigned=true&state=reported", "grid_id is not null and state = 'reported'")]
    [InlineData("grid=U", "grid_id = (select grid_id from grid_code where code = 'U')")]
    [InlineData("grid=T1.2", "grid_id in (select grid_id from grid_code where code in ('T1.2', 'T1.2.a', 'T1.2.b'))")]
    [InlineData("grid=T", "grid_id in (select grid_id from grid_code where code like 'T%')")]
    [InlineData("grid=T2&overdue=true&category=litter",
        "grid_id in (select grid_id from grid_code where code like 'T2%') and closed_at is null and due_at < now() and category = 'litter'")]
    public async Task The_list_is_narrowed_as_sql_says(string query, string condition)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var expected = (await connection.QueryAsync<string>(
            $"select number from issue where number like 'x-%' and ({condition}) order by reported_at desc, id desc")).ToList();
        Assert.Equal(expected, Numbers(await Client.ListAllAsync($"/api/v1/issues?{query}", limit: 7)).Where(IsScattered));
    }

    [Fact]
    public async Task Items_say_what_sql_says()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        foreach (var item in await Client.ListAllAsync("/api/v1/issues", limit: 1000))
        {
            var (state, code, overdue, days, x, y) = await connection.QuerySingleAsync<(string, string?, bool, int, double, double)>(
                """
                select state, (select code from grid_code c where c.grid_id = i.grid_id), closed_at is null and due_at < now(),
                       (extract(epoch from coalesce(closed_at, now()) - reported_at) / 86400)::numeric::int, st_x(point), st_y(point)
                from issue i where number = @number
                """,
                new { number = item.GetProperty("number").GetString() });
            Assert.Equal((state, code, overdue), (item.GetProperty("state").GetString(), item.GetProperty("grid").GetString(), item.GetProperty("overdue").GetBoolean()));
            Assert.InRange(item.GetProperty("days").GetInt32(), days - 1, days);
            var shown = PublicPoint.Round(new LonLat(x, y));
            Assert.Equal((shown.Lon, shown.Lat), PointOf(item));
        }
    }

    [Fact]
    public async Task A_closed_issue_keeps_the_chain_of_its_time()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var number = await connection.ExecuteScalarAsync<string>(
            "select number from issue i join grid_code c using (grid_id) where c.code = 'T1.2.b' limit 1");
        var issue = (await Client.GetAnswerAsync($"/api/v1/issues/{number}")).AssertStatus(HttpStatusCode.OK).Json;
        Assert.Equal(["T", "T1", "T1.2", "T1.2.b"], issue.GetProperty("chain").EnumerateArray().Select(link => link.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Walking_the_pages_while_issues_come_in_misses_and_repeats_none_of_those_there_before()
    {
        var before = Numbers(await Client.ListAllAsync("/api/v1/issues", limit: 1000));
        using var stop = new CancellationTokenSource();
        var coming = Enumerable.Range(0, 3).Select(x => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                await Client.ReportNumberAsync(x, 5);
            }

            return count;
        })).ToList();
        var seen = Numbers(await Client.ListAllAsync("/api/v1/issues", limit: 1));
        await stop.CancelAsync();
        Assert.True((await Task.WhenAll(coming)).Sum() > 5, "issues came in meanwhile");
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(before, seen.Where(before.ToHashSet().Contains));
    }

    [Fact]
    public async Task Pages_of_issues_of_one_instant_are_whole()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into issue (number, category, point, reported_at, due_at)
            select 'same-' || n, 'urgent', 'SRID=4490;POINT(100 10)', '2026-01-02 03:04:05.678901+00', now() + interval '1 day' from generate_series(1, 25) n
            """);
        var box = "99,9,101,11";
        var seen = Numbers(await Client.ListAllAsync($"/api/v1/issues?bbox={box}", limit: 4));
        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(25, seen.Count);
    }

    [Fact]
    public async Task Counts_equal_sql_in_every_grid_of_every_level_and_in_all()
    {
        var answer = (await Client.GetAnswerAsync("/api/v1/issues/counts")).AssertStatus(HttpStatusCode.OK).Json;
        await using var connection = await Service.Owner.OpenConnectionAsync();
        foreach (var grid in Service.Snapshots.Current.Grids)
        {
            // By code: T1.2.b is gone and counts in T1.2, whose code its own begins with.
            var expected = await TallyAsync($"grid_id in (select grid_id from grid_code where code = '{grid.Code}' or code like '{grid.Code}{(grid.Level < 3 ? "" : ".")}%')");
            var item = answer.GetProperty("items").EnumerateArray().SingleOrDefault(item => item.GetProperty("code").GetString() == grid.Code);
            Assert.Equal(expected, item.ValueKind == JsonValueKind.Undefined ? default : Tally(item));
        }

        Assert.Equal(await TallyAsync("grid_id is null"), Tally(answer.GetProperty("outside")));
        Assert.Equal(await TallyAsync("true"), Tally(answer.GetProperty("total")));
        Assert.NotEqual(default, Tally(answer.GetProperty("outside")));
        Assert.Equal(Service.Snapshots.Current.Generation.Number, answer.GetProperty("generation").GetInt32());
    }

    [Fact]
    public async Task A_box_finds_what_is_in_it_exactly_for_the_office_and_by_the_public_point_for_the_public()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var (low, high) = (TestTownship.Point(random.NextDouble() * 90, random.NextDouble() * 50), TestTownship.Point(random.NextDouble() * 30, random.NextDouble() * 20));
            var box = new Envelope(low.Lon, low.Lon + high.Lon - 113, low.Lat, low.Lat + high.Lat - 23);
            var all = (await connection.QueryAsync<(string Number, double X, double Y)>(
                "select number, st_x(point), st_y(point) from issue where number like 'x-%'")).ToList();
            var query = $"/api/v1/issues?bbox={box.MinX:R},{box.MinY:R},{box.MaxX:R},{box.MaxY:R}";
            Assert.Equal(
                all.Where(issue => box.Covers(issue.X, issue.Y)).Select(issue => issue.Number).Order(),
                Numbers(await Service.Admin.ListAllAsync(query, limit: 1000)).Where(IsScattered).Order());
            Assert.Equal(
                all.Where(issue => PublicPoint.Round(new LonLat(issue.X, issue.Y)) is var shown && box.Covers(shown.Lon, shown.Lat))
                    .Select(issue => issue.Number).Order(),
                Numbers(await Client.ListAllAsync(query, limit: 1000)).Where(IsScattered).Order());
        }
    }

    [Fact]
    public async Task Sql_and_Core_show_the_public_the_same_point()
    {
        var random = new Random(11);
        var points = Enumerable.Range(0, 20_000)
            .Select(i => new LonLat(Lattice.Snap(i % 2 == 0 ? 113 + random.NextDouble() : random.NextDouble() * 360 - 180), Lattice.Snap(i % 2 == 0 ? 23 + random.NextDouble() : random.NextDouble() * 170 - 85)))
            .ToList();
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        var shown = (await connection.QueryAsync<(double X, double Y)>(
            """
            select st_x(p), st_y(p) from (
                select n, public_point(st_setsrid(st_makepoint(x, y), 4490)) as p from unnest(@x, @y) with ordinality as u (x, y, n)) s
            order by n
            """,
            new { x = points.Select(point => point.Lon).ToArray(), y = points.Select(point => point.Lat).ToArray() })).ToList();
        Assert.Equal(points.Select(PublicPoint.Round).Select(point => (point.Lon, point.Lat)), shown);
    }

    private static bool IsScattered(string number) => number.StartsWith("x-", StringComparison.Ordinal);

    private static List<string> Numbers(IEnumerable<JsonElement> items) => [.. items.Select(item => item.GetProperty("number").GetString()!)];

    private static (double, double) PointOf(JsonElement item) =>
        (item.GetProperty("point").GetProperty("lon").GetDouble(), item.GetProperty("point").GetProperty("lat").GetDouble());

    private static (int, int, int, int, int) Tally(JsonElement item) => (
        item.GetProperty("reported").GetInt32(), item.GetProperty("claimed").GetInt32(), item.GetProperty("rectified").GetInt32(),
        item.GetProperty("writtenOff").GetInt32(), item.GetProperty("overdue").GetInt32());

    private async Task<(int, int, int, int, int)> TallyAsync(string condition)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(int, int, int, int, int)>(
            $"""
            select count(*) filter (where state = 'reported')::int, count(*) filter (where state = 'claimed')::int,
                   count(*) filter (where state = 'rectified')::int, count(*) filter (where state = 'writtenOff')::int,
                   count(*) filter (where closed_at is null and due_at < now())::int
            from issue where {condition}
            """);
    }
}
