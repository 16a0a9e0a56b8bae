using Ainalym.Contracts.CodeLists;
using Ainalym.Journal;
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
        Kinds = [LotGrain.Kind],
        Projections = [new LotBiddersProjection()],
        AfterOutage = (house, outage, ct) => new LotClocks(house.Grains, new LotQueries(house.Database)).FreezeAfter(outage, house.Clock.Now(), ct),
    };

    /// <summary>With the search by words, which has names out of the code lists.</summary>
    public static HouseModule Searchable(CodeLists codes) => Module with { Projections = [.. Module.Projections, new LotWordsProjection(codes)] };

    /// <summary>The module's services; the host adds who knows the groups of organisations (<see cref="OrganisationGroup"/>) and the code lists.</summary>
    public static IServiceCollection AddMarket(this IServiceCollection services) =>
        services.AddMemoryCache().AddSingleton(provider => new PhotoShelf(provider.GetRequiredService<HouseOptions>().DataFolder)).AddScoped<PhotoUploads>().AddScoped<LotDrafts>()
            .AddScoped<LotQueries>().AddScoped<PriceQueries>().AddScoped<MarketFigures>().AddScoped<LotFacts>().AddScoped<LotOrders>().AddScoped<LotClocks>();

    /// <summary>The module's part of <c>/api/v1</c>.</summary>
    public static void MapMarket(this IEndpointRouteBuilder api)
    {
        api.MapLots();
        api.MapLotLive();
        api.MapPrices();
        api.MapPhotos();
    }
}
