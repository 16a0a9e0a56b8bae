using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ainalym.Front;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ainalym.Bench;

/// <summary>Many watch one lot over server-sent events, from another process; how long after its commit a bid has reached the last of them, and what a watcher costs the host in memory.</summary>
public static class Watchers
{
    public const string WorkerFlag = "--watchers";
    private const int BidsASecond = 10;
    private const string Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<(Row Row, double BytesPerWatcher)> Run(int watchers, TimeSpan warmUp, TimeSpan measured)
    {
        await using var app = FrontHost.Build(new FrontOptions(Ground.Folder("watchers"), Urls: "http://127.0.0.1:0"), FrontPorts.Embedded, builder =>
        {
            builder.Configuration["RateLimits:Address"] = "1000000000";
            builder.Logging.ClearProviders();
        });
        await app.StartAsync();
        var house = app.Services.GetRequiredService<House>();
        await Ground.List(house, 0, 1);
        var before = Held();
        using var watching = Start(new Uri(app.Urls.Single()), watchers);
        if (await watching.StandardOutput.ReadLineAsync() is not Ready) throw new InvalidOperationException("The watchers did not all connect.");
        var perWatcher = (Held() - before) / (double)watchers;

        var committed = new Dictionary<long, long>();
        var from = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        for (var n = 0; Stopwatch.GetTimestamp() < until; n++)
        {
            var bidder = Ground.Id("bidder", n % 2);
            var bid = new PlaceBid(CommandIds.New(TimeProvider.System), bidder, Ground.Higher()) { Facts = new BidFacts([bidder], new string('5', 64)) };
            var receipt = await house.Grains.Handle(LotGrain.Kind, Ground.Id("lot", 0), bid, new Caller(Ground.Id("user", 1 + (n % 2)), bidder, Roles.Buyer));
            var at = Stopwatch.GetTimestamp();
            if (receipt.Refusals.Count > 0) throw new InvalidOperationException($"A bid was refused: {receipt.Refusals[0].Code}.");
            if (at >= from) committed[receipt.Position] = at;
            await Task.Delay(TimeSpan.FromSeconds(1.0 / BidsASecond), TimeProvider.System);
        }

        await Task.Delay(Patience, TimeProvider.System);
        await watching.StandardInput.WriteLineAsync();
        var seen = (await watching.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray())
            .ToDictionary(line => line[0], line => (Times: line[1], Last: line[2]));
        await watching.WaitForExitAsync();
        var missed = committed.Keys.Sum(position => watchers - (seen.TryGetValue(position, out var news) ? news.Times : 0));
        if (missed != 0) throw new InvalidOperationException($"{missed} pieces of news did not come within {Patience.TotalSeconds} seconds.");
        var times = Times.Of([.. committed.Select(bid => seen[bid.Key].Last - bid.Value)]);
        return (
            new($"watchers, {watchers:N0} on one lot", committed.Count * (double)watchers / measured.TotalSeconds, times, string.Create(CultureInfo.InvariantCulture, $"pieces of news; times from a commit to the last watcher; {perWatcher / 1024:0.0} KiB each")),
            perWatcher);
    }

    /// <summary>What the watching process runs: prints when all are connected, and, told to end, how many saw each piece of news and when the last did.</summary>
    public static async Task Work(string[] args)
    {
        var (house, watchers) = (new Uri(args[1]), int.Parse(args[2], CultureInfo.InvariantCulture));
        var seen = new ConcurrentDictionary<long, News>();
        var greeted = 0;
        var all = new TaskCompletionSource();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = watchers }) { BaseAddress = house };
        for (var n = 0; n < watchers; n++) _ = Watch(await http.GetStreamAsync($"/api/v1/lots/{Ground.Id("lot", 0)}/live"));

        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Console.WriteLine(Ready);
        await Console.In.ReadLineAsync();
        foreach (var (position, news) in seen) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{position} {news.Times} {news.Last}"));

        async Task Watch(Stream stream)
        {
            using var lines = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1024);
            var name = "";
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                if (!line.StartsWith("id: ", StringComparison.Ordinal)) continue;
                if (name == "hello" && Interlocked.Increment(ref greeted) == watchers) all.SetResult();
                if (name == "bid") seen.GetOrAdd(long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture), _ => new News()).Note(Stopwatch.GetTimestamp());
            }
        }
    }

    private static long Held()
    {
        // What earlier rows have left goes back to the system first, or it would hide what comes.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static Process Start(Uri house, int watchers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(Watchers).Assembly.Location);
        foreach (var arg in (string[])[WorkerFlag, house.ToString(), watchers.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    private sealed class News
    {
        private long times, last;

        public long Times => Volatile.Read(ref times);

        public long Last => Volatile.Read(ref last);

        public void Note(long at)
        {
            for (var seen = Last; seen < at; seen = Last)
                if (Interlocked.CompareExchange(ref last, at, seen) == seen) break;
            Interlocked.Increment(ref times);
        }
    }
}
