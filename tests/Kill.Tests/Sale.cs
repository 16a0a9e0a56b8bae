using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Kill.Tests;

/// <summary>What seller, buyers and operator do with one lot, step after step, to the end of its last deal. Each step has one command id, however often it is said.</summary>
internal sealed class Sale(SoldLot lot, Clients clients, IReadOnlyDictionary<Guid, Trader> traders, int seed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Trader Operator = SoldLots.Operator;

    private readonly Random random = new(seed);
    private readonly DateTimeOffset began = TimeProvider.System.GetUtcNow();
    private int steps, tickets;

    public SoldLot Lot => lot;

    /// <summary>What it does or waits for.</summary>
    public string Stands { get; private set; } = "not begun";

    /// <summary>How often the buyer was told that his money is short.</summary>
    public int Short { get; private set; }

    private Trader Seller => traders[lot.Seller];

    public async Task Run()
    {
        switch (lot.Course)
        {
            case Course.Straight:
                await Conclude(lot.Deal!.Value, traders[lot.Winner]);
                break;
            case Course.NotAccepted:
                await Until(lot.Deal!.Value, "cancelled");
                break;
            case Course.BuyerSilent or Course.NotPaid:
                await Until(lot.Deal!.Value, "defaulted");
                await OfferToSecond();
                break;
            case Course.Complained:
                await Complain(await Opened());
                await OfferToSecond();
                break;
        }

        Stands = "over";
    }

    /// <summary>From the contract to the settlement.</summary>
    private async Task Conclude(Guid deal, Trader buyer)
    {
        await Until(deal, "contract");
        foreach (var party in random.Next(2) == 0 ? [Seller, buyer] : (Trader[])[buyer, Seller]) await Do(party, deal, "contract");
        await Pay(deal, buyer);
        await Hand(deal, buyer);
        if (random.Next(8) == 0)
        {
            await Do(buyer, deal, "dispute", Reason("Ничего не привезли"));
            if (random.Next(2) == 0)
            {
                await Decide(deal, Mass.Zero);
                return;
            }

            await Do(Operator, deal, "dispute/resumption", Reason("Довезут"));
        }

        // Mostly near what was awarded, on either side of it; at times far off.
        await Weigh(deal, buyer, random.Next(3) > 0 ? random.Next(955, 1_045) : random.Next(2) == 0 ? random.Next(500, 940) : random.Next(1_070, 1_200), loads: random.Next(1, 4));
        await Do(buyer, deal, "receipt");
        if (await Stage(deal) == "received") await Answer(deal, buyer);

        // What is missing is taken by itself once his bank has told of more.
        while (await Stage(deal) == "underpaid") await Task.Delay(Pause, TimeProvider.System);
    }

    private async Task Hand(Guid deal, Trader buyer)
    {
        var day = FactText.DayOf(began).AddDays(2);
        if (random.Next(3) == 0) await Do(Seller, deal, "pick-up", Day(day.AddDays(1)));
        await Do(buyer, deal, "pick-up", Day(day));
        await Do(Seller, deal, "pick-up", Day(day));
        await Do(random.Next(2) == 0 ? Seller : buyer, deal, "loading", new() { ["vehicle"] = "123 ABC 02" });

        static JsonObject Day(DateOnly day) => new() { ["day"] = day.ToString("O", CultureInfo.InvariantCulture) };
    }

    /// <summary>To a receipt that is far from the award: the seller takes it, or the operator decides, or has it weighed again.</summary>
    private async Task Answer(Guid deal, Trader buyer)
    {
        var how = random.Next(4);
        if (how > 0) await Do(Seller, deal, "dispute", Reason("Весы не поверены"));
        if (how > 1) await Do(buyer, deal, "evidence", new() { ["text"] = "Талон весовой приложен" });
        switch (how)
        {
            case 1:
                await Decide(deal, payable: null);
                break;
            case 2:
                await Decide(deal, Mass.FromGrams(lot.Mass.Grams / 100 * random.Next(0, 100)));
                break;
            case 3:
                await Do(Operator, deal, "dispute/resumption", Reason("Взвесить ещё"));
                await Weigh(deal, buyer, random.Next(10, 200), loads: 1);
                await Do(buyer, deal, "receipt");
                break;
        }

        if (await Stage(deal) == "received") await Do(Seller, deal, "confirmation");
    }

    /// <summary>The second bidder's complaint is dismissed, the seller's own is upheld.</summary>
    private async Task Complain(Guid deal)
    {
        await Do(traders[lot.Second], deal, "complaint", Reason("Победитель связан с продавцом"));
        await Do(Operator, deal, "complaint/decision", new() { ["upheld"] = false, ["reason"] = "Не связан" });
        await Do(Seller, deal, "complaint", Reason("Победитель отказался"));
        await Do(Operator, deal, "complaint/decision", new() { ["upheld"] = true, ["reason"] = "Отказался" });
    }

    private async Task OfferToSecond()
    {
        var offered = await Do(Seller, $"/api/v1/lots/{lot.Id}/second-offer", []);
        var (deal, buyer, taken) = (offered["deal_id"]!.GetValue<Guid>(), traders[lot.Second], random.Next(4) > 0);
        await Do(buyer, deal, "answer", new() { ["accepted"] = taken });
        if (taken) await Conclude(deal, buyer);
    }

    /// <summary>Pays; who has too little tries again until his bank has told of more.</summary>
    private async Task Pay(Guid deal, Trader buyer)
    {
        while (true)
        {
            var (status, body) = await Order(buyer, $"/api/v1/deals/{deal}/payment", []);
            if (status == HttpStatusCode.OK) return;
            if (body["code"]!.GetValue<string>() != "market.deal.money-short") throw Unexpected(status, body);
            Short++;
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <param name="thousandths">So much of the lot's mass comes in all.</param>
    private async Task Weigh(Guid deal, Trader buyer, int thousandths, int loads)
    {
        const long Tare = 8_140_000;
        var left = lot.Mass.Grams / 1_000 * thousandths;
        for (; loads > 0; loads--)
        {
            var net = left / loads;
            left -= net;
            if (random.Next(5) == 0)
            {
                await Load(net + random.Next(-1_000, 1_000));
                await Do(buyer, deal, "weighings/void", new() { ["ticket"] = Ticket(), ["reason"] = "Ошибка" });
            }

            await Load(net);
        }

        Task Load(long net)
        {
            tickets++;
            return Do(buyer, deal, "weighings", new()
            {
                ["gross_kg"] = Mass.FromGrams(net + Tare).ToString(),
                ["tare_kg"] = Mass.FromGrams(Tare).ToString(),
                ["moisture_percent"] = random.Next(6, 11).ToString(CultureInfo.InvariantCulture),
                ["contamination_percent"] = random.Next(0, 3).ToString(CultureInfo.InvariantCulture),
                ["ticket"] = Ticket(),
                ["vehicle"] = "123 ABC 02",
            });
        }

        string Ticket() => string.Create(CultureInfo.InvariantCulture, $"T-{tickets}");
    }

    /// <param name="payable">None: as the scale has it.</param>
    private Task Decide(Guid deal, Mass? payable) => Do(Operator, deal, "dispute/decision", new() { ["reason"] = "Решено", ["payable_kg"] = payable?.ToString() });

    private static JsonObject Reason(string reason) => new() { ["reason"] = reason };

    private Task Do(Trader who, Guid deal, string what, JsonObject? body = null) => Do(who, $"/api/v1/deals/{deal}/{what}", body ?? []);

    private async Task<JsonNode> Do(Trader who, string path, JsonObject body)
    {
        var (status, answer) = await Order(who, path, body);
        return status == HttpStatusCode.OK ? answer : throw Unexpected(status, answer);
    }

    private Task<(HttpStatusCode Status, JsonNode Body)> Order(Trader who, string path, JsonObject body)
    {
        Stands = path;
        return clients.Order(who, path, CommandIds.Derived(began, $"{lot.Id:N}/{steps++}"), body);
    }

    private InvalidOperationException Unexpected(HttpStatusCode status, JsonNode body) => new($"{Stands} of lot {lot.Id} ({lot.Course}) was answered with {status}: {body.ToJsonString()}");

    /// <summary>The deal of a lot that closes only now.</summary>
    private async Task<Guid> Opened()
    {
        Stands = "waits for the deal to be opened";
        for (; ; await Task.Delay(Pause, TimeProvider.System))
            await foreach (var deal in Clients.All("/api/v1/deals?size=100", page => clients.Look(Seller, page)))
                if (deal["lot_id"]!.GetValue<Guid>() == lot.Id) return deal["deal_id"]!.GetValue<Guid>();
    }

    private async Task Until(Guid deal, string stage)
    {
        Stands = $"waits for deal {deal} to be at '{stage}'";
        while (await Stage(deal) != stage) await Task.Delay(Pause, TimeProvider.System);
    }

    private async Task<string> Stage(Guid deal) => (await clients.Look(Operator, $"/api/v1/deals/{deal}"))["deal"]!["stage"]!.GetValue<string>();
}
