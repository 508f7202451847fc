using System.IO.Pipelines;
using System.Text;

namespace GridMap.Api.Lookup.Batches;

/// <summary>Writes a <see cref="LookupBatchAnswer"/> as the serializer would, a piece at a time and from codes that are UTF-8 already.</summary>
internal static class CodesAnswer
{
    // A piece leaves before the next is made, so that a slow reader holds up the writer and not the memory.
    private const int PieceBytes = 32 << 10;

    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="texts">Of the snapshot that has located.</param>
    /// <param name="grids">Positions in its list, or -1.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task WriteAsync(HttpResponse response, SnapshotTexts texts, ReadOnlyMemory<int> grids, CancellationToken cancel)
    {
        response.ContentType = "application/json; charset=utf-8";
        var writer = response.BodyWriter;
        Encoding.UTF8.GetBytes($"{{\"generation\":{texts.Generation},\"codes\":[", writer);
        for (var next = 0; next < grids.Length;)
        {
            next = WritePiece(writer, texts.Keys, grids.Span, next);
            await writer.FlushAsync(cancel);
        }

        await writer.WriteAsync("]}"u8.ToArray(), cancel);
    }

    /// <returns>The first that is left for the next piece.</returns>
    private static int WritePiece(PipeWriter writer, GridKeys keys, ReadOnlySpan<int> grids, int next)
    {
        var piece = writer.GetSpan(PieceBytes);
        var length = 0;
        for (; next < grids.Length && length <= piece.Length - GridKeys.MostBytes; next++)
        {
            // A comma stands before each code; there is nothing before the first.
            var code = next == 0 ? keys.Code(grids[next])[1..] : keys.Code(grids[next]);
            code.CopyTo(piece[length..]);
            length += code.Length;
        }

        writer.Advance(length);
        return next;
    }
}
