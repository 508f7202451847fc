using Dapper;
using GridMap.Api.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridMap.Api.Tests;

/// <summary>
/// What databases of test classes are copies of: making PostGIS and the schema anew takes a second and a half, a copy a tenth of one.
/// Made once for the run, by whoever comes first; thread safe.
/// </summary>
internal static class TestTemplates
{
    private static readonly List<string> Made = [];
    private static readonly Lazy<Task<string>> EmptyOne = new(MakeEmptyAsync);
    private static readonly Lazy<Task<string>> MigratedOne = new(MakeMigratedAsync);

    /// <summary>PostGIS and nothing else.</summary>
    public static Task<string> EmptyAsync() => EmptyOne.Value;

    /// <summary>With the schema of this program, which is <see cref="TestRoles.Owner"/>'s.</summary>
    public static Task<string> MigratedAsync() => MigratedOne.Value;

    /// <summary>A new database; unpooled, since a template that somebody is connected to cannot be copied.</summary>
    public static async Task CopyAsync(string name, string template) =>
        await ExecuteAsync(TestDatabase.Server, $"create database {name} template {template}");

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    private static async Task<string> MakeEmptyAsync()
    {
        var name = NewName();
        await ExecuteAsync(TestDatabase.Server, $"create database {name} template template0 encoding 'UTF8'");
        await ExecuteAsync(TestDatabase.To(name), "create extension postgis");
        return name;
    }

    private static async Task<string> MakeMigratedAsync()
    {
        var name = NewName();
        await CopyAsync(name, await EmptyAsync());
        await TestRoles.EnsureAsync(TestDatabase.To(name));
        var (service, owner) = (TestRoles.As(TestDatabase.To(name), TestRoles.Service), TestRoles.As(TestDatabase.To(name), TestRoles.Owner));
        await Migrator.MigrateAsync(new DatabaseOptions(service, Unpooled(owner)), NullLogger.Instance, CancellationToken.None);
        return name;
    }

    private static string NewName()
    {
        var name = $"gridmap_template_{Guid.NewGuid():N}";
        lock (Made)
        {
            if (Made is [])
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop();
            Made.Add(name);
        }

        return name;
    }

    private static void Drop()
    {
        using var connection = new NpgsqlConnection(Unpooled(TestDatabase.Server));
        connection.Open();
        foreach (var name in Made)
            connection.Execute($"drop database if exists {name} with (force)");
    }

    private static string Unpooled(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
