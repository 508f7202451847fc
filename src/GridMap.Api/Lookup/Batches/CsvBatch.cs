using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Lookup.Batches;

/// <summary>A batch as CSV with columns lon and lat among others, in any order; a column of codes in return.</summary>
internal static class CsvBatch
{
    public const string MediaType = "text/csv";

    public static async Task<IResult> AnswerAsync(HttpContext context, Snapshot snapshot, Datum datum, CancellationToken cancel)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = args => args.Header.Trim().ToLowerInvariant(),
            BadDataFound = null,
            MissingFieldFound = null,
        };
        using var text = new StreamReader(context.Request.Body);
        using var reader = new CsvReader(text, configuration);
        if (!await reader.ReadAsync() || !reader.ReadHeader() || reader.GetFieldIndex("lon", isTryGet: true) < 0
            || reader.GetFieldIndex("lat", isTryGet: true) < 0)
        {
            throw new ProblemException(Problem.Bad("header", "bad_csv", "The first line names the columns; two of them are lon and lat."));
        }

        var points = new List<LonLat>();
        while (await reader.ReadAsync())
        {
            cancel.ThrowIfCancellationRequested();
            LookupBatch.Count(points.Count + 1);
            points.Add(Point(reader, datum, $"row {points.Count + 2}"));
        }

        var grids = new int[points.Count];
        snapshot.Locator.LocateInnermost(points.ToArray(), grids);
        return TypedResults.Text(
            "code\r\n" + string.Concat(grids.Select(grid => grid < 0 ? "\r\n" : snapshot.Grids[grid].Code + "\r\n")), MediaType);
    }

    private static LonLat Point(CsvReader reader, Datum datum, string row)
    {
        if (Number(reader, "lon") is not { } lon || Number(reader, "lat") is not { } lat)
        {
            throw new ProblemException(LookupBatch.Refuse(row, "lon and lat are decimal numbers."));
        }

        var entered = EnteredPoint.Enter(lon, lat, datum);
        return entered.IsAccepted ? entered.Position : throw new ProblemException(LookupBatch.Refuse(row, entered.Refusal.Message()));
    }

    // As text first: asked for a number, the reader takes a field that is not there for 0.
    private static double? Number(CsvReader reader, string column) =>
        reader.TryGetField(column, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
