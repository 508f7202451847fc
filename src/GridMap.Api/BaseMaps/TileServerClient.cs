using System.Net;
using System.Net.Http.Headers;
using GridMap.Core.Tiles;

namespace GridMap.Api.BaseMaps;

/// <summary>
/// Asks other servers for tiles. It has a client of its own and not one of the framework's factory, which would log every address, key
/// and all. It follows no redirect: that would take the key elsewhere. Thread safe.
/// </summary>
internal sealed class TileServerClient : IDisposable
{
    /// <summary>A tile of 512 pixels as PNG has seldom more than 600 kB.</summary>
    public const int MaxBytes = 2 << 20;

    // Reaching the server < the whole tile (BaseMapOptions.TimeoutSeconds) < the browser, which waits as long as we do.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = ConnectTimeout,
        MaxConnectionsPerServer = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "GridMap" }, { "Accept", "image/*" } },
    };

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<UpstreamTile> GetAsync(BaseMap map, TileAddress address, TileCoord tile, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(map.Options.TimeoutSeconds));
        try
        {
            using var answer = await client.GetAsync(address.Of(tile), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ReadAsync(answer, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new UpstreamTile.Failed($"no tile within {map.Options.TimeoutSeconds} s");
        }
        catch (HttpRequestException e)
        {
            // Its message would name the host.
            return new UpstreamTile.Failed(e.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return new UpstreamTile.Failed("the answer broke off");
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<UpstreamTile> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.NoContent)
            return new UpstreamTile.Missing();
        if (answer.StatusCode != HttpStatusCode.OK)
            return new UpstreamTile.Failed($"status {(int)answer.StatusCode}");
        if (PictureTypes.Find(answer.Content.Headers.ContentType?.MediaType) is not { } type)
            return new UpstreamTile.Failed("the answer is no picture");
        if (answer.Content.Headers.ContentLength > MaxBytes || await ReadBoundedAsync(answer.Content, cancel) is not { } bytes)
            return new UpstreamTile.Failed($"the answer has more than {MaxBytes} bytes");
        return bytes.Length == 0 ? new UpstreamTile.Missing() : new UpstreamTile.Picture(bytes, type, Keeping.Seconds(answer.Headers.CacheControl));
    }

    private static async Task<byte[]?> ReadBoundedAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (bytes.Length + read > MaxBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}

/// <summary>How long a tile may be kept: as its server says, within an hour and a week.</summary>
internal static class Keeping
{
    public const int ShortestSeconds = 3600;
    private const int UsualSeconds = 24 * 3600;
    private const int LongestSeconds = 7 * 24 * 3600;

    public static int Seconds(CacheControlHeaderValue? control) =>
        control is { NoStore: true } or { Private: true }
            ? 0
            : Math.Clamp((int)Math.Min(control?.MaxAge?.TotalSeconds ?? UsualSeconds, LongestSeconds), ShortestSeconds, LongestSeconds);
}
