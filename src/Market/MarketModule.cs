using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
using Ainalym.Market.Deals;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Photos;
using Ainalym.Market.Prices;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ainalym.Market;

/// <summary>The market: lots and how they are sold.</summary>
public static class MarketModule
{
    public static HouseModule Module { get; } = new("market", typeof(MarketModule).Assembly)
    {
        Kinds = [LotGrain.Kind, DealGrain.Kind],
        Projections = [new LotBiddersProjection()],
        AfterOutage = async (house, outage, ct) =>
        {
            await new LotClocks(house.Grains, new LotQueries(house.Database)).FreezeAfter(outage, house.Clock.Now(), ct);
            await new DealClocks(house.Grains, new DealQueries(house.Database)).ExtendAfter(outage, house.Clock.Now(), ct);
        },
    };

    /// <summary>With the search by words, which has names out of the code lists, the guarantees, which others keep, and the rules that deals are made on.</summary>
    public static HouseModule With(CodeLists codes, Func<IDatabase, HeldGuarantees> held, Func<IDatabase, FreeMoney> free, DealRuleBook rules) => Module with
    {
        Projections = [.. Module.Projections, new LotWordsProjection(codes)],
        Followers =
        [
            house => new GuaranteeFollower(new GuaranteeDesk(house.Addresses, held(house.Database), free(house.Database)), new LotQueries(house.Database)),
            house => new DealFollower(house.Grains, new DealMoney(house.Grains, house.Addresses, new DealQueries(house.Database)), new LotQueries(house.Database), held(house.Database), rules),
        ],
    };

    /// <summary>The module's services; the host adds who knows the groups of organisations (<see cref="OrganisationGroup"/>, <see cref="RecordedHeads"/>) and their money (<see cref="HeldGuarantees"/>, <see cref="FreeMoney"/>, <see cref="PaidIn"/>), the rules of deals, and the code lists.</summary>
    public static IServiceCollection AddMarket(this IServiceCollection services) =>
        services.AddMemoryCache().AddSingleton(provider => new PhotoShelf(provider.GetRequiredService<HouseOptions>().DataFolder)).AddScoped<PhotoUploads>().AddSingleton(provider => new EvidenceShelf(provider.GetRequiredService<HouseOptions>().DataFolder)).AddScoped<EvidenceFiles>().AddScoped<LotDrafts>()
            .AddScoped<LotQueries>().AddScoped<PriceQueries>().AddScoped<MarketFigures>().AddScoped<LotFacts>().AddScoped<GuaranteeDesk>().AddScoped<LotOrders>().AddScoped<DealQueries>().AddScoped<DealMoney>().AddScoped<DealOrders>().AddScoped<LotClocks>();

    /// <summary>The module's part of <c>/api/v1</c>.</summary>
    public static void MapMarket(this IEndpointRouteBuilder api)
    {
        api.MapLots();
        api.MapLotLive();
        api.MapDeals();
        api.MapPrices();
        api.MapPhotos();
    }
}
