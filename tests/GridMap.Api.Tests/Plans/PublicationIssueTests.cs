using System.Net;
using Dapper;
using GridMap.Api.Issues;
using GridMap.Api.Storage;
using GridMap.Api.Tests.Imports;
using GridMap.Api.Tests.Issues;
using GridMap.Core.Coordinates;
using Npgsql;

namespace GridMap.Api.Tests.Plans;

/// <summary>Open issues go to the grid that answers for their place now; the others stay with the grid of their time.</summary>
public sealed class PublicationIssueTests(TestService service) : ImportTest(service), IClassFixture<TestService>
{
    private static readonly TestGrid Whole = new("W", 1, null, "POLYGON ((0 0, 20 0, 20 10, 0 10, 0 0))");
    private static readonly TestGrid West = Whole with { Wkt = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))" };
    private static readonly TestGrid East = new("E", 1, null, "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))");

    [Fact]
    public async Task Open_issues_move_to_the_grid_that_covers_them_and_say_so()
    {
        await Service.PublishAsync([Whole]);
        var west = await Service.Client.ReportNumberAsync(5, 5);
        var border = await Service.Client.ReportNumberAsync(10, 5);
        var east = await Service.Client.ReportNumberAsync(15, 5);
        var closed = await Service.Client.ReportNumberAsync(15, 6);
        await using (var connection = await Service.Owner.OpenConnectionAsync())
            await connection.ExecuteAsync("update issue set state = 'writtenOff', closed_at = now() where number = @closed", new { closed });

        var generation = await SplitAsync();
        Assert.Equal(("W", generation), await OfAsync(west));
        Assert.Equal(("E", generation), await OfAsync(border)); // On the border the lower code answers.
        Assert.Equal(("E", generation), await OfAsync(east));
        Assert.Equal(("W", generation - 1), await OfAsync(closed));
        await using var reading = await Service.Owner.OpenConnectionAsync();
        var told = (await reading.QueryAsync<string>("select i.number from issue_event e join issue i on i.id = e.issue_id where e.transition = 'reassign'")).Order();
        Assert.Equal(((string[])[border, east]).Order(), told);
    }

    [Fact]
    public async Task An_insert_that_is_held_open_across_a_publication_is_given_to_the_new_grid()
    {
        await Service.PublishAsync([Whole]);
        var plan = AssertDone(await ImportAsync(TownshipFile("split.geojson", West, East), "level=1", "mode=replace"));
        await using var connection = await Service.Restricted.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await PublicationLock.ShareAsync(transaction);
        var point = Lattice.Factory.CreatePoint(LatticePoint.From(TestTownship.Point(15, 5)).ToCoordinate());
        var assigned = await IssueAssignment.FindAsync(transaction, point, CancellationToken.None);
        Assert.Equal("W", assigned.Deepest!.Code);
        await InsertAsync(transaction, "held-open", point, assigned);

        var publishing = PublishAsync(plan);
        await Eventually.TrueAsync(SomebodyWaitsForTheLockAsync, "the publication waits for the insert");
        Assert.False(publishing.IsCompleted);
        await transaction.CommitAsync();
        (await publishing).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("E", (await OfAsync("held-open")).Code);
    }

    [Fact]
    public async Task An_issue_reported_while_a_publication_holds_the_lock_is_given_to_the_new_grid()
    {
        await Service.PublishAsync([Whole]);
        await using var connection = await Service.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await PublicationLock.TakeAsync(transaction);
        var reporting = Service.Client.ReportNumberAsync(15, 5);
        await Eventually.TrueAsync(SomebodyWaitsForTheLockAsync, "the report waits for the publication");
        await TestPublication.PublishAsync(transaction, [West, East]);
        await transaction.CommitAsync();
        Assert.Equal("E", (await OfAsync(await reporting)).Code);
    }

    private async Task<int> SplitAsync()
    {
        var plan = AssertDone(await ImportAsync(TownshipFile("split.geojson", West, East), "level=1", "mode=replace"));
        return (await PublishAsync(plan)).AssertStatus(HttpStatusCode.OK).Json.GetProperty("generation").GetInt32();
    }

    private async Task<(string? Code, int Generation)> OfAsync(string number)
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(string?, int)>(
            "select c.code, i.assigned_generation from issue i left join grid_code c on c.grid_id = i.grid_id where i.number = @number", new { number });
    }

    private async Task<bool> SomebodyWaitsForTheLockAsync()
    {
        await using var connection = await Service.Owner.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))");
    }

    private static async Task InsertAsync(NpgsqlTransaction transaction, string number, NetTopologySuite.Geometries.Point point, IssueAssignment assigned)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into issue (number, category, point, due_at, grid_id, assigned_generation)
            values (@number, @category, @point, now() + interval '1 day', @grid, @generation)
            """,
            transaction.Connection, transaction);
        command.Parameters.AddWithValue("number", number);
        command.Parameters.AddWithValue("category", TestService.Category);
        command.Parameters.AddWithValue("point", point);
        command.Parameters.AddWithValue("grid", assigned.Deepest!.Id);
        command.Parameters.AddWithValue("generation", assigned.Generation!.Value);
        await command.ExecuteNonQueryAsync();
    }
}
