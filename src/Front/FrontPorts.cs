using Ainalym.Journal;

namespace Ainalym.Front;

/// <summary>What the hosts of the house put in differently: here everything in one process on SQLite, in the cluster Orleans and SQL Server.</summary>
/// <param name="AddHouse">Registers the journal, the grains and the database.</param>
/// <param name="Open">Opens a house for a verb, without a server.</param>
public sealed record FrontPorts(
    Action<IHostApplicationBuilder, IReadOnlyList<HouseModule>, HouseOptions> AddHouse,
    Func<IReadOnlyList<HouseModule>, HouseOptions, ILoggerFactory, House> Open)
{
    public static FrontPorts Embedded { get; } = new((host, modules, options) => host.Services.AddHouse(modules, options), House.Open);
}
