using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GridMap.Api.Hosting;

/// <summary>How much a request may send. An endpoint that takes more says so itself.</summary>
internal static class Limits
{
    /// <summary>The largest body of an endpoint that names no limit of its own.</summary>
    public const long BodyBytes = 8 << 20;

    private const int FormValueBytes = 256 << 10;

    public static void Configure(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = BodyBytes;
    }

    public static void Configure(FormOptions form) => form.ValueLengthLimit = FormValueBytes;
}
