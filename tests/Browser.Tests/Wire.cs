using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ainalym.Browser.Tests;

/// <summary>A wire between a browser and the house that can be cut: connections break off, new ones are refused, until it is mended.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Uri house;
    private readonly ConcurrentDictionary<TcpClient, bool> ends = new();
    private readonly int port;
    private TcpListener? listener;
    private Task relaying = Task.CompletedTask;

    public Wire(Uri house)
    {
        this.house = house;
        var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        port = ((IPEndPoint)first.LocalEndpoint).Port;
        Listen(first);
    }

    public Uri Address => new($"http://127.0.0.1:{port}");

    public async Task Cut()
    {
        listener!.Stop();
        await relaying;
        foreach (var end in ends.Keys) end.Close();
    }

    public void Mend()
    {
        var again = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = false };
        again.Start();
        Listen(again);
    }

    public async ValueTask DisposeAsync() => await Cut();

    private void Listen(TcpListener on) => (listener, relaying) = (on, Relay(on));

    private async Task Relay(TcpListener on)
    {
        while (true)
        {
            TcpClient browser;
            try
            {
                browser = await on.AcceptTcpClientAsync();
            }
            catch (SocketException)
            {
                return;
            }

            _ = Carry(browser);
        }
    }

    private async Task Carry(TcpClient browser)
    {
        using var near = browser;
        using var far = new TcpClient();
        ends[near] = ends[far] = true;
        try
        {
            await far.ConnectAsync(house.Host, house.Port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the ends is gone, which is what a wire is for.
        }

        ends.TryRemove(near, out _);
        ends.TryRemove(far, out _);
    }
}
