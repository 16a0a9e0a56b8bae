using System.Globalization;
using System.Text.Json.Nodes;
using Ainalym.Kernel;

namespace Ainalym.Kill.Tests;

/// <summary>What everybody should have by what the deals say, against what the ledger says he has. In minor units.</summary>
internal sealed class Reckoning(HttpClient http, IReadOnlyDictionary<Guid, Trader> sellers, IReadOnlyDictionary<Guid, Trader> buyers)
{
    private readonly Dictionary<Guid, long> should = [];
    private readonly Dictionary<(string Kind, string Subject), int> papers = [];

    /// <summary>What does not add up, in words; nothing when all is well.</summary>
    public List<string> Wrong { get; } = [];

    public long Fee { get; private set; }

    public long Vat { get; private set; }

    /// <summary>What is in the organisations' wallets.</summary>
    public long InWallets { get; private set; }

    /// <summary>How many deals came to which end.</summary>
    public SortedDictionary<string, int> Ends { get; } = new(StringComparer.Ordinal);

    /// <param name="paidIn">By each buyer.</param>
    public async Task Take(IReadOnlyList<SoldLot> lots, long paidIn)
    {
        foreach (var seller in sellers.Keys) should[seller] = 0;
        foreach (var buyer in buyers.Keys) should[buyer] = paidIn;
        var left = lots.ToDictionary(lot => lot.Id, lot => lot.Course is Course.Straight or Course.NotAccepted ? 1 : 2);
        foreach (var (_, seller) in sellers)
            await foreach (var listed in Clients.All("/api/v1/deals?size=100", page => seller.Get(http, page)))
            {
                left[listed["lot_id"]!.GetValue<Guid>()]--;
                Deal(await SoldLots.Operator.Get(http, $"/api/v1/deals/{listed["deal_id"]}"));
            }

        Wrong.AddRange(left.Where(lot => lot.Value != 0).Select(lot => $"lot {lot.Key}: {lot.Value} deals too few"));
        foreach (var (id, who) in sellers.Concat(buyers)) await Wallet(id, who);
    }

    /// <summary>One document of each kind for what it is about, and in each series no number left out.</summary>
    /// <param name="years">Those that documents were issued in.</param>
    public async Task Papers(IReadOnlyList<SoldLot> lots, IEnumerable<int> years)
    {
        foreach (var lot in lots) papers[("guarantee-receipt", lot.Id.ToString("N"))] = SoldLots.Bidders;
        foreach (var code in (string[])["GR", "CT", "AA", "SS", "IN", "FS", "RS"])
            foreach (var year in years)
            {
                var (series, n) = (string.Create(CultureInfo.InvariantCulture, $"{code}-{year}"), 0);
                await foreach (var paper in Clients.All($"/api/v1/document-series/{series}?", page => SoldLots.Operator.Get(http, page)))
                {
                    var number = paper["number"]!.GetValue<string>();
                    if (number != string.Create(CultureInfo.InvariantCulture, $"{series}-{++n:D6}")) Wrong.Add($"{number} stands at place {n}");
                    Expect(paper["kind"]!.GetValue<string>(), paper["subject"]!.GetValue<string>(), -1);
                }
            }

        Wrong.AddRange(papers.Where(paper => paper.Value != 0).Select(paper => $"{paper.Key.Kind} for {paper.Key.Subject}: {paper.Value} too few"));
    }

    private void Deal(JsonNode answer)
    {
        var (deal, sums) = (answer["deal"]!, answer["sums"]);
        var (id, stage) = (deal["deal_id"]!.GetValue<Guid>().ToString("N"), deal["stage"]!.GetValue<string>());
        var (seller, buyer) = (deal["seller_id"]!.GetValue<Guid>(), deal["buyer_id"]!.GetValue<Guid>());
        var (paid, resumed, act) = (0L, 0, -1);
        Ends[stage] = Ends.GetValueOrDefault(stage) + 1;
        foreach (var step in answer["steps"]!.AsArray())
        {
            var amount = step!["amount"] is { } said ? Minor(said) : 0;
            switch (step["step"]!.GetValue<string>())
            {
                case "payment-due":
                    Expect("contract", id, 1);
                    break;
                case "deal-paid" or "top-up-paid":
                    paid += amount;
                    should[buyer] -= amount;
                    break;
                case "handover-resumed":
                    resumed++;
                    break;
                case "receipt-ended":
                    Act();
                    break;
                case "deal-settled":
                    Act();
                    Expect("settlement-statement", id, 1);
                    Expect("fee-invoice", id, 1);
                    break;
                case "deal-cancelled":
                    should[buyer] += amount;
                    if (amount != paid) Wrong.Add($"deal {id} was paid {paid} and gave back {amount}");
                    if (amount > 0) Expect("refund-statement", id, 1);
                    break;
                case "deal-defaulted":
                    should[buyer] -= amount;
                    should[seller] += amount;
                    Expect("forfeit-statement", id, 1);
                    break;
            }
        }

        if (stage is not ("settled" or "cancelled" or "defaulted")) Wrong.Add($"deal {id} ended at '{stage}'");
        if (stage != "settled") return;
        var (proceeds, fee, vat, refund) = (Minor(sums!["proceeds"]!), Minor(sums["fee"]!), Minor(sums["vat"]!), Minor(sums["refund"]!));
        if (proceeds + fee + vat + refund != paid || Minor(sums["paid"]!) != paid) Wrong.Add($"deal {id} was paid {paid}: {sums.ToJsonString()}");
        should[seller] += proceeds;
        should[buyer] += refund;
        (Fee, Vat) = (Fee + fee, Vat + vat);

        // Whoever hands over again has another act.
        void Act()
        {
            if (act != resumed) Expect("acceptance-act", id, 1);
            act = resumed;
        }
    }

    private async Task Wallet(Guid id, Trader who)
    {
        var wallet = await who.Get(http, "/api/v1/wallet/KZT");
        var (available, held, outgoing) = (Minor(wallet["available"]!), Minor(wallet["held"]!), Minor(wallet["outgoing"]!));
        InWallets += available;
        if (held != 0 || outgoing != 0) Wrong.Add($"{who.Email} has {held} held: {(await who.Get(http, "/api/v1/wallet/KZT/holds"))["items"]!.ToJsonString()}, and {outgoing} outgoing");
        if (available != should[id]) Wrong.Add($"{who.Email} has {available} and should have {should[id]}: off by {available - should[id]}");
    }

    private void Expect(string kind, string subject, int more) => papers[(kind, subject)] = papers.GetValueOrDefault((kind, subject)) + more;

    private static long Minor(JsonNode money) => TextValue.Parse<Money>(money.GetValue<string>()).MinorUnits;
}
