using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Ainalym.Front;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ainalym.Bench;

/// <summary>The real host on Kestrel, its clients in this process: a POST that authenticates, parses and answers, beside one that bids.</summary>
public static class OverHttp
{
    private const int Clients = 64;
    private const int Lots = 1_000;

    public static async Task<(Row NoOp, Row Bid)> Run(TimeSpan warmUp, TimeSpan measured)
    {
        var options = new FrontOptions(Ground.Folder("http"), Urls: "http://127.0.0.1:0");
        await using var app = FrontHost.Build(options, FrontPorts.Embedded, builder =>
        {
            foreach (var limit in new[] { "User", "Address", "SignIn" }) builder.Configuration[$"RateLimits:{limit}"] = "1000000000";
            builder.Logging.ClearProviders();
        });
        app.MapPost("/api/v1/no-op", (BidRequest body, IdempotencyKey key, ClaimsPrincipal user) =>
            PricePerTonne.TryParse(body.Maximum, out var maximum, out var unreadable) ? Results.Ok(new LotReceipt(key, maximum.MinorUnits, user.Organisation.Version)) : Problems.From(unreadable)).RequireAuthorization(Policies.Trade);
        await app.StartAsync();
        await Ground.List(app.Services.GetRequiredService<House>(), 0, Lots);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = new Uri(app.Urls.Single()) };
        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Buyer(http, n)));

        var noOp = await Drive(http, tokens, _ => "/api/v1/no-op", warmUp, measured);
        var bid = await Drive(http, tokens, n => $"/api/v1/lots/{Ground.Id("lot", n % Lots)}/bids", warmUp, measured);
        return (
            new("http no-op", noOp.PerSecond, noOp.Times, $"{Clients} connections, clients in the same process"),
            new("http bids", bid.PerSecond, bid.Times, $"{bid.Refused} refused"));
    }

    private static async Task<Bidding.Result> Drive(HttpClient http, string[] tokens, Func<int, string> path, TimeSpan warmUp, TimeSpan measured)
    {
        var from = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var ticks = new List<long>();
            var refused = 0L;
            for (var n = client; ; n += Clients + 1)
            {
                var before = Stopwatch.GetTimestamp();
                if (before >= until) return (ticks, refused);
                using var request = new HttpRequestMessage(HttpMethod.Post, path(n)) { Content = new StringContent($$"""{"maximum":"{{Ground.Higher().Amount}}"}""", System.Text.Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[client % tokens.Length]);
                request.Headers.Add(IdempotencyKey.Header, CommandIds.New(TimeProvider.System).ToString());
                using var answer = await http.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                var after = Stopwatch.GetTimestamp();
                if (after < from || after >= until) continue;
                if (answer.IsSuccessStatusCode) ticks.Add(after - before);
                else refused++;
            }
        })));
        var times = all.SelectMany(one => one.ticks).ToList();
        return new(times.Count, all.Sum(one => one.refused), measured, Times.Of(times));
    }

    private static async Task<string> Buyer(HttpClient http, int n)
    {
        var stem = $"2001400{n:0000}";
        while (Bin.CheckDigit(stem) is null) stem = $"2001401{n:0000}";
        var bin = stem + Bin.CheckDigit(stem);
        using var register = new HttpRequestMessage(HttpMethod.Post, "/api/v1/registrations")
        {
            Content = JsonContent.Create(new { bin, name = $"Buyer {n}", region = "75", role = "buyer", email = $"{bin}@example.kz", password = "twelve tonnes of paper" }),
        };
        register.Headers.Add(IdempotencyKey.Header, CommandIds.New(TimeProvider.System).ToString());
        using var registered = await http.SendAsync(register);
        if (!registered.IsSuccessStatusCode) throw new InvalidOperationException(await registered.Content.ReadAsStringAsync());
        using var signedIn = await http.PostAsJsonAsync("/api/v1/sign-in", new { email = $"{bin}@example.kz", password = "twelve tonnes of paper" });
        var tokens = JsonNode.Parse(await signedIn.Content.ReadAsStringAsync())!;
        return (tokens["access_token"] ?? tokens["accessToken"])!.GetValue<string>();
    }
}
