using System.Buffers;

namespace GridMap.Api.Lookup.Batches;

/// <summary>An array lent by the pool for as long as one request is answered; what stands in it at first is somebody else's.</summary>
/// <param name="length">Items.</param>
internal sealed class Lent<T>(int length) : IDisposable
    where T : unmanaged
{
    private T[] room = ArrayPool<T>.Shared.Rent(length);

    public Memory<T> Memory => room.AsMemory(0, length);

    public Span<T> Span => room.AsSpan(0, length);

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(room);
        room = [];
    }
}
