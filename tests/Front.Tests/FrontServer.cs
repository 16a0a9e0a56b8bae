using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ainalym.Front.Demo;
using Ainalym.Front.Tests;
using Ainalym.Journal;
using Ainalym.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(FrontServer))]

// One server and one clock for all: what a test counts, another may not add to meanwhile.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Ainalym.Front.Tests;

/// <summary>The whole house on a port of its own and a data folder of its own, with the demo's organisations. The real server, as body limits and broken requests are its business.</summary>
public sealed class FrontServer : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-front-").FullName;
    private int registered;

    public WebApplication App { get; private set; } = null!;

    public SteppingTime Time { get; } = new(new DateTimeOffset(2026, 5, 4, 7, 0, 0, TimeSpan.Zero));

    public string DataFolder => folder;

    public IDatabase Database => App.Services.GetRequiredService<IDatabase>();

    public Uri Address => new(App.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        App = Build(folder, Time);
        App.MapGet("/no-policy", () => "open");
        App.MapPost("/api/v1/no-storage", string () => throw new StorageException("The disk is full at /secret/path.")).AllowAnonymous();
        App.MapPost("/api/v1/bug", string () => throw new InvalidOperationException("secret detail")).AllowAnonymous();
        App.MapGet("/bug", string () => throw new InvalidOperationException("secret detail")).AllowAnonymous();
        App.MapGet("/api/v1/ask", (Guid id, int n, Journal.Http.Cursor? after) => $"{id}{n}{after}").AllowAnonymous();
        await App.StartAsync();
        await DemoOrganisations.Register(Database, Time);
    }

    /// <summary>A house that allows as many requests as tests make.</summary>
    public static WebApplication Build(string folder, TimeProvider time, params (string Setting, string Value)[] settings) =>
        FrontHost.Build(new FrontOptions(folder, Urls: "http://127.0.0.1:0") { Time = time, BankAccounts = [new(TextValue.Parse<Iban>(FrontOptions.DemoAccount), Currency.Kzt)], BankHolderBin = TextValue.Parse<Bin>("991240000013") }, FrontPorts.Embedded, builder =>
        {
            foreach (var limit in (string[])["User", "Address", "SignIn"]) builder.Configuration[$"RateLimits:{limit}"] = "1000000";
            foreach (var (setting, value) in settings) builder.Configuration[setting] = value;
        });

    /// <summary>A visitor, reading English.</summary>
    public HttpClient Visitor() => App.Visitor();

    /// <summary>A program with a token of the demo's user of that key.</summary>
    public Task<HttpClient> Program(string key) => App.Program(key);

    /// <summary>A program of an organisation that has just registered, its id and its BIN.</summary>
    public async Task<(HttpClient Program, Guid Id, string Bin)> NewProgram(string role)
    {
        var organisation = NewOrganisation();
        organisation["role"] = role;
        var client = Visitor();
        var id = (await client.Register(organisation).Json()).GetProperty("organisation_id").GetGuid();
        var tokens = await client.SignIn((string)organisation["email"]!, (string)organisation["password"]!);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        return (client, id, (string)organisation["bin"]!);
    }

    /// <summary>A body for the register with a BIN and an address that nobody has used.</summary>
    public Dictionary<string, object?> NewOrganisation()
    {
        var n = Interlocked.Increment(ref registered);
        return new()
        {
            ["bin"] = DemoOrganisations.BinOf(1000 + n).ToString(),
            ["name"] = $"ТОО «Проба {n}»",
            ["region"] = "75",
            ["role"] = "buyer",
            ["email"] = $"user{n}@example.kz",
            ["password"] = "three plain words",
        };
    }

    /// <summary>The mails that are like that, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> Mails(Func<string, bool> like, int count)
    {
        for (; ; await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System))
        {
            var mails = Directory.Exists(Path.Combine(folder, "mail")) ? Directory.EnumerateFiles(Path.Combine(folder, "mail"), "*.eml").Select(File.ReadAllText).Where(like).ToList() : [];
            if (mails.Count >= count) return mails;
        }
    }

    public async Task<long> Organisations() => await Database.Single<long>("SELECT COUNT(*) FROM organisations");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What clients do, said shortly.</summary>
internal static partial class Asking
{
    /// <summary>A visitor of that house, reading English.</summary>
    public static HttpClient Visitor(this WebApplication app)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return client;
    }

    /// <summary>A program with a token of the demo's user of that key.</summary>
    public static async Task<HttpClient> Program(this WebApplication app, string key)
    {
        var client = app.Visitor();
        var tokens = await client.SignIn($"{key}@demo.ainalym.kz", DemoOrganisations.Password);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        return client;
    }

    /// <summary>Asks again until it is so: followers and reminders are behind by moments.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo()) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
    }

    public static async Task<JsonElement> SignIn(this HttpClient client, string email, string password)
    {
        var response = await client.PostAsJsonAsync("/api/v1/sign-in", new { email, password });
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Signs in as the demo's user of that key, as a browser does.</summary>
    public static async Task SignInByForm(this HttpClient client, string key)
    {
        using var answer = await client.SendForm("/sign-in", "/sign-in", new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = $"{key}@demo.ainalym.kz", ["password"] = DemoOrganisations.Password });
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> asked) => await (await asked).Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The status and the problem's code.</summary>
    public static async Task<(int Status, string? Code, string? Field)> Problem(this Task<HttpResponseMessage> asked)
    {
        var response = await asked;
        response.Content.Headers.ContentType?.MediaType.Should().Be("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("status").GetInt32().Should().Be((int)response.StatusCode);
        problem.GetProperty("type").GetString().Should().Be("https://ainalym.kz/problems/" + problem.GetProperty("code").GetString());
        return ((int)response.StatusCode, problem.GetProperty("code").GetString(), problem.TryGetProperty("field", out var field) ? field.GetString() : null);
    }

    public static Task<HttpResponseMessage> Register(this HttpClient client, object body, Guid? key = null) => client.Write(HttpMethod.Post, "/api/v1/registrations", body, key);

    /// <summary>Sends an order; without a key under one of its own.</summary>
    public static Task<HttpResponseMessage> Write(this HttpClient client, HttpMethod method, string path, object body, Guid? key = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", (key ?? CommandIds.New(TimeProvider.System)).ToString());
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostText(this HttpClient client, string path, string body) => client.PostBytes(path, System.Text.Encoding.UTF8.GetBytes(body));

    public static Task<HttpResponseMessage> PostBytes(this HttpClient client, string path, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return client.PostAsync(path, content);
    }

    /// <summary>Opens the page's form and sends it filled in.</summary>
    public static async Task<HttpResponseMessage> SendForm(this HttpClient client, string page, string action, IReadOnlyDictionary<string, string> fields)
    {
        var hidden = await client.HiddenFields(page, action);
        foreach (var (name, value) in fields) hidden[name] = value;
        return await client.PostAsync(action, new FormUrlEncodedContent(hidden));
    }

    /// <summary>What the page's form carries unseen.</summary>
    public static async Task<Dictionary<string, string>> HiddenFields(this HttpClient client, string page, string action)
    {
        var html = await client.GetStringAsync(page);
        html = html[html.IndexOf($"action=\"{action}\"", StringComparison.Ordinal)..];
        html = html[..html.IndexOf("</form>", StringComparison.Ordinal)];
        return Hidden().Matches(html).ToDictionary(input => input.Groups["name"].Value, input => System.Net.WebUtility.HtmlDecode(input.Groups["value"].Value), StringComparer.Ordinal);
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
