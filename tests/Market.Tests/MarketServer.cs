using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Guarantees;
using Ainalym.Market.Lots;
using Ainalym.Market.Prices;
using Ainalym.Waste;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ainalym.Market.Tests;

/// <summary>The market's routes on a server of their own, with a clock moved by hand and callers who say who they are.</summary>
internal sealed class MarketServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-market-").FullName;
    private readonly WebApplication app;
    private readonly SteppingTime time = new(Words.Noon);

    private MarketServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHouse([MarketModule.Module], new HouseOptions(folder) { Time = time });
        builder.Services.AddEdge([MarketModule.Module]);
        builder.Services.AddMarket();
        builder.Services.AddSingleton(WasteModule.CodeLists);
        builder.Services.AddSingleton<OrganisationGroup>((organisation, _) => Task.FromResult<IReadOnlyList<Guid>>([organisation]));
        builder.Services.AddSingleton<RecordedHeads>(_ => Task.FromResult<IReadOnlyDictionary<Guid, Guid>>(new Dictionary<Guid, Guid>()));
        builder.Services.AddSingleton<HeldGuarantees>((_, _, _, _, _, _) => Task.FromResult<IReadOnlyList<HeldGuarantee>>([]));
        builder.Services.AddSingleton<FreeMoney>((currency, _, _) => Task.FromResult(new Money(0, currency)));
        builder.Services.AddSingleton<PaidIn>(_ => true);
        builder.Services.AddAuthentication("said").AddScheme<AuthenticationSchemeOptions, AsSaid>("said", configureOptions: null);
        builder.Services.AddAuthorization(options =>
        {
            foreach (var (policy, roles) in PolicyRoles)
                options.AddPolicy(policy, asked => asked.RequireAuthenticatedUser().RequireAssertion(context => context.User.Caller.Is(roles)));
        });
        app = builder.Build();
        app.UseRequestLocalization();
        app.UseExceptionHandler(_ => { });
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGroup("/api/v1").MapMarket();
    }

    public static IReadOnlyDictionary<string, Roles> PolicyRoles { get; } = new Dictionary<string, Roles>(StringComparer.Ordinal)
    {
        [Policies.Trade] = Roles.Buyer,
        [Policies.Sell] = Roles.Seller,
        [Policies.Operate] = Roles.Operator,
        [Policies.SignedIn] = Roles.Buyer | Roles.Seller | Roles.Operator | Roles.Regulator,
    };

    public HttpClient Client { get; } = new();

    public IServiceProvider Services => app.Services;

    public static async Task<MarketServer> Start()
    {
        var server = new MarketServer();
        await server.app.StartAsync();
        server.Client.BaseAddress = new Uri(server.app.Urls.First() + "/api/v1/");
        return server;
    }

    /// <summary>Moves the clock and sends what the reminder of the lot would.</summary>
    public async Task CloseAt(Guid lotId, DateTimeOffset at)
    {
        time.Set(at);
        var grains = Services.GetRequiredService<IGrains>();
        (await grains.Handle(LotGrain.Kind, lotId, new CloseLot(CommandIds.Derived(at, "test"), at), Caller.House)).Refusals.Should().BeEmpty();
    }

    public async Task<(int Status, JsonNode? Body, HttpResponseHeaders Headers)> Send(
        HttpMethod method, string path, object? body = null, (Guid Organisation, string Role)? caller = null, Guid? key = null, string language = "en", string? etag = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is JsonNode node) request.Content = new StringContent(node.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        else if (body is not null) request.Content = JsonContent.Create(body);
        if (caller is { } said) request.Headers.Authorization = new AuthenticationHeaderValue("said", $"{said.Organisation}/{said.Role}");
        if (method != HttpMethod.Get) request.Headers.Add(IdempotencyKey.Header, (key ?? Guid.CreateVersion7(Words.Noon)).ToString());
        request.Headers.Add("Accept-Language", language);
        if (etag is not null) request.Headers.Add("If-None-Match", etag);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class AsSaid(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var said) || said.Parameter?.Split('/') is not [var organisation, var role])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity(
                [new(UserClaims.User, Words.Id(0x75E4).ToString()), new(UserClaims.Organisation, organisation), new(UserClaims.Role, role)], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
