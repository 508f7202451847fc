using System.ComponentModel.DataAnnotations;
using GridMap.Api.Hosting;
using GridMap.Api.Snapshots;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Lookup.Batches;

/// <summary>Many points of one datum.</summary>
/// <param name="Crs">wgs84 (the default), cgcs2000, gcj02 or bd09.</param>
/// <param name="Points">[lon, lat] each, degrees.</param>
public sealed record LookupBatchBody(string? Crs, [property: Required] double[][]? Points);

/// <summary>The innermost grid's code for each point in input order; null outside.</summary>
public sealed record LookupBatchAnswer(int Generation, IReadOnlyList<string?> Codes);

/// <summary><c>POST /api/v1/lookup/batch</c>: up to 100,000 points, answered in the form in which they come: JSON, CSV or binary.</summary>
internal static class LookupBatch
{
    public const int MaxPoints = 100_000;
    public const int MaxBytes = 16 << 20;

    private static readonly string Types = $"Send application/json, {CsvBatch.MediaType} or {BinaryBatch.MediaType}.";

    public static Task<IResult> Post(HttpContext context, TextsInService texts, string? crs, CancellationToken cancel)
    {
        var held = texts.Current;
        GenerationHeader.Set(context, held.Snapshot);
        return IsOf(context, CsvBatch.MediaType) ? CsvBatch.AnswerAsync(context, held.Snapshot, PointInput.Datum(crs), cancel)
            : IsOf(context, BinaryBatch.MediaType) ? BinaryBatch.AnswerAsync(context, held, PointInput.Datum(crs), cancel)
            : context.Request.HasJsonContentType() ? JsonBatch.AnswerAsync(context, held, crs, cancel)
            : throw new ProblemException(new Problem(StatusCodes.Status415UnsupportedMediaType, "bad_content_type", Types));
    }

    /// <summary>Refuses more points than one request may have.</summary>
    /// <exception cref="ProblemException">413.</exception>
    public static void Count(int points)
    {
        if (points > MaxPoints)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status413PayloadTooLarge, "too_many_points", $"{MaxPoints} points a request at most; send the rest in another.", "points"));
        }
    }

    /// <summary>Checks, converts and snaps all points where they stand.</summary>
    /// <exception cref="ProblemException">400: the first that is refused.</exception>
    public static void Enter(Span<LonLat> points, Datum datum)
    {
        var refusal = EnteredPoints.Enter(points, datum, out var first);
        if (refusal != EntryRefusal.None)
        {
            throw new ProblemException(Refuse($"points[{first}]", refusal.Message()));
        }
    }

    /// <summary>400: a point that is none.</summary>
    /// <param name="where">Which.</param>
    /// <param name="reason">A sentence.</param>
    public static Problem Refuse(string where, string reason) => Problem.Bad(where, "bad_coordinate", $"{where}: {reason}");

    private static bool IsOf(HttpContext context, string type) =>
        context.Request.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true;
}
