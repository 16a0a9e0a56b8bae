using System.Text.Encodings.Web;
using System.Text.Unicode;
using Ainalym.Front.Edge;

namespace Ainalym.Front.Pages;

/// <summary>The pages, each with its policy.</summary>
internal static class HousePages
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddScoped<Say>().AddScoped<Names>().AddScoped<LiveMark>().AddScoped<LotViews>().AddScoped<DealPages.Desk>().AddScoped<BankDesk>().AddScoped<PayoutsShown>().AddScoped<Inbox>().AddScoped<HoldCheck>().AddScoped<OperatorDesk>();
        services.AddHttpContextAccessor();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // Cyrillic as it is; what means something in HTML is encoded all the same
    }

    public static void MapPages(this IEndpointRouteBuilder house)
    {
        var pages = house.MapGroup("").WithFormGuard().AddEndpointFilter(LiveMark.Take).ExcludeFromDescription();
        pages.MapHomePages();
        pages.MapLotPages();
        pages.MapSellerPages();
        pages.MapPricePages();
        pages.MapDealPages();
        pages.MapWalletPages();
        pages.MapPayoutPages();
        pages.MapDocumentPages();
        pages.MapNoticePages();
        pages.MapDailyBalancePages();
        pages.MapOperatorPages();
        pages.MapBankPages();
        pages.MapSignInPages();
        pages.MapSiteAssets();
    }
}
