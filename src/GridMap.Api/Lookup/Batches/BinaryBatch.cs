using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GridMap.Api.Hosting;
using GridMap.Core.Coordinates;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GridMap.Api.Lookup.Batches;

/// <summary>
/// A batch as numbers: lon and lat of each point as little-endian doubles, one after the other; in return one little-endian int32
/// for each, the grid's id or -1 outside. Points are entered in the body's own memory, and grids turned into ids in theirs.
/// </summary>
internal static class BinaryBatch
{
    public const string MediaType = "application/vnd.gridmap.points";

    private const int PointBytes = 2 * sizeof(double);

    public static async Task<IResult> AnswerAsync(HttpContext context, SnapshotTexts texts, Datum datum, CancellationToken cancel)
    {
        using var body = await BodyBuffer.ReadAsync(context.Request, LookupBatch.MaxPoints * PointBytes, cancel);
        using var answer = new Lent<byte>(Count(body) * sizeof(int));
        Locate(Points(body), MemoryMarshal.Cast<byte, int>(answer.Span), texts, datum);
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = answer.Memory.Length;
        await context.Response.BodyWriter.WriteAsync(answer.Memory, cancel);
        return Results.Empty;
    }

    /// <summary>Says in the API document that these are bytes, which no type of ours stands for.</summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        Describe(operation.RequestBody?.Content, "lon and lat of each point as little-endian doubles, degrees.");
        Describe(operation.Responses?["200"].Content, "For each point a little-endian int32: the id of its innermost grid, -1 outside.");
        return Task.CompletedTask;

        static void Describe(IDictionary<string, OpenApiMediaType>? content, string what) =>
            content![MediaType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = what },
            };
    }

    private static int Count(BodyBuffer body)
    {
        // One byte more than fits is all that is known of a longer one.
        LookupBatch.Count((body.Length + PointBytes - 1) / PointBytes);
        return body.Length % PointBytes == 0
            ? body.Length / PointBytes
            : throw new ProblemException(Problem.Bad(
                "body", "bad_length", $"The body has {body.Length} bytes. Each point has {PointBytes}: lon and lat as little-endian doubles."));
    }

    // In memory two doubles are a position, on the machines that the service runs on at once.
    private static Span<LonLat> Points(BodyBuffer body)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var numbers = MemoryMarshal.Cast<byte, long>(body.Bytes);
            BinaryPrimitives.ReverseEndianness(numbers, numbers);
        }

        return MemoryMarshal.Cast<byte, LonLat>(body.Bytes);
    }

    private static void Locate(Span<LonLat> points, Span<int> ids, SnapshotTexts texts, Datum datum)
    {
        LookupBatch.Enter(points, datum);
        texts.Snapshot.Locator.LocateInnermost(points, ids);
        var keys = texts.Keys;
        var least = GridKeys.Outside;
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = keys.Id(ids[i]);
            least = Math.Min(least, ids[i]);
        }

        if (least == GridKeys.TooLarge)
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status406NotAcceptable, "ids_too_large", "An id here takes more than 32 bits. Send the points as application/json, which answers with codes."));
        }

        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(ids, ids);
        }
    }
}
