using Dapper;
using GridMap.Api.Hosting;
using Npgsql;

namespace GridMap.Api.Callers;

/// <summary>Holds what somebody wants to change to the grids that they reach, in the transaction of the change.</summary>
internal static class Refusals
{
    public const string Code = "out_of_reach";

    /// <summary>403.</summary>
    public static ProblemException OutOfReach(string what) => new(new Problem(
        StatusCodes.Status403Forbidden, Code, $"{what} lies outside the grids that your roles reach; somebody appointed there can do it."));

    /// <summary>Asks the database whether a grid is reached.</summary>
    /// <exception cref="ProblemException">403: it is not.</exception>
    public static async Task RequireAsync(NpgsqlTransaction transaction, Reach reach, long? grid, string what)
    {
        if (!await CoversAsync(transaction.Connection!, transaction, reach, grid))
        {
            throw OutOfReach(what);
        }
    }

    /// <summary>Whether a grid is reached. What is in no grid is reached by those who reach everything.</summary>
    public static async Task<bool> CoversAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Reach reach, long? grid) =>
        reach.IsEverywhere
        || (grid is { } id && !reach.IsNothing && await connection.ExecuteScalarAsync<bool>(
            "select exists (select from reach(@Roots) as r (grid_id) where r.grid_id = @id)", new { reach.Roots, id }, transaction));
}
