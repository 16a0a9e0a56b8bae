using System.Globalization;
using Ainalym.Journal;

namespace Ainalym.Kill.Tests;

/// <summary>The real executable is killed while clients bid over HTTP; what was acknowledged is there, once, and repeats give the first answer.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";
    private static readonly string[] Bins = ["040340008429", "151140025060", "020240000555"];
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-kill-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Twenty_kills_lose_nothing_and_repeat_nothing()
    {
        var seller = new Trader("seller", Bins[0]);
        Trader[] buyers = [new("buyer", Bins[1]), new("buyer", Bins[2])];
        var sent = new List<Sent>();
        var lots = new List<Guid>();
        var price = 1_000L;
        var random = new Random(20);
        var kills = Long ? 60 : 20;

        for (var round = 0; round <= kills; round++)
        {
            using var house = new RealHouse(folder);
            await house.Start();
            if (round == 0)
            {
                foreach (var trader in buyers.Append(seller)) await trader.Register(house.Http);
                await seller.SignIn(house.Http);
                for (var n = 0; n < 5; n++) lots.Add(await seller.ListLot(house.Http, TimeProvider.System.GetUtcNow()));
            }

            foreach (var buyer in buyers) await buyer.SignIn(house.Http);
            await Bids.SettleUnknown(house.Http, sent);
            await Bids.Repeat(house.Http, [.. sent.Where(bid => bid.Answer is not null).OrderBy(_ => random.Next()).Take(20)]);
            await Bids.CountBids(house.Http, lots, sent);
            if (round == kills) break;

            var enough = 20 + random.Next(60);
            var acknowledged = 0;
            var killed = false;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
            {
                while (!Volatile.Read(ref killed))
                {
                    var maximum = Interlocked.Add(ref price, 5_000).ToString(CultureInfo.InvariantCulture);
                    var bid = new Sent(buyers[client % 2], lots[client % lots.Count], CommandIds.New(TimeProvider.System), maximum);
                    lock (sent) sent.Add(bid);
                    if (!await Bids.Try(house.Http, bid)) return;
                    if (Interlocked.Increment(ref acknowledged) != enough) continue;
                    Volatile.Write(ref killed, true);
                    house.Kill();
                }
            }));
        }

        sent.Count(bid => bid.Accepted).Should().BeGreaterThan(kills * 20);
        var (code, answers) = await RealHouse.Verb("verify", "--data", folder);
        code.Should().Be(0, answers);
        answers.Should().Contain("ok");
    }

    [Fact]
    public async Task Two_processes_on_one_database_lose_nothing_and_starve_nobody()
    {
        using var one = new RealHouse(folder);
        await one.Start();
        using var two = new RealHouse(folder);
        await two.Start();
        var seller = new Trader("seller", Bins[0]);
        Trader[] buyers = [new("buyer", Bins[1]), new("buyer", Bins[2])];
        foreach (var trader in buyers.Append(seller)) await trader.Register(one.Http);
        await seller.SignIn(two.Http);
        foreach (var buyer in buyers) await buyer.SignIn(two.Http);
        var lots = new List<Guid> { await seller.ListLot(one.Http, TimeProvider.System.GetUtcNow()), await seller.ListLot(two.Http, TimeProvider.System.GetUtcNow()) };

        var price = 1_000L;
        var sent = new List<Sent>();
        var perClient = Long ? 600 : 100;
        var waits = await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            var worst = TimeSpan.Zero;
            for (var n = 0; n < perClient; n++)
            {
                var bid = new Sent(buyers[client % 2], lots[n % 2], CommandIds.New(TimeProvider.System), Interlocked.Add(ref price, 5_000).ToString(CultureInfo.InvariantCulture));
                lock (sent) sent.Add(bid);
                var before = System.Diagnostics.Stopwatch.GetTimestamp();
                (await Bids.Try(client < 4 ? one.Http : two.Http, bid)).Should().BeTrue();
                var waited = System.Diagnostics.Stopwatch.GetElapsedTime(before);
                if (waited > worst) worst = waited;
            }

            return worst;
        }));

        sent.Count(bid => bid.Accepted).Should().BeGreaterThan(sent.Count / 2);
        waits.Max().Should().BeLessThan(TimeSpan.FromSeconds(5), "nobody starves");
        await Bids.Repeat(two.Http, [.. sent.Take(50)]);
        await Bids.CountBids(one.Http, lots, sent);
        await Bids.CountBids(two.Http, lots, sent);
        one.Kill();
        two.Kill();
        var (code, answers) = await RealHouse.Verb("verify", "--data", folder);
        code.Should().Be(0, answers);
    }
}
