using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Guarantees;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front;

/// <summary>
/// Takes what the goods of a deal cost beyond what was paid as soon as its buyer has it, wherever it comes from. Hardly any deal waits for that, so which ones do is asked once a page and not of every
/// wallet. A top-up that failed is looked at too: the money may have come while it was on its way.
/// </summary>
internal sealed class TopUps(DealQueries deals, DealMoney money, Debts debts, FreeMoney free) : Follower("front/top-ups")
{
    private const int AtOnce = 200;

    public override async Task Handle(IReadOnlyList<Envelope> page, CancellationToken ct)
    {
        HashSet<(string Currency, Guid Owner)> grown = [.. page.Select(envelope => (Currency: envelope.Id, Owner: Wallets.Grown(envelope.Event))).Where(wallet => wallet.Owner is not null).Select(wallet => (wallet.Currency, wallet.Owner!.Value))];
        var failed = page.Where(envelope => envelope.Event is PaymentFailed).Select(envelope => envelope.Id).ToHashSet(StringComparer.Ordinal);
        if (grown.Count + failed.Count == 0) return;
        IReadOnlyList<DealRow> waiting;
        for (var after = ""; (waiting = await deals.Underpaid(after, AtOnce, ct)).Count > 0; after = waiting[^1].DealId)
        {
            foreach (var deal in waiting.Where(deal => grown.Contains((deal.Currency, deal.Buyer)) || failed.Contains(deal.DealId))) await Take(deal, ct);
            if (waiting.Count < AtOnce) return;
        }
    }

    public override Task Handle(Envelope envelope, CancellationToken ct) => Handle([envelope], ct);

    /// <summary>All that is missing, or nothing. What the buyer owes the house goes first.</summary>
    private async Task Take(DealRow deal, CancellationToken ct)
    {
        var currency = deal.Amount.Currency;
        if (await debts.Collect(deal.Buyer, currency, ct) is { MinorUnits: > 0 }) return;
        var missing = (await deals.History(deal.Id, ct)).Select(recorded => recorded.Event).OfType<TopUpDue>().Last().Sums.Missing;
        if (await free(currency, deal.Buyer, ct) >= missing) await money.TopUp(deal, ct);
    }
}
