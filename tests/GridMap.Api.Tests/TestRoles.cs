using Dapper;
using Npgsql;

namespace GridMap.Api.Tests;

/// <summary>The two roles of every installation, in the test cluster: who owns the schema, and who serves.</summary>
internal static class TestRoles
{
    public const string Owner = "gridmap_test_owner";

    // A name that has to be quoted: offices choose names that nobody here thought of.
    public const string Service = "GridMap-test.service";

    private const string Password = "gridmap_test";

    /// <summary>Makes what is missing, and gives the database to its owner.</summary>
    public static async Task EnsureAsync(string superuser)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(superuser) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var role in (string[])[Owner, Service])
        {
            try
            {
                await connection.ExecuteAsync($"create role \"{role}\" login password '{Password}'");
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
            {
                // Another test class was first.
            }
        }

        await connection.ExecuteAsync($"alter database \"{connection.Database}\" owner to {Owner}");
    }

    /// <summary>The same database, entered as another role.</summary>
    public static string As(string connection, string role) =>
        new NpgsqlConnectionStringBuilder(connection) { Username = role, Password = Password }.ConnectionString;
}
