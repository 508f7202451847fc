using Dapper;
using GridMap.Api.Hosting;
using Npgsql;

namespace GridMap.Api.Duties;

/// <summary>A role on a grid.</summary>
/// <param name="GridId">Null: the whole territory.</param>
/// <param name="Code">The grid's code.</param>
/// <param name="Name">The grid's name.</param>
/// <param name="Role">As what.</param>
/// <param name="HolderId">Whose place is taken, of a stand-in.</param>
internal sealed record DutyPlace(long? GridId, string? Code, string? Name, string Role, long? HolderId)
{
    /// <summary>For messages.</summary>
    public string Where => Code is null ? "for the whole territory" : $"on {Code}";

    /// <exception cref="ProblemException">400: there is no such grid now.</exception>
    public static async Task<DutyPlace> FindAsync(NpgsqlTransaction transaction, string grid, string role)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<(long Id, string Code, string Name)?>(
            """
            select grid_id, code, name from grid_version
            where code = @grid and from_generation <= (select coalesce(max(number), 0) from generation where effective_from <= now())
              and (to_generation is null or to_generation > (select coalesce(max(number), 0) from generation where effective_from <= now()))
            """,
            new { grid }, transaction);
        return row is { } found
            ? new DutyPlace(found.Id, found.Code, found.Name, role, null)
            : throw new ProblemException(Problem.Bad("grid", "bad_grid", $"No grid has the code {grid} now; /api/v1/grids lists them."));
    }
}

/// <summary>When a term runs, [from, to).</summary>
internal sealed record DutyTerms(DateTime From, DateTime? To)
{
    private const int MostYearsAhead = 10;

    /// <summary>Reads a term that begins now or later.</summary>
    /// <exception cref="ProblemException">400.</exception>
    public static DutyTerms Read(DateTimeOffset? from, DateTimeOffset? to, DateTime now, TimeSpan leeway)
    {
        var begin = from?.UtcDateTime ?? now;
        if (begin < now - leeway)
        {
            throw new ProblemException(Problem.Bad(
                "from", "in_the_past",
                "A term begins now or later. What should have been written down before is a correction: POST /api/v1/duties/corrections."));
        }

        if (begin > now.AddYears(MostYearsAhead))
        {
            throw new ProblemException(Problem.Bad("from", "bad_from", $"A term begins within {MostYearsAhead} years."));
        }

        // What was meant as now must not become a term in the past.
        begin = begin < now ? now : begin;
        return to is null || to.Value.UtcDateTime > begin
            ? new DutyTerms(begin, to?.UtcDateTime)
            : throw new ProblemException(Problem.Bad("to", "bad_to", "A term ends after it begins."));
    }
}
