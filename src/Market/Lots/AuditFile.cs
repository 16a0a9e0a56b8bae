using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Market.Lots;

/// <summary>A stop of the clock.</summary>
/// <param name="ResumedAt">And the close that it was given then.</param>
public sealed record AuditFreeze(DateTimeOffset Since, DateTimeOffset FrozenAt, TimeSpan Remaining, DateTimeOffset? ResumedAt = null, DateTimeOffset? ClosesAt = null);

/// <summary>One bid. The bidder is its public number.</summary>
/// <param name="Maximum">What it offered per tonne.</param>
/// <param name="Commitment">For a sealed bid, what was published at once; SHA-256 of <c>lot id|bidder|maximum|salt</c>.</param>
/// <param name="ClosesAt">The new close, if the bid moved it.</param>
public sealed record AuditBid(
    DateTimeOffset At, int Bidder, PricePerTonne Maximum, string? Commitment = null, string? Salt = null, DateTimeOffset? ClosesAt = null);

/// <summary>Somebody took the lot at its fixed or buy-now price.</summary>
public sealed record AuditPurchase(DateTimeOffset At, int Bidder);

/// <summary>How it ended: either a bidder with price, amount and way, or a reason.</summary>
public sealed record AuditOutcome(int? Bidder = null, PricePerTonne? Price = null, Money? Amount = null, AwardedBy? By = null, UnsoldReason? Unsold = null);

/// <summary>The public audit file of a lot that has ended. From all but <paramref name="Outcome"/> anyone can work out the outcome.</summary>
/// <param name="Format">Always <see cref="AuditFile.Format"/>.</param>
/// <param name="Rule">Which rule decided: <c>ascending-maximum-bids/1</c>, <c>sealed-first-price/1</c>, <c>fixed-price/1</c>.</param>
/// <param name="LotId">In N form, as the commitments have it.</param>
public sealed record AuditDocument(
    string Format,
    string Rule,
    string LotId,
    GradeCode Grade,
    Mass MassKg,
    PricePerTonne OpeningPrice,
    PricePerTonne? ReservePrice,
    PricePerTonne? BuyNowPrice,
    StepLadder? StepLadder,
    DateTimeOffset ListedAt,
    int Revision,
    DateTimeOffset ScheduledClose,
    int SoftCloseMinutes,
    int SoftCloseCapMinutes,
    ImmutableArray<AuditFreeze> Freezes,
    ImmutableArray<AuditBid> Bids,
    AuditPurchase? Purchase,
    DateTimeOffset EndedAt,
    AuditOutcome Outcome);

/// <summary>Writes a lot's audit file from what happened to it, and works the outcome out again from the file alone, without the decider.</summary>
public static class AuditFile
{
    public const string Format = "ainalym-lot-audit/1";

    /// <summary>The file, or null while there is none: the lot has not ended, or was cancelled before anybody bid.</summary>
    public static AuditDocument? From(IReadOnlyList<Recorded<LotEvent>> history)
    {
        (LotDescription? lot, LotListed? listed, var revision) = (null, null, 1);
        var freezes = ImmutableArray.CreateBuilder<AuditFreeze>();
        var bids = ImmutableArray.CreateBuilder<AuditBid>();
        AuditPurchase? purchase = null;
        (AuditOutcome? outcome, DateTimeOffset endedAt) = (null, default);
        foreach (var recorded in history)
        {
            switch (recorded.Event)
            {
                case LotListed e:
                    (listed, lot) = (e, e.Lot);
                    break;
                case LotChanged e:
                    (lot, revision) = (e.Lot, e.Revision);
                    break;
                case BidPlaced e:
                    bids.Add(new AuditBid(e.At, e.BidderNumber, e.Maximum, ClosesAt: e.ClosesAt));
                    break;
                case SealedBidPlaced e:
                    bids.Add(new AuditBid(e.At, e.BidderNumber, e.Amount, e.Commitment, e.Salt));
                    break;
                case LotFrozen e:
                    freezes.Add(new AuditFreeze(e.Since, e.At, e.Remaining));
                    break;
                case LotResumed e:
                    freezes[^1] = freezes[^1] with { ResumedAt = e.At, ClosesAt = e.ClosesAt };
                    break;
                case LotAwarded e:
                    if (e.By != AwardedBy.Auction) purchase = new AuditPurchase(e.At, e.WinnerNumber);
                    (outcome, endedAt) = (new AuditOutcome(e.WinnerNumber, e.Price, e.Amount, e.By), e.At);
                    break;
                case LotUnsold e:
                    (outcome, endedAt) = (new AuditOutcome(Unsold: e.Reason), e.At);
                    break;
            }
        }

        if (lot is null || listed is null || outcome is null) return null;
        return new AuditDocument(
            Format, RuleOf(lot.Terms.Format), listed.LotId.ToString("N"), lot.Grade, lot.Mass, lot.Terms.Opening, lot.Terms.Reserve, lot.Terms.BuyNow, lot.Terms.Ladder,
            listed.At, revision, lot.Terms.ClosesAt, lot.Terms.SoftCloseMinutes ?? 0, lot.Terms.SoftCloseCapMinutes ?? 0,
            freezes.ToImmutable(), bids.ToImmutable(), purchase, endedAt, outcome);
    }

