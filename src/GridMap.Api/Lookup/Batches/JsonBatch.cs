using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Lookup.Batches;

/// <summary>
/// A batch as JSON. A body of the common form is read without making an object of each point; the serializer reads all others, and
/// says what is wrong.
/// </summary>
internal static class JsonBatch
{
    // [1,2], is the shortest point.
    private const int LeastBytes = 6;

    public static async Task<IResult> AnswerAsync(HttpContext context, SnapshotTexts texts, string? crs, CancellationToken cancel)
    {
        using var body = await BodyBuffer.ReadAsync(context.Request, LookupBatch.MaxBytes, cancel);
        using var points = new Lent<LonLat>(Math.Min(LookupBatch.MaxPoints, body.Length / LeastBytes + 1));
        if (TryEnter(body.Bytes, points.Span, crs, out var count))
        {
            await AnswerAsync(context, texts, points.Memory[..count], cancel);
        }
        else
        {
            context.Request.Body = body.AsStream();
            await AnswerAsync(context, texts, await SerializedAsync(context, crs, cancel), cancel);
        }

        return Results.Empty;
    }

    private static async Task AnswerAsync(HttpContext context, SnapshotTexts texts, ReadOnlyMemory<LonLat> points, CancellationToken cancel)
    {
        using var grids = new Lent<int>(points.Length);
        texts.Snapshot.Locator.LocateInnermost(points.Span, grids.Span);
        await CodesAnswer.WriteAsync(context.Response, texts, grids.Memory, cancel);
    }

    private static bool TryEnter(ReadOnlySpan<byte> body, Span<LonLat> points, string? crs, out int count)
    {
        var json = new JsonPoints(body, points);
        var result = json.Read();
        count = json.Count;
        if (result == JsonPointsResult.TooMany)
        {
            LookupBatch.Count(count + 1);
        }

        if (result == JsonPointsResult.Read)
        {
            LookupBatch.Enter(points[..count], PointInput.Datum(json.Crs ?? crs));
        }

        return result == JsonPointsResult.Read;
    }

    private static async Task<LonLat[]> SerializedAsync(HttpContext context, string? crs, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync<LookupBatchBody>(context, "Send application/json.", cancel);
        var points = body.Points ?? throw new ProblemException(Problem.Bad("points", "bad_points", "Send points as [[lon,lat],…]."));
        LookupBatch.Count(points.Length);
        var datum = PointInput.Datum(body.Crs ?? crs);
        var entered = new LonLat[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] is not [var lon, var lat])
            {
                throw new ProblemException(Problem.Bad($"points[{i}]", "bad_coordinate", $"points[{i}] is not [lon,lat]."));
            }

            entered[i] = new LonLat(lon, lat);
            LookupBatch.Enter(entered.AsSpan(i, 1), datum);
        }

        return entered;
    }
}
