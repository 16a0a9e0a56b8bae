using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Ainalym.Journal;
using Ainalym.Support;

namespace Ainalym.Kill.Tests;

/// <summary>The real executable takes in statements and holds guarantees, and is killed on the way: every payment is there once, every guarantee is held once, and every tiyn is somebody's.</summary>
[Collection(nameof(MoneyTests))]
public sealed class MoneyTests : IDisposable
{
    private const int Guarantee = 1_000, Payment = 100;
    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";
    private static readonly string[] Bins = ["040340008429", "151140025060", "020240000555"];

    /// <summary>Who has had a bid taken on which lot.</summary>
    private readonly ConcurrentDictionary<(Trader Buyer, Guid Lot), bool> taken = new();

    /// <summary>Answers that no bid should get.</summary>
    private readonly ConcurrentBag<string> wrong = [];
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-kill-").FullName;

    private string Statement => Path.Combine(folder, "statement.xml");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Kills_lose_no_payment_and_hold_no_guarantee_twice()
    {
        var rounds = Long ? 20 : 4;
        var seller = new Trader("seller", Bins[0]);
        Trader[] buyers = [new("buyer", Bins[1]), new("buyer", Bins[2])];
        var lots = new List<Guid>();
        var random = new Random(7);
        var (payments, brokenOff, price) = (0, 0, 1_000L);
        for (var round = 0; round < rounds; round++)
        {
            using var house = new RealHouse(folder, program: null, "--bank-account", Camt.Account);
            await house.Start();
            if (round == 0)
            {
                foreach (var trader in buyers.Append(seller)) await trader.Register(house.Http);
                await seller.SignIn(house.Http);
                for (var n = 0; n < 4; n++) lots.Add(await seller.ListLot(house.Http, TimeProvider.System.GetUtcNow(), guarantee: 5));
            }

            // Each statement tells of all payments from the first on; its taking-in is killed at its second, third or fourth word.
            await Write(payments += 1_200);
            foreach (var buyer in buyers) await buyer.SignIn(house.Http);
            var bidding = Task.WhenAll(Enumerable.Range(0, 4).Select(async client =>
            {
                var own = new Random((round * 4) + client);
                while (await Bid(house, buyers[client % 2], lots[own.Next(lots.Count)], Interlocked.Add(ref price, 5_000)))
                {
                }
            }));
            if (await RealHouse.KilledVerb(2 + random.Next(3), Import)) brokenOff++;

            // The followers of the house before are dead, their leases run out first. Once money comes in, the house is killed in the middle of it.
            var before = await Paid(buyers[0], house.Http);
            var begun = TimeProvider.System.GetTimestamp();
            while (await Paid(buyers[0], house.Http) == before && TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(1)) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100)), TimeProvider.System);
            house.Kill();
            await bidding;
        }

        var (code, answers) = await RealHouse.Verb(Import);
        code.Should().Be(0, answers);
        brokenOff.Should().BeGreaterThan(rounds / 2);
        using var last = new RealHouse(folder, program: null, "--bank-account", Camt.Account);
        await last.Start();

        // The followers of who died wait for his leases to run out, and then post what is left.
        var started = TimeProvider.System.GetTimestamp();
        for (code = 1; code != 0 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2);) (code, answers) = await RealHouse.Verb("reconcile", "--data", folder);
        code.Should().Be(0, answers);
        foreach (var verb in (string[])["trial-balance", "verify"])
        {
            (code, answers) = await RealHouse.Verb(verb, "--data", folder);
            code.Should().Be(0, answers);
        }

        var held = 0L;
        foreach (var buyer in buyers)
        {
            await buyer.SignIn(last.Http);
            var holds = (await buyer.Get(last.Http, "/api/v1/wallet/KZT/holds"))["items"]!.AsArray().Select(hold => hold!).ToList();
            holds.Select(hold => hold["reference"]!.GetValue<string>()).Should().OnlyHaveUniqueItems("there is one guarantee for a lot");
            holds.Should().OnlyContain(hold => Tenge(hold["amount"]) == Guarantee);
            Tenge((await buyer.Get(last.Http, "/api/v1/wallet/KZT"))["held"]).Should().Be(holds.Count * Guarantee);
            (await Paid(buyer, last.Http)).Should().Be(payments / 2 * Payment, "each payment is there once");
            held += holds.Count;
        }

        held.Should().BeGreaterThan(0);
        wrong.Should().BeEmpty("a bid is taken, or refused for a reason, and who has a guarantee held is not asked for money again");
    }

    private static async Task<long> Paid(Trader buyer, HttpClient http)
    {
        var wallet = await buyer.Get(http, "/api/v1/wallet/KZT");
        return Tenge(wallet["available"]) + Tenge(wallet["held"]);
    }

    private string[] Import => ["import-statement", Statement, "--data", folder, "--bank-account", Camt.Account];

    /// <returns>False when the house was gone.</returns>
    private async Task<bool> Bid(RealHouse house, Trader buyer, Guid lot, long maximum)
    {
        var hasGuarantee = taken.ContainsKey((buyer, lot));
        try
        {
            var (status, body) = await buyer.Bid(house.Http, lot, CommandIds.New(TimeProvider.System), maximum.ToString(CultureInfo.InvariantCulture));
            if (status is HttpStatusCode.OK) taken[(buyer, lot)] = true;
            else if (status is not HttpStatusCode.Conflict || !Expected(JsonNode.Parse(body)!["code"]!.GetValue<string>(), hasGuarantee)) wrong.Add($"{status} {body}");
            return true;
        }
        catch (Exception error) when (RealHouse.IsGone(error))
        {
            return false;
        }
    }

    /// <param name="hasGuarantee">An earlier bid of the bidder on the lot was taken before this one was sent.</param>
    private static bool Expected(string code, bool hasGuarantee) =>
        code is "market.lot.below-minimum-bid" or "market.lot.not-above-own-maximum" || (code is "market.lot.guarantee-short" && !hasGuarantee);

    private Task Write(int payments) => File.WriteAllTextAsync(Statement, Camt.Document(Camt.Statement(
        0, payments * Payment, string.Concat(Enumerable.Range(0, payments).Select(n => Camt.Entry(string.Create(CultureInfo.InvariantCulture, $"P{n}"), Payment, written: $"БИН {Bins[1 + (n % 2)]}"))),
        id: string.Create(CultureInfo.InvariantCulture, $"S-{payments}"))));

    private static long Tenge(JsonNode? money) => (long)decimal.Parse(money!.GetValue<string>().Split(' ')[0], CultureInfo.InvariantCulture);
}
