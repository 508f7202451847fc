using Dapper;
using GridMap.Api.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridMap.Api.Tests.Storage;

/// <summary>From an empty database to the schema, and what the service's role may do in it.</summary>
public sealed class MigrationTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private DatabaseOptions Options => new(
        TestRoles.As(database.ConnectionString, TestRoles.Service), TestRoles.As(database.ConnectionString, TestRoles.Owner));

    public async Task InitializeAsync()
    {
        await TestRoles.EnsureAsync(database.ConnectionString);
        // Four at once on an empty database, as four processes of one installation start.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync()));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var before = await AppliedAsync();
        await MigrateAsync();
        Assert.Equal(before, await AppliedAsync());
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_and_left_alone()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into migration (name) values ('9999_from_the_future')");
        try
        {
            var before = await AppliedAsync();
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(MigrateAsync);
            Assert.Contains("9999_from_the_future", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(before, await AppliedAsync());
        }
        finally
        {
            await connection.ExecuteAsync("delete from migration where name = '9999_from_the_future'");
        }
    }

    [Theory]
    [InlineData("create table mine (id int)")]
    [InlineData("create function mine() returns int language sql as 'select 1'")]
    [InlineData("alter table issue add column mine int")]
    [InlineData("drop table issue")]
    [InlineData("truncate issue")]
    [InlineData("update issue_event set note = ''")]
    [InlineData("delete from issue_event")]
    [InlineData("update generation set note = ''")]
    [InlineData("delete from generation")]
    [InlineData("update issue set point = point")]
    [InlineData("update issue set description = ''")]
    [InlineData("update issue set reported_at = now()")]
    [InlineData("update issue set number = number")]
    [InlineData("delete from issue")]
    [InlineData("delete from issue_photo")]
    [InlineData("update issue_photo set file = file")]
    [InlineData("update grid_version set geom = geom")]
    [InlineData("delete from grid_version")]
    [InlineData("delete from grid")]
    [InlineData("update grid_code set grid_id = grid_id")]
    [InlineData("delete from grid_code")]
    [InlineData("update lineage set share = share")]
    [InlineData("delete from lineage")]
    [InlineData("delete from duty")]
    [InlineData("update duty set person_id = person_id")]
    [InlineData("delete from person")]
    [InlineData("update event set payload = '{}'")]
    [InlineData("update idempotency_key set status = status")]
    [InlineData("update snapshot_revision set revision = 0")]
    [InlineData("insert into migration (name) values ('mine')")]
    [InlineData("update audit set who = who")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    [InlineData("delete from account")]
    [InlineData("delete from duty_correction")]
    [InlineData("update duty_correction set reason = reason")]
    [InlineData("update api_key set scopes = scopes")]
    [InlineData("update inbox set parameters = parameters")]
    [InlineData("delete from inbox")]
    [InlineData("delete from work_log")]
    [InlineData("update work_log set quantity = 0")]
    [InlineData("update issue set contact = contact")]
    public async Task The_service_may_not(string sql)
    {
        await using var service = NpgsqlDataSource.Create(Options.Service);
        await using var connection = await service.OpenConnectionAsync();
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory]
    [InlineData("update issue set state = state, grid_id = grid_id, assigned_generation = assigned_generation")]
    [InlineData("update grid_version set to_generation = to_generation")]
    [InlineData("update duty set to_at = to_at")]
    [InlineData("delete from event")]
    [InlineData("delete from idempotency_key")]
    [InlineData("select * from snapshot_revision")]
    [InlineData("select nextval('issue_number')")]
    [InlineData("insert into person (name) values ('x')")]
    public async Task The_service_may(string sql)
    {
        await using var service = NpgsqlDataSource.Create(Options.Service);
        await using var connection = await service.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(sql, transaction: transaction);
    }

    [Fact]
    public async Task A_change_of_people_by_the_service_raises_the_revision()
    {
        await using var service = NpgsqlDataSource.Create(Options.Service);
        await using var connection = await service.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await connection.ExecuteScalarAsync<long>("select revision from snapshot_revision", transaction: transaction);
        await connection.ExecuteAsync("insert into person (name) values ('x')", transaction: transaction);
        Assert.Equal(before + 1, await connection.ExecuteScalarAsync<long>("select revision from snapshot_revision", transaction: transaction));
    }

    private Task MigrateAsync() => Migrator.MigrateAsync(Options, NullLogger.Instance, CancellationToken.None);

    private async Task<List<(string Name, DateTime At)>> AppliedAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<(string, DateTime)>("select name, applied_at from migration order by name")];
    }
}
