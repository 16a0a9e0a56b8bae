using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Kill.Tests;

namespace Ainalym.Cluster.Tests;

/// <summary>Two real processes share the bidding over one journal, and one of them is killed: in turn the one that stood first and the one that came later.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private static readonly Assembly Host = typeof(ClusterModule).Assembly;
    private static readonly string[] Bins = ["040340008429", "151140025060", "020240000555"];
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-cluster-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_bidding_goes_on_in_one_process_when_the_other_is_killed(bool theFirst)
    {
        using var first = House();
        await first.Start();
        using var second = House();
        await second.Start();
        var (dying, living) = theFirst ? (first, second) : (second, first);

        var seller = new Trader("seller", Bins[0]);
        Trader[] buyers = [new("buyer", Bins[1]), new("buyer", Bins[2])];
        foreach (var trader in buyers.Append(seller)) await trader.Register(first.Http);
        await seller.SignIn(second.Http);
        foreach (var buyer in buyers) await buyer.SignIn(second.Http);
        var lots = new List<Guid>();
        for (var n = 0; n < 6; n++) lots.Add(await seller.ListLot(n % 2 == 0 ? first.Http : second.Http, TimeProvider.System.GetUtcNow()));

        var price = 1_000L;
        var sent = new List<Sent>();
        var acknowledged = 0;
        var longest = 0.0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            for (var n = 0; n < 60; n++)
            {
                var maximum = Interlocked.Add(ref price, 5_000).ToString(CultureInfo.InvariantCulture);
                var bid = new Sent(buyers[client % 2], lots[(client + n) % lots.Count], CommandIds.New(TimeProvider.System), maximum);
                lock (sent) sent.Add(bid);
                var asked = Stopwatch.GetTimestamp();
                if (!await Bids.Try(client < 4 ? dying.Http : living.Http, bid)) await Eventually(living, bid);
                lock (sent) longest = Math.Max(longest, Stopwatch.GetElapsedTime(asked).TotalSeconds);
                if (Interlocked.Increment(ref acknowledged) == 150) dying.Kill();
            }
        }));

        acknowledged.Should().Be(480);
        longest.Should().BeLessThan(10, "what the killed process does not answer is handled by the other");
        sent.Count(bid => bid.Accepted).Should().BeGreaterThan(sent.Count / 4);
        await Bids.Repeat(living.Http, [.. sent.Take(100)]);
        await Bids.CountBids(living.Http, lots, sent);

        using var anew = House();
        await anew.Start();
        var after = new Sent(buyers[0], lots[0], CommandIds.New(TimeProvider.System), Interlocked.Add(ref price, 5_000).ToString(CultureInfo.InvariantCulture));
        sent.Add(after);
        (await Bids.Try(anew.Http, after)).Should().BeTrue();
        await Bids.CountBids(anew.Http, lots, sent);
        living.Kill();
        anew.Kill();
        var (code, answers) = await RealHouse.Verb(Host, "verify", "--data", folder);
        code.Should().Be(0, answers);
        answers.Should().Contain("ok");
    }

    private RealHouse House() => new(folder, Host, "--silo-port", Silos.FreePort().ToString(CultureInfo.InvariantCulture));

    /// <summary>As a client does that got no answer: the same command again, at the process that is left, until there is one.</summary>
    private static async Task Eventually(RealHouse living, Sent bid)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await Bids.Try(living.Http, bid))
            Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(30), "a command is answered by the process that is left");
    }
}
