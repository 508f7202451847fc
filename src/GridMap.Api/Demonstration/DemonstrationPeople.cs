using System.Globalization;
using Dapper;
using GridMap.Api.Storage;

namespace GridMap.Api.Demonstration;

/// <summary>Somebody of the township.</summary>
internal sealed record DemonstrationPerson(long Id, string Name);

/// <summary>Loads the township's people with their terms, and its categories.</summary>
internal sealed class DemonstrationPeople(Database database)
{
    /// <summary>Loads, and answers the people by their id in the files.</summary>
    public async Task<Dictionary<string, DemonstrationPerson>> LoadAsync(DemonstrationFiles files, Dictionary<string, long> grids, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var rows = files.Table("people.csv");
        var ids = new Dictionary<string, long>();
        foreach (var row in rows.DistinctBy(row => row["id"]))
        {
            ids[row["id"]] = await connection.ExecuteScalarAsync<long>(
                "insert into person (name, phone) values (@name, @phone) returning id", new { name = row["name"], phone = row["phone"] }, transaction);
        }

        await connection.ExecuteAsync(
            "insert into duty (grid_id, person_id, role, from_at, to_at) values (@grid, @person, @role, @from, @to)",
            rows.Select(row => new
            {
                grid = grids[row["grid"]],
                person = ids[row["id"]],
                role = row["role"],
                from = files.Midnight(Day(row["from"])),
                to = row["to"].Length == 0 ? (DateTime?)null : files.Midnight(files.Day(Day(row["to"]))),
            }),
            transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return rows.DistinctBy(row => row["id"]).ToDictionary(row => row["id"], row => new DemonstrationPerson(ids[row["id"]], row["name"]));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
