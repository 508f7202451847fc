using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GridMap.Api.Lookup;
using GridMap.Api.Lookup.Batches;
using GridMap.Bench.Territories;
using GridMap.Core.Coordinates;
using GridMap.Core.Grids;
using Microsoft.AspNetCore.Http;

namespace GridMap.Bench.Http;

/// <summary>
/// The handlers of batches, from the body's bytes to the answer's, beside the same with the serializer's own binding and beside the
/// locator alone, below which no form can come. One thread; all but the server itself.
/// </summary>
internal sealed class BatchComparisons
{
    private const int Count = LookupBatch.MaxPoints;

    private readonly SnapshotTexts texts;
    private readonly LonLat[] points;
    private readonly string city;

    /// <param name="plan">Where the points lie.</param>
    /// <param name="grids">All levels of it.</param>
    public BatchComparisons(TerritoryPlan plan, IReadOnlyList<GridShape> grids)
    {
        city = plan.Name;
        texts = BenchSnapshot.Of(grids);
        points = Points.Anywhere(plan, Count, seed: 2);
    }

    public void Run(BenchTable table)
    {
        foreach (var decimals in (int[])[7, 15])
        {
            var result = SideBySide.Run(AsJson(decimals));
            table.AddRatio(
                $"batch of the {city} as JSON, {decimals} decimals, a point", "at most 200 ns: 5 million a second and core", result, 0, anchor: 1,
                met: result.Median(0) <= 200);
        }

        var binary = SideBySide.Run(InBinary());
        table.AddRatio(
            $"batch of the {city} in binary, a point", "at most 50 ns: 20 million a second and core", binary, 0, anchor: 2, met: binary.Median(0) <= 50);
    }

    private Comparison AsJson(int decimals)
    {
        var body = Encoding.UTF8.GetBytes(Json(points, decimals));
        return new Comparison($"a batch of {Count:N0} points as JSON, {decimals} decimals ({body.Length / Count} bytes a point)", Count, [
            ("JsonBatch", () => Answer(body, context => JsonBatch.AnswerAsync(context, texts, null, CancellationToken.None))),
            ("System.Text.Json, a double[] a point", () => Answer(body, BindAsync))]);
    }

    private Comparison InBinary()
    {
        var body = MemoryMarshal.AsBytes(points.AsSpan()).ToArray();
        var places = new int[Count];
        return new Comparison($"a batch of {Count:N0} points in binary", Count, [
            ("BinaryBatch", () => Answer(body, context => BinaryBatch.AnswerAsync(context, texts, Datum.Wgs84, CancellationToken.None))),
            ("BinaryReader and BinaryWriter", () => Answer(body, ReadAsync)),
            ("the locator alone", () =>
            {
                texts.Snapshot.Locator.LocateInnermost(points, places);
                var sum = new Summing();
                sum.Write(MemoryMarshal.AsBytes(Array.ConvertAll(places, texts.Keys.Id).AsSpan()));
                return sum.Sum;
            })]);
    }

    private static string Json(LonLat[] points, int decimals)
    {
        var number = $"F{decimals}";
        return "{\"points\":[" + string.Join(',', points.Select(point =>
            $"[{point.Lon.ToString(number, CultureInfo.InvariantCulture)},{point.Lat.ToString(number, CultureInfo.InvariantCulture)}]")) + "]}";
    }

    /// <summary>The sum of the answer's bytes.</summary>
    private static long Answer(byte[] body, Func<HttpContext, Task> handler)
    {
        var answer = new Summing();
        var context = new DefaultHttpContext
        {
            Request = { Body = new MemoryStream(body), ContentLength = body.Length, ContentType = "application/json" },
            Response = { Body = answer },
        };
        handler(context).GetAwaiter().GetResult();
        context.Response.BodyWriter.FlushAsync().AsTask().GetAwaiter().GetResult();
        return answer.Sum;
    }

    private async Task BindAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<LookupBatchBody>(context.Request.Body, JsonSerializerOptions.Web);
        var entered = Array.ConvertAll(body!.Points!, point => EnteredPoint.Enter(point[0], point[1], Datum.Wgs84).Position);
        var grids = new int[entered.Length];
        texts.Snapshot.Locator.LocateInnermost(entered, grids);
        await JsonSerializer.SerializeAsync(
            context.Response.Body,
            new LookupBatchAnswer(1, Array.ConvertAll(grids, grid => grid < 0 ? null : texts.Snapshot.Grids[grid].Code)), JsonSerializerOptions.Web);
    }

    private Task ReadAsync(HttpContext context)
    {
        using var reader = new BinaryReader(context.Request.Body);
        using var writer = new BinaryWriter(context.Response.Body);
        var entered = new LonLat[context.Request.ContentLength!.Value / 16];
        for (var i = 0; i < entered.Length; i++)
            entered[i] = EnteredPoint.Enter(reader.ReadDouble(), reader.ReadDouble(), Datum.Wgs84).Position;
        var grids = new int[entered.Length];
        texts.Snapshot.Locator.LocateInnermost(entered, grids);
        foreach (var grid in grids)
            writer.Write(grid < 0 ? -1 : (int)texts.Snapshot.Grids[grid].Id);
        return Task.CompletedTask;
    }
}
