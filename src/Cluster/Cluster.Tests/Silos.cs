using System.Net;
using System.Net.Sockets;
using Ainalym.Journal;
using Ainalym.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Ainalym.Cluster.Tests;

/// <summary>Houses that each have a silo of their own; those on one folder are one cluster.</summary>
internal static class Silos
{
    /// <summary>Commands go to the silo beside the house, as in production.</summary>
    public static House Open(IReadOnlyList<HouseModule> modules, HouseOptions options) => Open(modules, options, gateway: false, _ => new Nowhere());

    /// <summary>Commands go to an Orleans client outside, so that each of them crosses a wire.</summary>
    public static House OpenBehindGateway(IReadOnlyList<HouseModule> modules, HouseOptions options) => Open(modules, options, gateway: true, _ => new Nowhere());

    /// <param name="instead">Handles what does not reach its silo, given the grains of this process.</param>
    public static House Open(IReadOnlyList<HouseModule> modules, HouseOptions options, bool gateway, Func<IGrains, IGrains> instead)
    {
        var silo = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var gatewayPort = gateway ? FreePort() : 0;
        silo.AddSilo(FreePort(), gatewayPort);
        var hosts = new List<IHost>();
        var everywhere = new Lazy<IGrainFactory>(() => hosts[^1].Services.GetRequiredService<IGrainFactory>());
        var house = House.Open([.. modules, ClusterModule.Module], options, NullLoggerFactory.Instance, here =>
            new Hosted(hosts, new OrleansGrains(instead(here), () => everywhere.Value, NullLogger.Instance)));
        silo.Services.AddSingleton(house);
        Start(hosts, silo);
        if (!gateway) return house;

        var client = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        client.UseOrleansClient(orleans => orleans
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gatewayPort))
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = ClusterModule.Name));
        Start(hosts, client);
        return house;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Start(List<IHost> hosts, HostApplicationBuilder builder)
    {
        hosts.Add(builder.Build());
        hosts[^1].Start();
    }

    /// <summary>The house's way to its grains, with the hosts that it needs: they stop when the house is closed.</summary>
    private sealed class Hosted(List<IHost> hosts, IGrains grains) : IGrains, IAsyncDisposable
    {
        public Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(
            GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller, CancellationToken ct = default)
            where TState : class, IState<TState, TEvent>
            where TCommand : class, ICommand
            where TEvent : class
            where TRefusal : struct, Enum => grains.Handle(kind, id, command, caller, ct);

        public async ValueTask DisposeAsync()
        {
            foreach (var host in hosts.AsEnumerable().Reverse())
            {
                await host.StopAsync();
                host.Dispose();
            }
        }
    }

    /// <summary>Where nothing is handled: what passes has gone through Orleans.</summary>
    private sealed class Nowhere : IGrains
    {
        public Task<Receipt<TEvent>> Handle<TState, TCommand, TEvent, TRefusal>(
            GrainKind<TState, TCommand, TEvent, TRefusal> kind, string id, TCommand command, Caller caller, CancellationToken ct = default)
            where TState : class, IState<TState, TEvent>
            where TCommand : class, ICommand
            where TEvent : class
            where TRefusal : struct, Enum => throw new InvalidOperationException($"{kind.Name}/{id} was not reached through Orleans.");
    }
}
