using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GridMap.Api.Tests.Faults;

/// <summary>Stands between the service and PostgreSQL, so that a test can take the database away and give it back.</summary>
internal sealed class DatabaseProxy : IDisposable
{
    private readonly EndPoint server;
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private Socket listener;

    /// <param name="connection">Of the server: a folder with its socket, or a host.</param>
    public DatabaseProxy(string connection)
    {
        var text = new NpgsqlConnectionStringBuilder(connection);
        server = text.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{text.Host}/.s.PGSQL.{text.Port}")
            : new DnsEndPoint(text.Host, text.Port);
        listener = Listen(0);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    /// <summary>The same database by way of here.</summary>
    public string Through(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = Port, Timeout = 5 }.ConnectionString;

    /// <summary>Breaks every connection and takes no new ones.</summary>
    public void TakeAway()
    {
        listener.Dispose();
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    public void GiveBack() => listener = Listen(Port);

    public void Dispose() => TakeAway();

    private Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        socket.Listen();
        _ = AcceptAsync(socket);
        return socket;
    }

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
            {
                _ = JoinAsync(await from.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Taken away.
        }
    }

    private async Task JoinAsync(Socket client)
    {
        using var there = new Socket(server.AddressFamily == AddressFamily.Unix ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        open[client] = open[there] = true;
        try
        {
            await there.ConnectAsync(server);
            await Task.WhenAny(CopyAsync(client, there), CopyAsync(there, client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Taken away, or the service closed it.
        }

        client.Dispose();
        open.TryRemove(client, out _);
        open.TryRemove(there, out _);
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[1 << 16];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }
    }
}
