using System.Collections.Concurrent;
using Ainalym.Front;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ainalym.Kill.Tests;

/// <summary>
/// The real executable is killed while many deals go on at once: lots close, awards fall, contracts lapse, buyers pay, goods are weighed and disputed. Every deal comes to its end, every hold ends, every
/// tiyn is somebody's, and what was once answered stays so.
/// </summary>
[Collection(nameof(MoneyTests))]
public sealed class DealKillTests : IDisposable
{
    private const int AtOnce = 16, Seed = 11;

    /// <summary>Tenge that a lot costs at times: with so much for each, money is short now and then.</summary>
    private const long Usual = 600_000;

    /// <summary>Answers to orders that a deal takes about.</summary>
    private const int Steps = 9;

    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";

    /// <summary>In it a machine that is busy with other things has done what it should have.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-kill-").FullName;
    private readonly List<RealHouse> houses = [];
    private IReadOnlyDictionary<Guid, Trader> traders = new Dictionary<Guid, Trader>();

    /// <summary>What broke off the sale of a lot.</summary>
    private readonly ConcurrentBag<Exception> broken = [];

    public void Dispose()
    {
        foreach (var house in houses) house.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task However_often_the_house_is_killed_every_deal_ends_and_every_tiyn_is_somebodys()
    {
        var (rounds, count, random) = (Long ? 20 : 4, Long ? 600 : 60, new Random(Seed));
        var bank = new Bank(SoldLots.BuyersBins);
        var each = count * Usual / SoldLots.BuyersBins.Count;
        var (lots, sellers, buyers) = await SoldLots.Make(folder, bank, each / 2, count, Seed);
        traders = sellers.Concat(buyers).ToDictionary();
        var clients = new Clients();
        var sales = lots.Index().Select(lot => new Sale(lot.Item, clients, traders, Seed + lot.Index)).ToList();
        var selling = Sell(sales);
        for (var round = 0; round < rounds; round++)
        {
            var house = await Next(bank, each / 4 / rounds);

            // The leases of the one before run out first. Every other time the clients wait for that, and the kill meets the followers at work; else it finds them asleep, and all is left to the next.
            if (round % 2 == 1) await CaughtUp();
            await Clients.Repeat(house.Http, clients.Done.OrderBy(_ => random.Next()).Take(20));
            await Task.WhenAny(clients.Meet(house, answers: count * Steps / (rounds + 2) * random.Next(60, 140) / 100), selling, Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System));
            clients.Kill(house);
            AllIsWell();
        }

        var last = await Next(bank, each * 3);
        await Clients.Repeat(last.Http, clients.Done.OrderBy(_ => random.Next()).Take(count));
        _ = clients.Meet(last, answers: int.MaxValue);
        await Task.WhenAny(selling, Task.Delay(Patience, TimeProvider.System));
        AllIsWell();
        sales.Where(sale => sale.Stands != "over").Select(sale => $"lot {sale.Lot.Id} ({sale.Lot.Course}): {sale.Stands}").Should().BeEmpty("each lot is sold to the end");
        await CaughtUp();

        var reckoning = new Reckoning(last.Http, sellers, buyers);
        await reckoning.Take(lots, bank.ByEach * 100);
        await reckoning.Papers(lots, new[] { TimeProvider.System.GetUtcNow(), CommandIds.TimeOf(lots[0].Id) }.Select(at => FactText.DayOf(at).Year).Distinct());
        reckoning.Wrong.Should().BeEmpty();
        reckoning.Ends.Keys.Should().BeEquivalentTo(["cancelled", "defaulted", "settled"]);
        clients.Unanswered.Should().BeGreaterThan(rounds, "kills meet orders that have no answer yet");
        TestContext.Current.TestOutputHelper!.WriteLine($"{clients.Done.Count} orders, {clients.Unanswered} of them broken off by {rounds} kills; {sales.Sum(sale => sale.Short)} times short of money; {string.Join(", ", reckoning.Ends)}");

        (await Says("reconcile")).Should().Contain("difference 0.00");
        (await Says("verify")).Should().Contain("ok");
        var balances = (await Says("trial-balance")).Where(line => line.Contains(" balance ", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[^1], StringComparer.Ordinal);
        balances.Should().BeEquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["available"] = Amount(reckoning.InWallets),
            ["bank"] = Amount(-bank.All * 100),
            ["escrow"] = Amount(0),
            ["platform-fee"] = Amount(reckoning.Fee),
            ["vat"] = Amount(reckoning.Vat),
        });
        (reckoning.InWallets + reckoning.Fee + reckoning.Vat).Should().Be(bank.All * 100);

        static string Amount(long minor) => new Money(minor, Currency.Kzt).Amount;
    }

    private Task Sell(IReadOnlyList<Sale> sales)
    {
        var some = new SemaphoreSlim(AtOnce);
        return Task.WhenAll(sales.Select(async sale =>
        {
            await some.WaitAsync();
            try
            {
                await sale.Run();
            }
            catch (Exception error)
            {
                broken.Add(error);
            }
            finally
            {
                some.Release();
            }
        }));
    }

    /// <summary>The bank tells that each buyer has paid in more, and the next process starts; everybody has signed in.</summary>
    private async Task<RealHouse> Next(Bank bank, long tenge)
    {
        await using (var between = Beside()) await bank.Tell(between, tenge);
        var house = new RealHouse(folder, program: null, "--bank-account", FrontOptions.DemoAccount);
        houses.Add(house);
        await house.Start();
        await Task.WhenAll(traders.Values.Append(SoldLots.Operator).Select(trader => trader.SignIn(house.Http)));
        return house;
    }

    /// <summary>Until the followers of the house that lives have handled all there is.</summary>
    private async Task CaughtUp()
    {
        await using var beside = Beside();
        var began = TimeProvider.System.GetTimestamp();
        while (await beside.Database.Query<string>("SELECT name || ' stands at ' || checkpoint || ' of ' || position FROM followers JOIN head ON checkpoint < position WHERE name <> 'reminders' ORDER BY name") is { Count: > 0 } behind)
        {
            AllIsWell();
            if (TimeProvider.System.GetElapsedTime(began) > Patience) behind.Should().BeEmpty("followers catch up");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>As far as can be told while sales go on.</summary>
    private void AllIsWell()
    {
        broken.Select(error => error.Message).Should().BeEmpty("each step of a sale is taken, sooner or later");
        houses.SelectMany(house => house.Complaints).Where(said => said.Length > 0).Should().BeEmpty("a kill is nothing that a house would have to complain of");
    }

    /// <summary>A look into the journal from outside of the house that lives; it starts nothing.</summary>
    private House Beside() => House.Open(FrontHost.Modules, new HouseOptions(folder), NullLoggerFactory.Instance);

    private async Task<string[]> Says(string verb)
    {
        var (code, answers) = await RealHouse.Verb(verb, "--data", folder);
        code.Should().Be(0, answers);
        return answers.Split('\n');
    }
}
