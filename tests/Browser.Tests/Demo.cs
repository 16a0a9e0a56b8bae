using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Ainalym.Browser.Tests;
using Ainalym.Front;
using Ainalym.Front.Demo;
using Ainalym.Journal;
using Ainalym.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Demo))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Ainalym.Browser.Tests;

/// <summary>The demo as a newcomer starts it, on the real clock, and the system's Chromium.</summary>
public sealed class Demo : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("ainalym-browser-").FullName, "demo");
    private WebApplication app = null!;
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public IDatabase Database => app.Services.GetRequiredService<IDatabase>();

    public Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        var options = new FrontOptions(folder, Demo: true, Urls: "http://127.0.0.1:0");
        await DemoSeed.Renew(options);
        app = Build(options);
        await app.StartAsync();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium() ?? throw new InvalidOperationException("Chromium is not installed: apt-get install chromium."),
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.CloseAsync();
        playwright?.Dispose();
        if (app is not null) await app.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    /// <summary>A browser of its own: no cookies, nothing kept. Its address may be a wire's.</summary>
    public async Task<IBrowserContext> NewVisitor(string language = "en", bool script = true, Uri? address = null, int width = 1280, int height = 900, bool dark = false)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = (address ?? Address).ToString(),
            Locale = language,
            JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(10_000);
        return context;
    }

    /// <summary>A browser in which the demo's user of that key has signed in, by the form.</summary>
    public async Task<IPage> NewUser(string key, string language = "en", bool script = true, Uri? address = null, int width = 1280, int height = 900, bool dark = false)
    {
        var page = await (await NewVisitor(language, script, address, width, height, dark)).NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name=email]", $"{key}@demo.ainalym.kz");
        await page.FillAsync("[name=password]", DemoOrganisations.Password);
        await page.ClickAsync("main button[type=submit]");
        await page.Locator("form[action='/sign-out']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    /// <summary>A house that allows as many requests as tests make.</summary>
    public static WebApplication Build(FrontOptions options) => FrontHost.Build(options, FrontPorts.Embedded, builder =>
    {
        foreach (var limit in (string[])["User", "Address", "SignIn"]) builder.Configuration[$"RateLimits:{limit}"] = "1000000";
    });

    /// <summary>A program with a token of the demo's user of that key.</summary>
    public Task<HttpClient> Program(string key) => Program(Address, key);

    /// <summary>The same, of the house at that address.</summary>
    public static async Task<HttpClient> Program(Uri address, string key)
    {
        var client = new HttpClient { BaseAddress = address };
        using var signedIn = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = $"{key}@demo.ainalym.kz", password = DemoOrganisations.Password });
        signedIn.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        return client;
    }

    /// <summary>A new ascending lot at 45,000 tenge a tonne, nobody has bid on it.</summary>
    /// <returns>Its id without dashes, as in addresses of pages.</returns>
    public async Task<string> Publish()
    {
        using var seller = await Program("seller");
        var answer = await Send(seller, "/api/v1/lots", LotRequests.Cardboard(TimeProvider.System.GetUtcNow()));
        return answer.GetProperty("lot_id").GetGuid().ToString("N");
    }

    public static Task<JsonElement> Bid(HttpClient buyer, string lot, long tenge) => Send(buyer, $"/api/v1/lots/{lot}/bids", new { maximum = $"{tenge}.00" });

    public async Task<int> BidsOn(string lot) => (await Get($"lots/{lot}")).GetProperty("lot").GetProperty("bids").GetInt32();

    public async Task<JsonElement> Get(string path)
    {
        using var client = new HttpClient { BaseAddress = Address };
        return await client.GetFromJsonAsync<JsonElement>("/api/v1/" + path);
    }

    /// <summary>The id of some lot of the demo: a condition of the table of lots.</summary>
    public async Task<string> SomeLot(string condition) =>
        await Database.Single<string>($"SELECT l.lot_id FROM lots l JOIN lot_standings s ON s.lot_id = l.lot_id WHERE {condition} ORDER BY l.closes_at_ms DESC LIMIT 1") ?? throw new InvalidOperationException($"The demo has no lot with {condition}.");

    /// <summary>The id of some deal of the demo: a condition of the table of deals.</summary>
    public async Task<string> SomeDeal(string condition) =>
        await Database.Single<string>($"SELECT d.deal_id FROM deals d WHERE {condition} ORDER BY d.deal_id DESC LIMIT 1") ?? throw new InvalidOperationException($"The demo has no deal with {condition}.");

    /// <summary>The id of some document of the demo: a condition of the table of documents.</summary>
    public async Task<string> SomeDocument(string condition) =>
        await Database.Single<string>($"SELECT d.document_id FROM documents d WHERE {condition} ORDER BY d.document_id DESC LIMIT 1") ?? throw new InvalidOperationException($"The demo has no document with {condition}.");

    /// <summary>The check code of some document of the demo.</summary>
    public async Task<string> SomeCheckCode(string condition) =>
        await Database.Single<string>($"SELECT d.check_code FROM documents d WHERE {condition} ORDER BY d.document_id DESC LIMIT 1") ?? throw new InvalidOperationException($"The demo has no document with {condition}.");

    /// <summary>The last day whose trial balance is signed.</summary>
    public async Task<string> SignedDay() => await Database.Single<string>("SELECT MAX(day) FROM daily_balances") ?? throw new InvalidOperationException("The demo has no signed day.");

    private static async Task<JsonElement> Send(HttpClient client, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", CommandIds.New(TimeProvider.System).ToString());
        using var answer = await client.SendAsync(request);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? Chromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome")]).FirstOrDefault(File.Exists);
}
