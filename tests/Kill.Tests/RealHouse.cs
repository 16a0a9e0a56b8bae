using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ainalym.Front;

namespace Ainalym.Kill.Tests;

/// <summary>The real executable in a process of its own, on a data folder that outlives it.</summary>
/// <param name="program">The host's assembly; the embedded one if there is none.</param>
/// <param name="more">What its command line says beyond the folder and the address.</param>
internal sealed class RealHouse(string folder, Assembly? program = null, params string[] more) : IDisposable
{
    private readonly string url = $"http://127.0.0.1:{FreePort()}";
    private Process? process;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task Start()
    {
        process = Process.Start(Order(program, ["--data", folder, "--urls", url, .. more]))!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) => Complaints.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        Http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(20) };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
            {
                await Task.Yield();
            }

            if (process.HasExited) throw new InvalidOperationException($"The house ended with {process.ExitCode}: {string.Join('\n', Complaints)}");
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60)) throw new TimeoutException("The house is not ready after a minute.");
        }
    }

    /// <summary>What it has said to who runs it of things that went wrong: its last words, and what was thrown and logged.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Whether an error is what a client gets that asks a house which is gone, or is killed before it has answered.</summary>
    public static bool IsGone(Exception error) => error is HttpRequestException or ObjectDisposedException or TaskCanceledException or InvalidOperationException or IOException;

    /// <summary>SIGKILL: it gets no chance to say anything.</summary>
    public void Kill()
    {
        process!.Kill(entireProcessTree: true);
        process.WaitForExit();
        Http.Dispose();
    }

    /// <summary>Runs a verb to its end.</summary>
    public static Task<(int Code, string Answers)> Verb(params string[] args) => Verb(program: null, args);

    public static async Task<(int Code, string Answers)> Verb(Assembly? program, params string[] args)
    {
        using var verb = Process.Start(Order(program, args))!;
        var complaints = verb.StandardError.ReadToEndAsync();
        var answers = await verb.StandardOutput.ReadToEndAsync();
        await verb.WaitForExitAsync();
        return (verb.ExitCode, answers + await complaints);
    }

    /// <summary>Runs a verb and kills it when it has said so many lines, whatever it is doing.</summary>
    /// <returns>False when it had ended before.</returns>
    public static async Task<bool> KilledVerb(int afterLines, params string[] args)
    {
        using var verb = Process.Start(Order(program: null, args))!;
        var answers = verb.StandardOutput.ReadToEndAsync();
        for (var line = 0; line < afterLines && await verb.StandardError.ReadLineAsync() is not null; line++)
        {
        }

        var living = !verb.HasExited;
        verb.Kill(entireProcessTree: true);
        await verb.WaitForExitAsync();
        await answers;
        return living && verb.ExitCode != 0;
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) Kill();
        process?.Dispose();
    }

    /// <summary>Of a line of its log the beginning, which says what failed and why.</summary>
    private void Hear(string? line)
    {
        if (line?.Contains("\"Exception\":", StringComparison.Ordinal) == true) Complaints.Enqueue(line[..Math.Min(line.Length, 500)]);
    }

    private static ProcessStartInfo Order(Assembly? program, string[] args)
    {
        var order = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        order.Environment["RateLimits__User"] = "10000000";
        order.Environment["RateLimits__Address"] = "10000000";
        order.Environment["RateLimits__SignIn"] = "10000000";
        order.Environment.Remove("MARKET_CONNECTION");
        order.ArgumentList.Add((program ?? typeof(FrontHost).Assembly).Location);
        foreach (var arg in args) order.ArgumentList.Add(arg);
        return order;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>An organisation that uses the API.</summary>
internal sealed class Trader(string role, string bin)
{
    private string? token;

    public string Email { get; init; } = $"{bin}@example.kz";

    public string Password { get; init; } = "twelve tonnes of paper";

    public async Task Register(HttpClient http)
    {
        using var answer = await Send(http, HttpMethod.Post, "/api/v1/registrations", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), new JsonObject
        {
            ["bin"] = bin,
            ["name"] = $"{role} {bin}",
            ["region"] = "75",
            ["role"] = role,
            ["email"] = Email,
            ["password"] = Password,
        });
        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    public async Task SignIn(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/api/v1/sign-in", UriKind.Relative), new { email = Email, password = Password });
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, text);
        var tokens = JsonNode.Parse(text)!;
        token = (tokens["access_token"] ?? tokens["accessToken"])!.GetValue<string>();
    }

    /// <param name="guarantee">Per cent of what the lot opens at, which is 20,000 tenge.</param>
    public async Task<Guid> ListLot(HttpClient http, DateTimeOffset now, int guarantee = 0)
    {
        using var answer = await Send(http, HttpMethod.Post, "/api/v1/lots", Guid.CreateVersion7(now), new JsonObject
        {
            ["grade"] = "1.04.00",
            ["waste_code"] = "15 01 01",
            ["mass_kg"] = "20000",
            ["form"] = "bales",
            ["moisture_percent"] = "8",
            ["contamination_percent"] = "1",
            ["region"] = "75",
            ["place"] = "Алматы",
            ["latitude"] = 43.25,
            ["longitude"] = 76.95,
            ["pick_up_from"] = now.AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["pick_up_to"] = now.AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["description"] = "Гофрокартон",
            ["format"] = "ascending",
            ["opening_price"] = "1000.00",
            ["guarantee_percent"] = guarantee.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["closes_at"] = now.AddDays(1).ToString("O"),
        });
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!["lot_id"]!.GetValue<Guid>();
    }

    public async Task<JsonNode> Get(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <returns>The status and the body of the answer.</returns>
    public Task<(HttpStatusCode Status, string Body)> Bid(HttpClient http, Guid lot, Guid commandId, string maximum) => Post(http, $"/api/v1/lots/{lot}/bids", commandId, new JsonObject { ["maximum"] = maximum });

    /// <returns>The status and the body of the answer.</returns>
    public async Task<(HttpStatusCode Status, string Body)> Post(HttpClient http, string path, Guid commandId, JsonNode body)
    {
        using var answer = await Send(http, HttpMethod.Post, path, commandId, body);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> Send(HttpClient http, HttpMethod method, string path, Guid commandId, JsonNode body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
        request.Headers.Add("Idempotency-Key", commandId.ToString());
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
