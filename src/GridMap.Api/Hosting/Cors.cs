using Microsoft.AspNetCore.Cors.Infrastructure;

namespace GridMap.Api.Hosting;

/// <summary>Who may call from another origin: lookup, tiles and ogc anybody without credentials; the rest by allow-list.</summary>
internal static class Cors
{
    /// <summary>The policy of lookup, tiles and ogc.</summary>
    public const string Anybody = "anybody";

    private static readonly string[] Exposed = ["GridMap-Generation", "ETag", "Location", "Retry-After"];

    public static void Configure(CorsOptions options, string[] allowedOrigins)
    {
        options.AddPolicy(Anybody, policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Exposed));
        options.AddDefaultPolicy(policy =>
        {
            if (allowedOrigins is not [])
            {
                policy.WithOrigins(allowedOrigins).AllowAnyHeader().AllowAnyMethod().AllowCredentials().WithExposedHeaders(Exposed);
            }
        });
    }
}
