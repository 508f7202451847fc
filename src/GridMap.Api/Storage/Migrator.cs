using System.Reflection;
using Dapper;
using Npgsql;

namespace GridMap.Api.Storage;

/// <summary>
/// Brings a database to the program's schema: numbered SQL files, each in its own transaction, under one advisory lock,
/// so that several processes may start at once. Runs as the owner's role.
/// </summary>
internal static partial class Migrator
{
    private const string Folder = "GridMap.Api.Storage.Migrations.";

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="InvalidOperationException">The database is newer than the program, or has no PostGIS.</exception>
    public static async Task MigrateAsync(DatabaseOptions options, ILogger log, CancellationToken cancel)
    {
        await using var source = Database.Create(options.Owner, commandSeconds: 0);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync("select pg_advisory_lock(@Migration)", new { AdvisoryKeys.Migration });
        try
        {
            await EnsurePostgisAsync(connection);
            await connection.ExecuteAsync(
                "create table if not exists migration (name text primary key, applied_at timestamptz not null default now())");
            var applied = (await connection.QueryAsync<string>("select name from migration")).ToHashSet();
            var known = Names();
            if (applied.FirstOrDefault(name => !known.Contains(name)) is { } newer)
            {
                throw new InvalidOperationException(
                    $"The database has migration {newer}, which this program does not know. Use a program at least as new as the database.");
            }

            foreach (var name in known.Where(name => !applied.Contains(name)))
            {
                await ApplyAsync(connection, name, options.ServiceRole, cancel);
                Applied(log, name);
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@Migration)", new { AdvisoryKeys.Migration });
        }
    }

    private static async Task EnsurePostgisAsync(NpgsqlConnection connection)
    {
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from pg_extension where extname = 'postgis')"))
        {
            return;
        }

        try
        {
            await connection.ExecuteAsync("create extension postgis");
        }
        catch (PostgresException e)
        {
            throw new InvalidOperationException(
                "The database has no PostGIS and this role may not create it. As a superuser: create extension postgis;", e);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string name, string serviceRole, CancellationToken cancel)
    {
        var role = "\"" + serviceRole.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(Text(name).Replace("${service}", role, StringComparison.Ordinal), transaction: transaction);
        await connection.ExecuteAsync("insert into migration (name) values (@name)", new { name }, transaction);
        await transaction.CommitAsync(cancel);
    }

    private static List<string> Names() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^".sql".Length])
            .Order(StringComparer.Ordinal)];

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [LoggerMessage(1001, LogLevel.Information, "Applied migration {Name}")]
    private static partial void Applied(ILogger log, string name);
}
