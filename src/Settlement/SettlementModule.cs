using Ainalym.Journal;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Settlement;

/// <summary>Settlement: the ledger under all money, in which every transfer has two sides.</summary>
public static class SettlementModule
{
    /// <summary>The bank is its only rail.</summary>
    public static HouseModule Module { get; } = With(house => new BankRail(house.Grains));

    /// <param name="rails">One of each kind that money may go out by.</param>
    public static HouseModule With(params Func<House, IRail>[] rails) => new("settlement", typeof(SettlementModule).Assembly)
    {
        Kinds = [LedgerGrain.Kind, EntryGrain.Kind, PayoutAccountGrain.Kind, PayoutGrain.Kind, PaymentQueueGrain.Kind, DailyBalanceGrain.Kind, DocumentSeriesGrain.Kind],
        Followers =
        [
            house => new EntryFollower(house.Grains, new EntryQueries(house.Database), new PayoutQueries(house.Database)),
            house => new PayoutFollower(house.Grains, new PayoutQueries(house.Database), new EntryQueries(house.Database), [.. rails.Select(rail => rail(house))]),
            house => new DebtFollower(new Debts(house.Grains, new LedgerQueries(house.Database), house.Clock)),
            house => new BalanceSigner(house),
        ],
    };

    /// <summary>The module's services; the host adds the house's own accounts (<see cref="HouseAccounts"/>) and who knows organisations (<see cref="OrganisationsOfBins"/>, <see cref="PayeeOf"/>).</summary>
    public static IServiceCollection AddSettlement(this IServiceCollection services) => services
        .AddScoped<LedgerQueries>().AddScoped<LedgerDesk>().AddScoped<Wallets>()
        .AddScoped<RailDesk>().AddScoped<Debts>().AddScoped<EntryQueries>().AddScoped<StatementImport>().AddScoped<Reconciliation>().AddScoped<EntryDesk>()
        .AddScoped<PayoutQueries>().AddScoped<PayoutDesk>()
        .AddScoped<DailyBalanceQueries>().AddScoped<DocumentQueries>().AddScoped<InvoiceQueries>().AddScoped<DocumentDesk>().AddSingleton(provider => SigningKeys.Of(provider.GetRequiredService<House>()));

    /// <summary>The module's part of <c>/api/v1</c>.</summary>
    public static void MapSettlement(this IEndpointRouteBuilder api)
    {
        api.MapWallet();
        api.MapBank();
        api.MapPayouts();
        api.MapDailyBalances();
        api.MapDocuments();
    }
}
