using System.IO.Compression;
using GridMap.Core.GeoJson;
using Microsoft.AspNetCore.ResponseCompression;

namespace GridMap.Api.Hosting;

/// <summary>What is text leaves compressed. Event streams do not: each event must leave at once.</summary>
internal static class Compression
{
    private static readonly string[] More = [GeoJsonWriter.MediaType, "text/csv", "image/svg+xml"];

    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // No answer holds a secret beside what a stranger sent, which is what compressing under TLS could give away.
            options.EnableForHttps = true;
            options.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(More);
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }
}
