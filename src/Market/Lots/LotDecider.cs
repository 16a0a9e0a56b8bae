using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>The rules of the auction. What a lot may be published with stands in <see cref="LotPublishing"/>.</summary>
public static class LotDecider
{
    public static Decision<LotEvent> Decide(Lot lot, LotCommand command, DateTimeOffset now) => (lot, command) switch
    {
        (Lot.Open open, PlaceBid bid) => Bid(open, bid, now),
        (Lot.Open open, BuyLot buy) => Buy(open, buy, now),
        (Lot.Open open, CloseLot) => Close(open, now),

        (Lot.Unlisted, ListLot list) => List(list, now),
        (Lot.Unlisted, _) => LotRefusal.LotNotFound,
        (_, ListLot) => LotRefusal.AlreadyListed,

        (Lot.Open open, ChangeLot change) => Change(open, change, now),
        (Lot.Open open, CancelLot cancel) => MayAlter(open, cancel.SellerId, now) is { } refusal ? refusal : new LotCancelled(now),

        (Lot.Open open, WithdrawGuarantee withdraw) => Withdraw(open, withdraw.BidderId, now),
        (Lot.Open open, FreezeLot freeze) => Freeze(open, freeze, now),
        (Lot.Open, ResumeLot) => Decision<LotEvent>.Nothing,
        (Lot.Frozen, FreezeLot) => Decision<LotEvent>.Nothing,
        (Lot.Frozen frozen, ResumeLot) => Resume(frozen, now),
        (Lot.Frozen, _) => LotRefusal.LotFrozen,

        (Lot.Awarded { At: var at }, _) => new Refusal(LotRefusal.LotEnded, at),
        (Lot.Unsold { At: var at }, _) => new Refusal(LotRefusal.LotEnded, at),
        (Lot.Cancelled { At: var at }, _) => new Refusal(LotRefusal.LotEnded, at),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name} on {lot.GetType().Name}."),
    };

    /// <summary>What makes a sealed bid impossible to change later: published at once, and checked by anyone when amount and salt come out at the close.</summary>
    public static string Commitment(Guid lotId, int bidderNumber, PricePerTonne amount, string salt) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{lotId:N}|{bidderNumber}|{amount}|{salt}")));

    private static Decision<LotEvent> List(ListLot list, DateTimeOffset now)
    {
        var problems = LotPublishing.Problems(list.Lot, list.Facts, now);
        if (problems.Length > 0) return problems;

        return new LotListed(list.LotId, LotPublishing.Settled(list.Lot), list.Facts.Material!, now);
    }

    private static Decision<LotEvent> Change(Lot.Open lot, ChangeLot change, DateTimeOffset now)
    {
        if (MayAlter(lot, change.Lot.SellerId, now) is { } refusal) return refusal;
        var currency = lot.Terms.Opening.Currency;
        var problems = LotPublishing.Problems(change.Lot, change.Facts, now);
        if (change.Lot.Terms.Opening.Currency != currency) problems = [new Refusal(LotRefusal.CurrencyChanged, currency.Code).About("opening_price"), .. problems];
        if (problems.Length > 0) return problems;

        return new LotChanged(LotPublishing.Settled(change.Lot), change.Facts.Material!, lot.Revision + 1, now);
    }

    private static Refusal? MayAlter(Lot.Open lot, Guid sellerId, DateTimeOffset now)
    {
        if (sellerId != lot.Lot.SellerId) return LotRefusal.NotTheSeller;
        if (now >= lot.ClosesAt) return new Refusal(LotRefusal.LotEnded, lot.ClosesAt);
        if (lot.Bids > 0) return LotRefusal.LotHasBids;
        return null;
    }

    private static Decision<LotEvent> Bid(Lot.Open lot, PlaceBid bid, DateTimeOffset now)
    {
        if (now >= lot.ClosesAt) return new Refusal(LotRefusal.LotEnded, lot.ClosesAt);
        if (lot.Terms.Format == LotFormat.FixedPrice) return LotRefusal.NotForBidding;
        if (MayTrade(lot, bid.BidderId, bid.Facts, bid.Revision) is { } refusal) return refusal;
        if (bid.Maximum.Currency != lot.Terms.Opening.Currency) return new Refusal(LotRefusal.WrongCurrency, lot.Terms.Opening.Currency.Code);
        if (bid.Maximum.MinorUnits > LotPublishing.GreatestPrice) return new Refusal(LotRefusal.PriceTooHigh, LotPublishing.Greatest(bid.Maximum.Currency));
        if (!LotPublishing.Fits(lot.Lot.Mass, bid.Maximum)) return LotRefusal.AmountTooLarge;

        return lot.Terms.Format == LotFormat.Sealed ? Seal(lot, bid, now) : Raise(lot, bid, now);
    }

    private static Refusal? MayTrade(Lot.Open lot, Guid bidder, BidFacts facts, int? revision)
    {
        if (revision is { } seen && seen != lot.Revision) return new Refusal(LotRefusal.LotChangedSince, lot.Revision);
        if (bidder == lot.Lot.SellerId) return LotRefusal.SellerMayNotBid;
        if (facts.Group.Contains(lot.Lot.SellerId)) return LotRefusal.AffiliateMayNotBid;
        return null;
    }

    /// <summary>Checked last, so that money is held only for what would be taken. Whoever has bid has a guarantee held, until he withdraws it.</summary>
    private static Refusal? Unguaranteed(Lot.Open lot, Guid bidder, BidFacts facts)
    {
        if (lot.Terms.Guarantee is null || lot.HasGuarantee(bidder) || lot.Guarantee is not { MinorUnits: > 0 } guarantee) return null;
        var asked = lot.GuaranteeOf(bidder);
        return facts.Guarantee == asked ? null : new Refusal(LotRefusal.GuaranteeMissing, guarantee, asked.Revision, asked.Withdrawals);
    }

    /// <summary>What the bidder's bid was taken with.</summary>
    private static GivenGuarantee? GivenBy(Lot.Open lot, Guid bidder) => lot.Guarantee.MinorUnits > 0 ? lot.GuaranteeOf(bidder) : null;

    private static Decision<LotEvent> Withdraw(Lot.Open lot, Guid bidder, DateTimeOffset now)
    {
        if (now >= lot.ClosesAt) return new Refusal(LotRefusal.LotEnded, lot.ClosesAt);
        if (lot.Guarantee.MinorUnits == 0) return LotRefusal.NoGuarantee;
        if (lot.Terms.Format == LotFormat.Sealed ? lot.Numbers.Of(bidder) is not null : lot.Leading?.BidderId == bidder) return LotRefusal.GuaranteeStands;
        return new GuaranteeWithdrawn(bidder, lot.GuaranteeOf(bidder), now);
    }

    private static Decision<LotEvent> Seal(Lot.Open lot, PlaceBid bid, DateTimeOffset now)
    {
        if (lot.Numbers.Of(bid.BidderId) is not null) return LotRefusal.AlreadyBid;
        if (bid.Maximum < lot.Least) return new Refusal(LotRefusal.BelowMinimumBid, lot.Least);
        if (Unguaranteed(lot, bid.BidderId, bid.Facts) is { } unguaranteed) return unguaranteed;

        var number = lot.NumberOf(bid.BidderId);
        var salt = bid.Facts.Salt ?? throw new InvalidOperationException($"The sealed bid {bid.CommandId} came without its salt.");
        return new SealedBidPlaced(bid.BidderId, number, bid.Maximum, salt, Commitment(lot.LotId, number, bid.Maximum, salt), now);
    }

    private static Decision<LotEvent> Raise(Lot.Open lot, PlaceBid bid, DateTimeOffset now)
    {
        var number = lot.NumberOf(bid.BidderId);
        PricePerTonne price, highest;
        int leader;
        if (lot.Leading is not { } leading)
        {
            if (bid.Maximum < lot.Terms.Opening) return new Refusal(LotRefusal.BelowMinimumBid, lot.Terms.Opening);
            (leader, highest, price) = (number, bid.Maximum, lot.Terms.Opening);
        }
        else if (leading.BidderId == bid.BidderId)
        {
            if (bid.Maximum <= leading.Maximum) return new Refusal(LotRefusal.NotAboveOwnMaximum, leading.Maximum);
            (leader, highest, price) = (number, bid.Maximum, lot.Price!.Value);
        }
        else
        {
            var least = lot.Least;
            if (bid.Maximum < least) return new Refusal(LotRefusal.BelowMinimumBid, least);
            var overtaken = bid.Maximum > leading.Maximum;
            var second = overtaken ? leading.Maximum : bid.Maximum;
            (leader, highest) = overtaken ? (number, bid.Maximum) : (leading.Number, leading.Maximum);

            // Never under the price before it: the second maximum is the overtaken one, or a step above that price.
            price = PricePerTonne.Min(highest, second + lot.Terms.Ladder!.StepAt(second));
        }

        if (Unguaranteed(lot, bid.BidderId, bid.Facts) is { } unguaranteed) return unguaranteed;
        var reserveMet = lot.Terms.Reserve is not { } reserve || highest >= reserve;
        if (reserveMet) price = PricePerTonne.Max(price, lot.Terms.Reserve ?? price);
        return new BidPlaced(bid.BidderId, number, bid.Maximum, price, leader, reserveMet, now, MovedClose(lot, now));
    }

    private static DateTimeOffset? MovedClose(Lot.Open lot, DateTimeOffset now)
    {
        var moved = now.AddMinutes(lot.Terms.SoftCloseMinutes ?? 0);
        if (moved > lot.LatestClose) moved = lot.LatestClose;
        return moved > lot.ClosesAt ? moved : null;
    }

    private static Decision<LotEvent> Buy(Lot.Open lot, BuyLot buy, DateTimeOffset now)
    {
        if (now >= lot.ClosesAt) return new Refusal(LotRefusal.LotEnded, lot.ClosesAt);
        var fixedPrice = lot.Terms.Format == LotFormat.FixedPrice;
        if ((fixedPrice ? lot.Terms.Opening : lot.Terms.BuyNow) is not { } price) return LotRefusal.NotForBuying;
        if (lot.Bids > 0) return LotRefusal.BuyNowGone;
        if ((MayTrade(lot, buy.BidderId, buy.Facts, buy.Revision) ?? Unguaranteed(lot, buy.BidderId, buy.Facts)) is { } refusal) return refusal;

        return new LotAwarded(buy.BidderId, lot.NumberOf(buy.BidderId), price, price.For(lot.Lot.Mass), fixedPrice ? AwardedBy.FixedPrice : AwardedBy.BuyNow, now, GivenBy(lot, buy.BidderId));
    }

    private static Decision<LotEvent> Close(Lot.Open lot, DateTimeOffset now)
    {
        if (now < lot.ClosesAt) return new Refusal(LotRefusal.NotYetClosing, lot.ClosesAt);
        if (lot.Terms.Format == LotFormat.FixedPrice) return new LotUnsold(UnsoldReason.NoBuyer, now);
        if (lot.Leading is not { } winner) return new LotUnsold(UnsoldReason.NoBids, now);
        if (!lot.ReserveMet) return new LotUnsold(UnsoldReason.ReserveNotMet, now);

        var price = lot.Price ?? winner.Maximum;
        return new LotAwarded(winner.BidderId, winner.Number, price, price.For(lot.Lot.Mass), AwardedBy.Auction, now, GivenBy(lot, winner.BidderId));
    }

    private static Decision<LotEvent> Freeze(Lot.Open lot, FreezeLot freeze, DateTimeOffset now)
    {
        var since = freeze.Since is { } told && told < now ? told : now;
        if (since >= lot.ClosesAt) return new Refusal(LotRefusal.LotEnded, lot.ClosesAt);

        return new LotFrozen(since, lot.ClosesAt - since, now);
    }

    private static Decision<LotEvent> Resume(Lot.Frozen frozen, DateTimeOffset now)
    {
        var closesAt = now + frozen.Remaining;
        return new LotResumed(closesAt, frozen.Was.LatestClose + (closesAt - frozen.Was.ClosesAt), now);
    }
}
