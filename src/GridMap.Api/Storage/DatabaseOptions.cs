using Npgsql;

namespace GridMap.Api.Storage;

/// <summary>Where PostGIS is, as two Npgsql connection strings (one or several hosts each).</summary>
/// <param name="Service">The service's role: no DDL, no UPDATE or DELETE on logs, events, audit.</param>
/// <param name="Owner">The role that migrations run as; the service's own when there is no other.</param>
public sealed record DatabaseOptions(string Service, string Owner)
{
    public const string ServiceVariable = "GRIDMAP_DATABASE";
    public const string OwnerVariable = "GRIDMAP_DATABASE_OWNER";

    /// <summary>The service's role name, which migrations grant to.</summary>
    public string ServiceRole => new NpgsqlConnectionStringBuilder(Service).Username
        ?? throw new InvalidOperationException($"{ServiceVariable} names no Username.");

    /// <summary>Reads both from the configuration (environment variables).</summary>
    /// <exception cref="InvalidOperationException">No connection is given.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var service = configuration[ServiceVariable];
        if (string.IsNullOrWhiteSpace(service))
        {
            throw new InvalidOperationException(
                $"{ServiceVariable} is not set. Use `make run`, which starts a private PostGIS, or set it to a connection string " +
                "such as \"Host=db;Database=gridmap;Username=gridmap;Password=…\".");
        }

        var owner = configuration[OwnerVariable];
        return new DatabaseOptions(service, string.IsNullOrWhiteSpace(owner) ? service : owner);
    }
}
