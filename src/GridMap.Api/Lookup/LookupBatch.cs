using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Lookup;

/// <summary>Many points of one datum.</summary>
/// <param name="Crs">wgs84 (the default), cgcs2000, gcj02 or bd09.</param>
/// <param name="Points">[lon, lat] each, degrees.</param>
public sealed record LookupBatchBody(string? Crs, [property: Required] double[][]? Points);

/// <summary>The innermost grid's code for each point in input order; null outside.</summary>
public sealed record LookupBatchAnswer(int Generation, IReadOnlyList<string?> Codes);

/// <summary><c>POST /api/v1/lookup/batch</c>: up to 100,000 points, as JSON or as CSV with columns lon and lat.</summary>
internal static class LookupBatch
{
    public const int MaxPoints = 100_000;
    public const int MaxBytes = 16 << 20;
    public const string Csv = "text/csv";

    public static async Task<IResult> Post(
        HttpContext context, SnapshotProvider snapshots, string? crs, CancellationToken cancel)
    {
        var snapshot = snapshots.Current;
        GenerationHeader.Set(context, snapshot);
        if (context.Request.ContentType?.StartsWith(Csv, StringComparison.OrdinalIgnoreCase) == true)
        {
            return await CsvAsync(context, snapshot, PointInput.Datum(crs), cancel);
        }

        var body = await JsonBody.ReadAsync<LookupBatchBody>(context, "Send application/json or text/csv.", cancel);
        var points = body.Points ?? throw new ProblemException(Problem.Bad("points", "bad_points", "Send points as [[lon,lat],…]."));
        Count(points.Length);
        var datum = PointInput.Datum(body.Crs ?? crs);
        var entered = new LonLat[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var point = points[i];
            if (point is not { Length: 2 })
            {
                throw new ProblemException(Problem.Bad($"points[{i}]", "bad_coordinate", $"points[{i}] is not [lon,lat]."));
            }

            entered[i] = Enter(point[0], point[1], datum, $"points[{i}]");
        }

        return TypedResults.Ok(new LookupBatchAnswer(snapshot.Generation.Number, Codes(snapshot, entered)));
    }

    private static async Task<IResult> CsvAsync(HttpContext context, Snapshot snapshot, Datum datum, CancellationToken cancel)
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
            Count(points.Count + 1);
            var row = $"row {points.Count + 2}";
            if (Number(reader, "lon") is not { } lon || Number(reader, "lat") is not { } lat)
            {
                throw new ProblemException(Problem.Bad(row, "bad_coordinate", $"{row}: lon and lat are decimal numbers."));
            }

            points.Add(Enter(lon, lat, datum, row));
        }

        return TypedResults.Text("code\r\n" + string.Concat(Codes(snapshot, [.. points]).Select(code => code + "\r\n")), Csv);
    }

    // As text first: asked for a number, the reader takes a field that is not there for 0.
    private static double? Number(CsvReader reader, string column) =>
        reader.TryGetField(column, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string?[] Codes(Snapshot snapshot, LonLat[] points)
    {
        var grids = new int[points.Length];
        snapshot.Locator.LocateInnermost(points, grids);
        return [.. grids.Select(grid => grid < 0 ? null : snapshot.Grids[grid].Code)];
    }

    private static void Count(int points)
    {
        if (points > MaxPoints)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status413PayloadTooLarge, "too_many_points", $"{MaxPoints} points a request at most; send the rest in another.", "points"));
        }
    }

    private static LonLat Enter(double lon, double lat, Datum datum, string where)
    {
        var entered = EnteredPoint.Enter(lon, lat, datum);
        return entered.IsAccepted
            ? entered.Position
            : throw new ProblemException(Problem.Bad(where, "bad_coordinate", $"{where}: {entered.Refusal.Message()}"));
    }
}
