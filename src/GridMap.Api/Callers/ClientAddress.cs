using System.Net;
using System.Net.Sockets;

namespace GridMap.Api.Callers;

/// <summary>Where a request came from.</summary>
internal static class ClientAddress
{
    private static readonly object PeerKey = new();

    /// <summary>Who asks: behind a configured proxy, whom the proxy names.</summary>
    public static string Of(HttpContext context) => Plain(context.Connection.RemoteIpAddress)?.ToString() ?? "";

    /// <summary>The other end of the connection itself, which no header can change.</summary>
    public static IPAddress? PeerOf(HttpContext context) =>
        Plain(context.Items.TryGetValue(PeerKey, out var peer) ? (IPAddress?)peer : context.Connection.RemoteIpAddress);

    /// <summary>Keeps the other end in mind before anything replaces it by what a proxy says.</summary>
    public static Task KeepPeer(HttpContext context, RequestDelegate next)
    {
        context.Items[PeerKey] = context.Connection.RemoteIpAddress;
        return next(context);
    }

    /// <summary>What is counted as one: an IPv6 subscriber has a whole /64 to choose from.</summary>
    public static string Network(HttpContext context)
    {
        var address = Plain(context.Connection.RemoteIpAddress);
        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? new IPNetwork(Prefix(address), 64).ToString()
            : address?.ToString() ?? "";
    }

    private static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
