using Ainalym.Front.Api;
using Ainalym.Front.Edge;
using Ainalym.Front.Notices;
using Ainalym.Front.Pages;
using Ainalym.Front.Papers;
using Ainalym.Identity;
using Ainalym.Identity.Notices;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Journal.Data;
using Ainalym.Journal.Following;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using Ainalym.Market.Prices;
using Ainalym.Settlement;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Ainalym.Waste;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Ainalym.Front;

/// <summary>The services, the road of a request, and the routes.</summary>
internal static class FrontModule
{
    /// <summary>The greatest body that any request may have.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>Texts, and the notices that are made of all modules' events: the front has no rules.</summary>
    public static HouseModule Module { get; } = new("front", typeof(FrontModule).Assembly) { Projections = [new NoticesProjection()], Followers = [Papers(FrontOptions.DefaultHolder, bin: null), Watch, CollectTopUps] };

    public static HouseModule Sending(FrontOptions options) => Module with
    {
        Followers = [Papers(options.BankHolder, options.BankHolderBin), Watch, CollectTopUps],
        Senders = new Dictionary<string, Func<House, OutboxSender>>(StringComparer.Ordinal)
        {
            [NoticeRows.MailKind] = house => new NoticeMail(
                house, options.MailServer is { } server ? MailRoutes.Smtp(server, options.MailFrom) : MailRoutes.Drop(Path.Combine(options.DataFolder, "mail"), options.MailFrom, options.Time), options.PublicUrl).Send,
        },
    };

    private static Follower Watch(House house) => new NightWatch(house);

    private static Follower CollectTopUps(House house)
    {
        var deals = new DealQueries(house.Database);
        return new TopUps(deals, new DealMoney(house.Grains, house.Addresses, deals), new Debts(house.Grains, new LedgerQueries(house.Database), house.Clock), Ties.FreeMoney(house.Database));
    }

    private static Func<House, Follower> Papers(string platform, Bin? bin) => house =>
        new DealPapers(new DocumentDesk(house.Grains, new DocumentQueries(house.Database)), new DocumentQueries(house.Database), new PaperContents(new OrganisationQueries(house.Database), platform, bin), new DealQueries(house.Database));

    public static void AddFront(this WebApplicationBuilder builder, FrontOptions options, FrontPorts ports)
    {
        var services = builder.Services;
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.AddHouseLogs(options);

        ports.AddHouse(builder, FrontHost.ModulesFor(options), new HouseOptions(options.DataFolder) { Time = options.Time, ConnectionString = options.ConnectionString });
        services.AddExceptionHandler<PageExceptions>();
        services.AddEdge(FrontHost.Modules);
        services.AddIdentity(Directory.CreateDirectory(Path.Combine(options.DataFolder, "keys")));
        services.AddWaste();
        services.AddMarket();
        services.AddSettlement();
        services.AddScoped<OrganisationGroup>(provider => provider.GetRequiredService<OrganisationQueries>().GroupOf);
        services.AddScoped<RecordedHeads>(provider => provider.GetRequiredService<OrganisationQueries>().Heads);
        services.AddSingleton(new HouseAccounts(options.BankAccounts, options.BankHolder));
        services.AddSingleton(options.DealRules);
        services.AddSingleton<PaidIn>(provider => currency => provider.GetRequiredService<HouseAccounts>().Currencies.Contains(currency));
        services.AddScoped<OrganisationsOfBins>(provider => provider.GetRequiredService<OrganisationQueries>().ByBins);
        services.AddScoped<PayeeOf>(provider => Ties.PayeeOf(provider.GetRequiredService<OrganisationQueries>()));
        services.AddSingleton(provider => Ties.HeldGuarantees(provider.GetRequiredService<IDatabase>()));
        services.AddSingleton(provider => Ties.FreeMoney(provider.GetRequiredService<IDatabase>()));
        services.AddSingleton(options);
        if (ChromiumPress.Find(options.Chromium) is { } chromium) services.AddSingleton<PdfPress>(new ChromiumPress(chromium).Print);
        services.AddScoped(provider => new PaperShelf(
            provider.GetRequiredService<DocumentQueries>(), new ContentShelf(options.DataFolder, "documents"), provider, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<JournalClock>(), provider.GetService<PdfPress>()));
        services.AddScoped(provider => new PaperContents(provider.GetRequiredService<OrganisationQueries>(), options.BankHolder, options.BankHolderBin));
        services.AddScoped<PartiesToday>(provider => provider.GetRequiredService<PaperContents>().Named);
        services.AddScoped<TopUpInvoices>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ClosedDoors>();
        services.AddSingleton<RateLimiter>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "ainalym-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.FormFieldName = "form_token";
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        // Pages only: their form tokens are masked anew each time, so their length tells nothing; answers of the API may hold what is secret.
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html"];
        });
        services.AddHealthChecks().AddCheck<JournalHealth>("journal", tags: [JournalHealth.Ready]);
        services.AddHostedService<Telemetry>();
        services.AddHouseOpenApi();
        services.AddPages();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }

    /// <summary>The road of a request. Languages stand before the exception handler, so that it speaks the reader's.</summary>
    public static void UseFront(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseMiddleware<PageChoices>();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(EmptyAnswers.Fill);
        app.UseMiddleware<LiveAnswers>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RequestRates>();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapGroup("/api/v1").MapApi();
        app.MapSigningKeys();
        app.MapPages();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(JournalHealth.Ready) }).AllowAnonymous();
    }

    private static void MapApi(this IEndpointRouteBuilder api)
    {
        api.MapIdentity();
        api.MapWaste();
        api.MapMarket();
        api.MapSettlement();
        api.MapPapers();
    }
}
