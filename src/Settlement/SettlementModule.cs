using Ainalym.Journal;
using Ainalym.Settlement.Ledgers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Settlement;

/// <summary>Settlement: the double-entry ledger under all money.</summary>
public static class SettlementModule
{
    public static HouseModule Module { get; } = new("settlement", typeof(SettlementModule).Assembly)
    {
        Kinds = [LedgerGrain.Kind],
    };

    public static IServiceCollection AddSettlement(this IServiceCollection services) => services.AddScoped<LedgerQueries>().AddScoped<LedgerDesk>().AddScoped<Wallets>();

    /// <summary>The module's part of <c>/api/v1</c>.</summary>
    public static void MapSettlement(this IEndpointRouteBuilder api) => api.MapWallet();
}
