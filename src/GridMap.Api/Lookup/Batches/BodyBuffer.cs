using System.Buffers;

namespace GridMap.Api.Lookup.Batches;

/// <summary>A request's body, whole, in memory that is lent: to be disposed of. Not thread safe.</summary>
internal sealed class BodyBuffer : IDisposable
{
    // However much the caller promises: the rest is rented when something of it has come.
    private const int First = 64 << 10;

    private byte[] room = ArrayPool<byte>.Shared.Rent(First);

    private BodyBuffer()
    {
    }

    /// <summary>Bytes that have been read.</summary>
    public int Length { get; private set; }

    /// <summary>What has been read; it may be written into.</summary>
    public Span<byte> Bytes => room.AsSpan(0, Length);

    /// <summary>Reads until the body ends, or is longer than the caller wants to know. The server's limit on bodies holds besides.</summary>
    /// <param name="request">Whose body.</param>
    /// <param name="most">Bytes; one more is read at most.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<BodyBuffer> ReadAsync(HttpRequest request, int most, CancellationToken cancel)
    {
        var body = new BodyBuffer();
        try
        {
            while (body.Length <= most && await request.Body.ReadAsync(body.Room(most, request.ContentLength), cancel) is > 0 and var read)
            {
                body.Length += read;
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Lets others read it as a stream, from its beginning, until this is disposed of.</summary>
    public Stream AsStream() => new MemoryStream(room, 0, Length, writable: false);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(room);
        room = [];
        Length = 0;
    }

    private Memory<byte> Room(int most, long? promised)
    {
        if (Length == room.Length)
        {
            // One byte more than there should be, to see the end.
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(most, Math.Max(promised ?? 0, 2L * Length)) + 1);
            room.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(room);
            room = larger;
        }

        return room.AsMemory(Length, Math.Min(room.Length, most + 1) - Length);
    }
}
