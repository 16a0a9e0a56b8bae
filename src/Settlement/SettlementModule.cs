using Ainalym.Journal;
using Ainalym.Settlement.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Settlement;

/// <summary>Settlement: the double-entry ledger under all money.</summary>
public static class SettlementModule
{
    public static HouseModule Module { get; } = new("settlement", typeof(SettlementModule).Assembly)
    {
        Kinds = [LedgerGrain.Kind],
    };

    public static IServiceCollection AddSettlement(this IServiceCollection services) => services.AddScoped<LedgerQueries>().AddScoped<LedgerDesk>();
}
