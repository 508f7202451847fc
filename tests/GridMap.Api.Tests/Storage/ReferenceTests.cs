using Dapper;
using GridMap.Api.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridMap.Api.Tests.Storage;

/// <summary>The references of codes and versions, which one look at all rows of a statement holds instead of one look at each.</summary>
public sealed class ReferenceTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await TestRoles.EnsureAsync(database.ConnectionString);
        await Migrator.MigrateAsync(
            new DatabaseOptions(TestRoles.As(database.ConnectionString, TestRoles.Service), TestRoles.As(database.ConnectionString, TestRoles.Owner)),
            NullLogger.Instance, CancellationToken.None);
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into grid (id) values (900001) on conflict do nothing;
            insert into grid_code (code, grid_id) values ('ref-1', 900001) on conflict do nothing;
            insert into generation (number, effective_from, published_by) values (77, now(), 'test') on conflict do nothing;
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("insert into grid_code (code, grid_id) values ('ref-2', 900001), ('ref-3', 900002)")]
    [InlineData("900002, 77, 'ref-1'", "900001")]
    [InlineData("900001, 78, 'ref-1'", "900001")]
    [InlineData("900001, 77, 'ref-2'", "900001")]
    [InlineData("900001, 77, 'ref-1'", "900002")]
    [InlineData("delete from grid where id = 900001")]
    [InlineData("update grid_code set grid_id = 900003 where code = 'ref-1'")]
    [InlineData("delete from generation where number = 77")]
    public async Task What_is_not_there_cannot_be_referred_to_and_what_is_stays(string sql, string? parent = null)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(parent is null ? sql : Version(sql, parent)));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, refusal.SqlState);
    }

    [Fact]
    public async Task What_is_there_can() => await ExecuteAsync(Version("900001, 77, 'ref-1'", "900001"));

    private static string Version(string references, string parent) =>
        $"""
        insert into grid_version (grid_id, from_generation, code, name, level, kind, parent_id, geom, area_m2)
        select {references}, 'x', 2, 'village', {parent}, 'SRID=4490;MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))', 1
        """;

    // As the superuser: whoever may do everything is held too. Nothing stays.
    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(sql, transaction: transaction);
    }
}
