using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Dapper;

namespace Ainalym.Market.Deals;

/// <summary>Whose deal it is.</summary>
public readonly record struct DealParties(Guid Seller, Guid Buyer, Guid Lot);

/// <summary>The row that commits with a deal's events. What happened on the way is read from the deal's stream.</summary>
public static class DealRows
{
    public static RowTable Deals { get; } = new("deals", ["deal_id"],
    [
        "lot_id", "seller_id", "buyer_id", "buyer_number", "grade", "grade_key", "region", "mass_g", "currency", "price_minor", "amount_minor", "guarantee_minor", "guarantee_hold", "opened_at_ms",
        "stage", "seller_turn", "buyer_turn", "operator_turn", "by_ms", "version", "changed_at_ms", "settled_minor", "net_g",
    ]);

    private static readonly RowShape Whole = Deals.Whole();
    private static readonly RowShape Moving = Deals.Part("stage", "seller_turn", "buyer_turn", "operator_turn", "by_ms", "version", "changed_at_ms", "settled_minor", "net_g");

    /// <summary>The parties of deals, by the deals' ids, inside a write.</summary>
    public static IReadOnlyDictionary<string, DealParties> PartiesOf(Writing writing, IReadOnlyList<string> deals) => deals.Count == 0
        ? new Dictionary<string, DealParties>(StringComparer.Ordinal)
        : writing.Connection.Query<(string Deal, string Seller, string Buyer, string Lot)>("SELECT deal_id, seller_id, buyer_id, lot_id FROM deals WHERE deal_id IN @deals", new { deals }, writing.Transaction)
            .ToDictionary(row => row.Deal, row => new DealParties(Guid.ParseExact(row.Seller, "N"), Guid.ParseExact(row.Buyer, "N"), Guid.ParseExact(row.Lot, "N")), StringComparer.Ordinal);

    public static IEnumerable<Row> From(string id, Deal after, IReadOnlyList<Recorded<DealEvent>> events)
    {
        var deal = (Deal.Opened)after;
        var last = events[^1];
        var sums = (deal as Deal.Settled)?.Sums;
        Cell[] moving =
        [
            DealDecider.StageOf(deal), deal.Turn.HasFlag(Turn.Seller), deal.Turn.HasFlag(Turn.Buyer), deal.Turn.HasFlag(Turn.Operator), deal.By, last.Version, last.Event.At, sums is null ? Cell.Null : (sums.Paid - sums.Refund).MinorUnits, sums is null ? Cell.Null : sums.Net.Grams,
        ];
        var terms = deal.Terms;
        yield return events[0].Event is DealOpened or DealOffered
            ? Whole.Row(
            [
                id, terms.LotId, terms.SellerId, terms.BuyerId, terms.BuyerNumber, terms.Grade.ToString(), terms.Grade.Folded, terms.Region.Code, terms.Mass.Grams, terms.Amount.Currency.Code, terms.Price.MinorUnits,
                terms.Amount.MinorUnits, terms.Guarantee?.Amount.MinorUnits ?? 0, terms.Guarantee?.Hold.ToString(), events[0].Event.At, .. moving,
            ])
            : Moving.Row([id, .. moving]);
        yield return deal.LapsesAt is { } by ? Reminder.At("market/deal", id, DealGrain.DeadlineReminder, by) : Reminder.None("market/deal", id, DealGrain.DeadlineReminder);
    }
}
