using Ainalym.Front.Api;
using Ainalym.Front.Edge;
using Ainalym.Front.Pages;
using Ainalym.Identity;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Market;
using Ainalym.Market.Lots;
using Ainalym.Settlement;
using Ainalym.Waste;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Ainalym.Front;

/// <summary>The services, the road of a request, and the routes.</summary>
internal static class FrontModule
{
    /// <summary>The greatest body that any request may have.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>Only texts: the front has no rules and no tables.</summary>
    public static HouseModule Module { get; } = new("front", typeof(FrontModule).Assembly);

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

        ports.AddHouse(builder, FrontHost.Modules, new HouseOptions(options.DataFolder) { Time = options.Time, ConnectionString = options.ConnectionString });
        services.AddExceptionHandler<PageExceptions>();
        services.AddEdge(FrontHost.Modules);
        services.AddIdentity(Directory.CreateDirectory(Path.Combine(options.DataFolder, "keys")));
        services.AddWaste();
        services.AddMarket();
        services.AddSettlement();
        services.AddScoped<OrganisationGroup>(provider => provider.GetRequiredService<OrganisationQueries>().GroupOf);
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
    }
}
