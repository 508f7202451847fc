using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GridMap.Api.Tests.BaseMaps;

/// <summary>A server of tiles as others have it, on a free port: well-behaved under most paths, and bad in one way each under /bad.</summary>
internal sealed class TestTileServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int aborted;

    private TestTileServer(WebApplication app) => this.app = app;

    /// <summary>A picture of one pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public string Address => app.Urls.Single();

    /// <summary>Path and query of each request so far.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Requests whose caller gave up.</summary>
    public int Aborted => aborted;

    public static async Task<TestTileServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var host = builder.Build();
        var server = new TestTileServer(host);
        host.Urls.Add("http://127.0.0.1:0");
        host.MapGet("/bad/{way}/{z}/{x}/{y}", server.BadAsync);
        host.MapGet("/{**path}", server.GoodAsync);
        await host.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task GoodAsync(HttpContext context)
    {
        Note(context);
        context.Response.Headers.CacheControl = "max-age=7200";
        context.Response.Headers.SetCookie = "seen=1";
        context.Response.ContentType = "image/png";
        await context.Response.Body.WriteAsync(Png);
    }

    private async Task BadAsync(HttpContext context, string way)
    {
        Note(context);
        var response = context.Response;
        response.ContentType = "image/png";
        switch (way)
        {
            case "missing":
                response.StatusCode = StatusCodes.Status404NotFound;
                break;
            case "failing":
                response.StatusCode = StatusCodes.Status500InternalServerError;
                await response.WriteAsync($"no such key in {context.Request.QueryString}");
                break;
            case "forbidding":
                response.StatusCode = StatusCodes.Status403Forbidden;
                break;
            case "redirecting":
                response.Redirect($"{Address}/elsewhere{context.Request.QueryString}");
                break;
            case "slow":
                await SleepAsync(context);
                break;
            case "halting":
                await response.Body.WriteAsync(Png);
                await response.Body.FlushAsync();
                await SleepAsync(context);
                break;
            case "huge":
                response.ContentLength = 3 << 20;
                await WriteAsync(context, 3);
                break;
            case "endless":
                await WriteAsync(context, int.MaxValue);
                break;
            case "html":
                response.ContentType = "text/html";
                await response.WriteAsync("<script>alert(1)</script>");
                break;
            case "svg":
                response.ContentType = "image/svg+xml";
                await response.WriteAsync("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
                break;
            case "breaking":
                response.ContentLength = Png.Length;
                await response.Body.WriteAsync(Png.AsMemory(0, 20));
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "unkept":
                response.Headers.CacheControl = "no-store";
                await response.Body.WriteAsync(Png);
                break;
        }
    }

    private void Note(HttpContext context) => Asked.Enqueue(context.Request.Path + context.Request.QueryString.ToString());

    private async Task SleepAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref aborted);
        }
    }

    private static async Task WriteAsync(HttpContext context, int megabytes)
    {
        var much = new byte[1 << 20];
        try
        {
            for (var i = 0; i < megabytes && !context.RequestAborted.IsCancellationRequested; i++)
                await context.Response.Body.WriteAsync(much, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The reader has had enough, as it should.
        }
    }
}
