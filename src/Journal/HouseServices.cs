using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ainalym.Journal;

/// <summary>Puts the house into a host.</summary>
public static class HouseServices
{
    public static IServiceCollection AddHouse(this IServiceCollection services, IReadOnlyList<HouseModule> modules, HouseOptions options) => services.AddHouse(modules, options, _ => null);

    /// <param name="reach">How the grains of other processes are reached; null for a house of one process.</param>
    internal static IServiceCollection AddHouse(
        this IServiceCollection services, IReadOnlyList<HouseModule> modules, HouseOptions options, Func<IServiceProvider, Func<IGrains, IGrains>?> reach)
    {
        services.AddSingleton(modules);
        services.AddSingleton(options);
        services.AddSingleton(options.Time);
        services.AddSingleton(provider => House.Open(modules, options, provider.GetRequiredService<ILoggerFactory>(), reach(provider)));
        services.AddSingleton(provider => provider.GetRequiredService<House>().Grains);
        services.AddSingleton(provider => provider.GetRequiredService<House>().Addresses);
        services.AddSingleton(provider => provider.GetRequiredService<House>().Database);
        services.AddSingleton(provider => provider.GetRequiredService<House>().Tail);
        services.AddSingleton(provider => provider.GetRequiredService<House>().Clock);
        services.AddSingleton(provider => provider.GetRequiredService<House>().Secrets);
        services.AddHostedService<HouseService>();
        return services;
    }

    /// <summary>Starts the house with the host. It is closed, and its lane drained, when the host's services are disposed: after the last request.</summary>
    private sealed class HouseService(House house) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => house.Start(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
