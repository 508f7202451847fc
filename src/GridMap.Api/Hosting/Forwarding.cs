using GridMap.Api.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace GridMap.Api.Hosting;

/// <summary>Whose word on the caller's address and on TLS is believed: that of the proxies in the settings, and of nobody without any.</summary>
internal static class Forwarding
{
    /// <summary>Whether anybody's word is believed.</summary>
    /// <exception cref="InvalidOperationException">What the settings name is no address.</exception>
    public static bool IsOn(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders != ForwardedHeaders.None;

    public static void Configure(ForwardedHeadersOptions options, string[] proxies)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        options.ForwardedHeaders = proxies is [] ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(Networks.Parse(proxy)
                ?? throw new InvalidOperationException($"GridMap:Proxies: {proxy} is no address and no network such as 10.0.0.0/8."));
        }
    }
}
