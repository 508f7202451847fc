using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using GridMap.Core.FlatGeobuf;
using GridMap.Core.GeoJson;

namespace GridMap.Api.Imports.Sources;

/// <summary>Features from a stream of FlatGeobuf, through the one reader.</summary>
internal static class FlatGeobufSource
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Reads a stream to its end; one that is cut off ends where it is.</summary>
    /// <param name="stream">Is left open.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async IAsyncEnumerable<GeoJsonFeature> ReadAsync(Stream stream, long maxBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes, minimumReadSize: BufferBytes / 4, leaveOpen: true));
        var reader = new FlatGeobufReader(GeoJsonOptions.FromGdal.MaxFeatureBytes);
        long released = 0;
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancel);
                var buffer = read.Buffer;
                while (reader.TryRead(ref buffer, out var feature))
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
    }
}
