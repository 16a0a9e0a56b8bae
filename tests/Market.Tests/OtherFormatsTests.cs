using System.Security.Cryptography;
using System.Text;
using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>Sealed bids, fixed prices, buy-now.</summary>
public class OtherFormatsTests
{
    private static readonly Given SealedLot = Given.Open(Sealed);
    private static readonly Given Fixed = Given.Open(FixedPrice);
    private static readonly Given BuyNow = Given.Open(Ascending with { BuyNow = Tenge(8000) });

    [Fact]
    public void A_sealed_bid_commits_to_lot_bidder_amount_and_salt()
    {
        var said = Encoding.UTF8.GetBytes($"{LotId:N}|1|2000.00 KZT|{Salt}");
        SealedLot.When(Bid(Aliya, 2000)).Should<SealedBidPlaced>().Should()
            .Be(new SealedBidPlaced(Aliya, 1, Tenge(2000), Salt, Convert.ToHexStringLower(SHA256.HashData(said)), Noon));
    }

    [Fact]
    public void A_sealed_bid_is_final() =>
        SealedLot.And(Bid(Aliya, 2000)).When(Bid(Aliya, 3000)).ShouldBeRefused(LotRefusal.AlreadyBid);

    [Fact]
    public void A_sealed_bid_offers_the_least_price_or_more()
    {
        SealedLot.When(Bid(Aliya, 999.99m)).ShouldBeRefused(LotRefusal.BelowMinimumBid, Tenge(1000));
        SealedLot.When(Bid(Aliya, 1000)).Should<SealedBidPlaced>();
    }

    [Fact]
    public void A_sealed_bid_need_not_top_another() =>
        SealedLot.And(Bid(Aliya, 9000)).When(Bid(Bolat, 1000)).Should<SealedBidPlaced>().BidderNumber.Should().Be(2);

    [Fact]
    public void A_sealed_bid_does_not_move_the_close_and_is_late_at_it()
    {
        SealedLot.And(Bid(Aliya, 2000), at: Close.AddMilliseconds(-1)).OpenLot.ClosesAt.Should().Be(Close);
        SealedLot.When(Bid(Aliya, 2000), at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);
    }

    [Fact]
    public void The_highest_sealed_bid_wins_and_pays_what_it_offered()
    {
        var award = SealedLot.And(Bid(Aliya, 2000)).And(Bid(Bolat, 5000)).And(Bid(Dana, 3000)).When(CloseIt(), at: Close).Should<LotAwarded>();
        award.WinnerNumber.Should().Be(2);
        award.Price.Should().Be(Tenge(5000));
    }

    [Fact]
    public void Of_equal_sealed_bids_the_earliest_wins() =>
        SealedLot.And(Bid(Aliya, 2000)).And(Bid(Bolat, 5000)).And(Bid(Dana, 5000)).When(CloseIt(), at: Close).Should<LotAwarded>().WinnerId.Should().Be(Bolat);

    [Fact]
    public void Sealed_bids_under_the_reserve_leave_the_lot_unsold()
    {
        var given = Given.Open(Sealed with { Reserve = Tenge(4000) });
        given.And(Bid(Aliya, 3999.99m)).When(CloseIt(), at: Close).Should<LotUnsold>().Reason.Should().Be(UnsoldReason.ReserveNotMet);
        given.And(Bid(Aliya, 4000)).When(CloseIt(), at: Close).Should<LotAwarded>();
    }

    [Fact]
    public void A_sealed_lot_without_bids_is_unsold() =>
        SealedLot.When(CloseIt(), at: Close).Should<LotUnsold>().Reason.Should().Be(UnsoldReason.NoBids);

    [Fact]
    public void A_sealed_bid_without_its_salt_is_a_bug() =>
        SealedLot.Invoking(given => given.When(Bid(Aliya, 2000) with { Facts = BidFacts.None })).Should().Throw<InvalidOperationException>();

    [Fact]
    public void A_fixed_price_lot_goes_to_the_first_who_takes_it() =>
        Fixed.When(Buy(Aliya)).Should<LotAwarded>().Should().Be(new LotAwarded(Aliya, 1, Tenge(1000), TextValue.Parse<Money>("20000.00 KZT"), AwardedBy.FixedPrice, Noon));

    [Fact]
    public void A_fixed_price_lot_takes_no_bids() =>
        Fixed.When(Bid(Aliya, 1000)).ShouldBeRefused(LotRefusal.NotForBidding);

    [Fact]
    public void A_fixed_price_lot_that_nobody_takes_is_unsold() =>
        Fixed.When(CloseIt(), at: Close).Should<LotUnsold>().Reason.Should().Be(UnsoldReason.NoBuyer);

    [Fact]
    public void A_purchase_on_the_closing_instant_is_late()
    {
        Fixed.When(Buy(Aliya), at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);
        Fixed.When(Buy(Aliya), at: Close.AddMilliseconds(-1)).Should<LotAwarded>();
    }

    [Fact]
    public void Buy_now_ends_an_auction_before_the_first_bid()
    {
        var award = BuyNow.When(Buy(Aliya)).Should<LotAwarded>();
        award.Price.Should().Be(Tenge(8000));
        award.By.Should().Be(AwardedBy.BuyNow);
    }

    [Fact]
    public void Buy_now_is_gone_with_the_first_bid() =>
        BuyNow.And(Bid(Aliya, 1000)).When(Buy(Bolat)).ShouldBeRefused(LotRefusal.BuyNowGone);

    [Fact]
    public void A_lot_without_such_a_price_is_not_for_buying()
    {
        Given.Open(Ascending).When(Buy(Aliya)).ShouldBeRefused(LotRefusal.NotForBuying);
        SealedLot.When(Buy(Aliya)).ShouldBeRefused(LotRefusal.NotForBuying);
    }

    [Fact]
    public void Who_may_not_bid_may_not_buy()
    {
        Fixed.When(Buy(Seller)).ShouldBeRefused(LotRefusal.SellerMayNotBid);
        Fixed.When(Buy(Aliya) with { Facts = new BidFacts([Seller]) }).ShouldBeRefused(LotRefusal.AffiliateMayNotBid);
        Fixed.When(Buy(Aliya) with { Revision = 2 }).ShouldBeRefused(LotRefusal.LotChangedSince, 1);
        SealedLot.When(Bid(Seller, 2000)).ShouldBeRefused(LotRefusal.SellerMayNotBid);
    }
}
