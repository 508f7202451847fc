using System.Globalization;
using CsvHelper;
using Dapper;
using GridMap.Api.Callers;
using GridMap.Api.Spreadsheets;
using GridMap.Api.Storage;

namespace GridMap.Api.Categories;

/// <summary>
/// The categories that a GridMap begins with (三大革命, 六乱, 三线, 危破房 and others): a sheet like any, taken when there are none yet. The limits are
/// examples of what cities set.
/// </summary>
internal sealed class ShippedCategories(Database database, CategoryChanges changes)
{
    private const string Resource = "GridMap.Api.Categories.categories.csv";

    /// <summary>Takes them into a database without any.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Several processes may start at once: the second finds what the first has written.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@Categories)", new { AdvisoryKeys.Categories }, transaction);
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from category)", transaction: transaction))
            return;
        var report = await changes.ImportAsync(Caller.Program, Rows(), dryRun: false, retireOthers: false, cancel);
        if (report.Errors.Count > 0)
            throw new InvalidDataException(report.Errors[0].Detail);
    }

    private static List<SheetRow> Rows()
    {
        using var text = new StreamReader(typeof(ShippedCategories).Assembly.GetManifestResourceStream(Resource)!);
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<SheetRow>();
        while (csv.Read())
        {
            rows.Add(new SheetRow(
                csv.Context.Parser!.RawRow, csv.HeaderRecord!.Select((name, i) => (name, csv.GetField(i))).Where(cell => cell.Item2 is { Length: > 0 }).ToDictionary(cell => cell.name, cell => cell.Item2!)));
        }

        return rows;
    }
}
