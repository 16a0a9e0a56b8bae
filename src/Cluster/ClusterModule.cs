using System.Net;
using Ainalym.Front;
using Ainalym.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Ainalym.Cluster;

/// <summary>The house of several processes: each has its own lane on the shared database, and Orleans brings a command to the process where its grain lives.</summary>
internal static class ClusterModule
{
    /// <summary>Orleans' name for the cluster. A database is one cluster's, so one name does for all.</summary>
    public const string Name = "ainalym";

    /// <summary>Nobody waits longer for another process; then the command is handled here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Only the tables in which the processes find one another.</summary>
    public static HouseModule Module { get; } = new("cluster", typeof(ClusterModule).Assembly);

    /// <summary>What the front is given instead of a house of one process.</summary>
    public static FrontPorts Ports(int siloPort) => new(
        (host, modules, options) => host.AddCluster(modules, options, siloPort),
        (modules, options, logs) => House.Open([.. modules, Module], Checked(options), logs));

    /// <summary>The silo stands before the house among the services, so that it runs when the house starts to send.</summary>
    /// <exception cref="StorageException">A SQL Server was asked for.</exception>
    private static void AddCluster(this IHostApplicationBuilder host, IReadOnlyList<HouseModule> modules, HouseOptions options, int siloPort)
    {
        host.AddSilo(siloPort);
        host.Services.AddHouse([.. modules, Module], Checked(options), Reach);
    }

    /// <summary>Orleans in this process, on this machine's own addresses only. The house is looked for among the services.</summary>
    /// <param name="siloPort">Where the other processes reach this one.</param>
    /// <param name="gatewayPort">Where Orleans clients reach it; 0: nowhere.</param>
    public static void AddSilo(this IHostApplicationBuilder host, int siloPort, int gatewayPort = 0)
    {
        host.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = Name);
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
            silo.Configure<SiloMessagingOptions>(messages => messages.ResponseTimeout = Patience);
        });
        host.Logging.AddFilter("Orleans", LogLevel.Warning);
        host.Services.AddSingleton<IMembershipTable>(provider => new SiloTable(provider.GetRequiredService<House>().Database));
    }

    /// <summary>The factory of references is asked for when it is first needed: it hangs on the table of silos, which hangs on the house.</summary>
    private static Func<IGrains, IGrains> Reach(IServiceProvider provider) =>
        here => new OrleansGrains(here, provider.GetRequiredService<IGrainFactory>, provider.GetRequiredService<ILogger<OrleansGrains>>());

    private static HouseOptions Checked(HouseOptions options) => options.ConnectionString is null
        ? options
        : throw new StorageException("A SQL Server connection string was given, but the cluster host keeps its journal in SQLite so far. Leave out --connection and MARKET_CONNECTION.");
}