    /// <summary>The outcome by the rule's text, from everything in the file but its outcome.</summary>
    public static AuditOutcome Recompute(AuditDocument file)
    {
        if (file.Purchase is { } purchase)
        {
            var fixedPrice = file.Rule == RuleOf(LotFormat.FixedPrice);
            var paid = fixedPrice ? file.OpeningPrice : file.BuyNowPrice ?? throw new ArgumentException($"Lot {file.LotId} was bought at once, but had no such price.", nameof(file));
            return new AuditOutcome(purchase.Bidder, paid, paid.For(file.MassKg), fixedPrice ? AwardedBy.FixedPrice : AwardedBy.BuyNow);
        }

        if (file.Rule == RuleOf(LotFormat.FixedPrice)) return new AuditOutcome(Unsold: UnsoldReason.NoBuyer);
        if (file.Bids.IsEmpty) return new AuditOutcome(Unsold: UnsoldReason.NoBids);

        var (winner, highest, price) = file.Rule == RuleOf(LotFormat.Sealed) ? HighestOf(file) : ClimbOf(file);
        return file.ReservePrice is { } reserve && highest < reserve
            ? new AuditOutcome(Unsold: UnsoldReason.ReserveNotMet)
            : new AuditOutcome(winner, price, price.For(file.MassKg), AwardedBy.Auction);
    }

    /// <summary>The bidders whose sealed bid is not what they committed to; empty when all is well.</summary>
    public static IReadOnlyList<int> BrokenCommitments(AuditDocument file) =>
        [.. file.Bids.Where(bid => bid.Commitment is { } published && (bid.Salt is not { } salt || LotDecider.Commitment(Guid.ParseExact(file.LotId, "N"), bid.Bidder, bid.Maximum, salt) != published)).Select(bid => bid.Bidder)];

    private static (int Winner, PricePerTonne Highest, PricePerTonne Price) HighestOf(AuditDocument file)
    {
        var best = file.Bids.OrderByDescending(bid => bid.Maximum).First();
        return (best.Bidder, best.Maximum, best.Maximum);
    }

    private static (int Winner, PricePerTonne Highest, PricePerTonne Price) ClimbOf(AuditDocument file)
    {
        var ladder = file.StepLadder ?? throw new ArgumentException($"Lot {file.LotId} has no ladder.", nameof(file));
        var offers = new List<(int Bidder, PricePerTonne Maximum)>();
        var price = file.OpeningPrice;
        foreach (var bid in file.Bids)
        {
            var leaderBefore = offers.Count == 0 ? 0 : offers[0].Bidder;
            offers.RemoveAll(offer => offer.Bidder == bid.Bidder);
            var place = offers.FindIndex(offer => offer.Maximum < bid.Maximum);
            offers.Insert(place < 0 ? offers.Count : place, (bid.Bidder, bid.Maximum));

            if (bid.Bidder != leaderBefore && offers.Count > 1)
            {
                var shown = PricePerTonne.Min(offers[0].Maximum, offers[1].Maximum + ladder.StepAt(offers[1].Maximum));
                if (shown > price) price = shown;
            }

            if (file.ReservePrice is { } reserve && offers[0].Maximum >= reserve && price < reserve) price = reserve;
        }

        return (offers[0].Bidder, offers[0].Maximum, price);
    }

    private static string RuleOf(LotFormat format) => format switch
    {
        LotFormat.Ascending => "ascending-maximum-bids/1",
        LotFormat.Sealed => "sealed-first-price/1",
        LotFormat.FixedPrice => "fixed-price/1",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No rule for this format."),
    };
}
