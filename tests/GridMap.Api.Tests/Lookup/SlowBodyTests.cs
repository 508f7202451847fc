using System.Globalization;
using System.Net.Sockets;
using System.Text;
using GridMap.Core.Coordinates;

namespace GridMap.Api.Tests.Lookup;

/// <summary>Bodies of batches that come in pieces of any size, with and without a length, or not whole.</summary>
public sealed class SlowBodyTests(TestService service) : ServiceTest(service), IClassFixture<TestService>
{
    private static readonly byte[] Json = Encoding.ASCII.GetBytes(
        "{\"points\":[" + string.Join(',', Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"[{113 + i * 1e-4:R},23.0123456789]"))) + "]}");

    private static readonly byte[] Binary = LookupBinaryTests.Bytes([.. Enumerable.Range(0, 300).Select(i => new LonLat(113 + i * 1e-4, 23.0123456789))]);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (Service.Snapshots.Current.Generation.Number == 0)
        {
            await Service.PublishAsync(TestTownship.First);
        }
    }

    [Theory]
    [InlineData("application/json", 1)]
    [InlineData("application/json", 7)]
    [InlineData("application/json", 5000)]
    [InlineData("application/vnd.gridmap.points", 1)]
    [InlineData("application/vnd.gridmap.points", 17)]
    [InlineData("application/vnd.gridmap.points", 4096)]
    public async Task Pieces_of_any_size_are_one_body(string type, int piece)
    {
        var body = type == "application/json" ? Json : Binary;
        var whole = await ExchangeAsync($"Content-Length: {body.Length}", type, [body]);
        var chunks = body.Chunk(piece).Select(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]).Append("0\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", whole, StringComparison.Ordinal);
        Assert.Equal(Body(whole), Body(await ExchangeAsync($"Content-Length: {body.Length}", type, body.Chunk(piece))));
        Assert.Equal(Body(whole), Body(await ExchangeAsync("Transfer-Encoding: chunked", type, chunks)));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/vnd.gridmap.points")]
    public async Task A_body_that_is_cut_off_is_no_fault_of_the_service(string type)
    {
        var body = type == "application/json" ? Json : Binary;
        var answer = await ExchangeAsync($"Content-Length: {body.Length}", type, [body[..160]], end: true);
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 5", answer, StringComparison.Ordinal);
    }

    // By hand: a client of the framework joins what is written in pieces.
    private async Task<string> ExchangeAsync(string length, string type, IEnumerable<byte[]> pieces, bool end = false)
    {
        using var socket = new TcpClient(Service.Address.Host, Service.Address.Port) { NoDelay = true };
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/lookup/batch HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {type}\r\n{length}\r\n\r\n"));
        foreach (var piece in pieces)
        {
            await stream.WriteAsync(piece);
        }

        if (end)
        {
            socket.Client.Shutdown(SocketShutdown.Send);
        }

        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private static string Body(string answer) => answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];
}
