using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Imports.Sources;

/// <summary>Features from a stream of GeoJSON, through the one reader.</summary>
internal static class GeoJsonSource
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="cancel">Stops reading.</param>
    /// <param name="crs">Told the name in a <c>crs</c> member, if there is one.</param>
    public static async IAsyncEnumerable<GeoJsonFeature> ReadAsync(
        Stream stream, GeoJsonOptions options, long maxBytes, [EnumeratorCancellation] CancellationToken cancel, Action<string>? crs = null)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes, minimumReadSize: BufferBytes / 4, leaveOpen: true));
        var reader = new GeoJsonReader(options);
        long released = 0;
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancel);
                var buffer = read.Buffer;
                while (TryRead(reader, ref buffer, read.IsCompleted, options, out var feature))
                    yield return feature!;
                released += read.Buffer.Length - buffer.Length;
                if (released > maxBytes)
                    throw SourceRefusals.TooLarge();
                if (read.IsCompleted)
                    break;
                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }

        if (reader.Crs is { } name)
            crs?.Invoke(name);
    }

    // A text sequence may be empty: a layer without features.
    private static bool TryRead(
        GeoJsonReader reader, ref ReadOnlySequence<byte> buffer, bool isFinal, GeoJsonOptions options, out GeoJsonFeature? feature)
    {
        feature = null;
        return !(options.Sequence && buffer.IsEmpty) && reader.TryRead(ref buffer, isFinal, out feature);
    }
}
