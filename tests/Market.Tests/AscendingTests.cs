using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class AscendingTests
{
    private static readonly Given Listed = Given.Open(Ascending);

    [Fact]
    public void The_first_bid_shows_the_opening_price() =>
        Listed.When(Bid(Aliya, 5000)).Should<BidPlaced>().Should().Be(new BidPlaced(Aliya, 1, Tenge(5000), Tenge(1000), LeaderNumber: 1, ReserveMet: true, Noon));

    [Fact]
    public void The_first_bid_may_be_the_opening_price() =>
        Listed.When(Bid(Aliya, 1000)).Should<BidPlaced>().Price.Should().Be(Tenge(1000));

    [Fact]
    public void The_first_bid_may_not_lie_under_the_opening_price() =>
        Listed.When(Bid(Aliya, 999.99m)).ShouldBeRefused(LotRefusal.BelowMinimumBid, Tenge(1000));

    [Fact]
    public void A_bid_a_step_above_the_price_is_taken() =>
        Listed.And(Bid(Aliya, 5000)).When(Bid(Bolat, 1100)).Should<BidPlaced>().LeaderNumber.Should().Be(1);

    [Fact]
    public void A_bid_less_than_a_step_above_the_price_is_told_the_least() =>
        Listed.And(Bid(Aliya, 5000)).When(Bid(Bolat, 1099.99m)).ShouldBeRefused(LotRefusal.BelowMinimumBid, Tenge(1100));

    [Fact]
    public void The_price_is_the_second_maximum_and_a_step_at_it() =>
        Listed.And(Bid(Aliya, 5000)).When(Bid(Bolat, 3000)).Should<BidPlaced>().Price.Should().Be(Tenge(3100));

    [Fact]
    public void The_price_never_passes_the_highest_maximum() =>
        Listed.And(Bid(Aliya, 3050)).When(Bid(Bolat, 3000)).Should<BidPlaced>().Price.Should().Be(Tenge(3050));

    [Fact]
    public void A_higher_maximum_takes_the_lead_a_step_above_the_overtaken_one()
    {
        var bid = Listed.And(Bid(Aliya, 3000)).When(Bid(Bolat, 5000)).Should<BidPlaced>();
        bid.LeaderNumber.Should().Be(2);
        bid.Price.Should().Be(Tenge(3100));
    }

    [Fact]
    public void A_higher_maximum_by_less_than_a_step_leads_at_that_maximum()
    {
        var bid = Listed.And(Bid(Aliya, 3000)).When(Bid(Bolat, 3000.01m)).Should<BidPlaced>();
        bid.LeaderNumber.Should().Be(2);
        bid.Price.Should().Be(Tenge(3000.01m));
    }

    [Fact]
    public void An_equal_maximum_loses_to_the_earlier_and_lifts_the_price_to_it()
    {
        var bid = Listed.And(Bid(Aliya, 3000)).When(Bid(Bolat, 3000)).Should<BidPlaced>();
        bid.LeaderNumber.Should().Be(1);
        bid.Price.Should().Be(Tenge(3000));
    }

    [Fact]
    public void The_step_of_the_price_is_looked_up_at_the_price()
    {
        var terms = Ascending with { Ladder = Steps((1999.99m, 10), (null, 500)) };
        Given.Open(terms).And(Bid(Aliya, 9000)).When(Bid(Bolat, 1999.99m)).Should<BidPlaced>().Price.Should().Be(Tenge(2009.99m));
        Given.Open(terms).And(Bid(Aliya, 9000)).When(Bid(Bolat, 2000)).Should<BidPlaced>().Price.Should().Be(Tenge(2500));
    }

    [Fact]
    public void The_price_does_not_fall_where_a_ladder_has_smaller_steps_further_up()
    {
        var given = Given.Open(Ascending with { Ladder = Steps((2000, 900), (null, 1)) }).And(Bid(Aliya, 9000)).And(Bid(Bolat, 1950));
        given.OpenLot.Price.Should().Be(Tenge(2850));
        given.When(Bid(Dana, 2851)).Should<BidPlaced>().Price.Should().Be(Tenge(2852));
    }

    [Fact]
    public void The_leader_who_raises_his_maximum_does_not_move_the_price()
    {
        var bid = Listed.And(Bid(Aliya, 3000)).And(Bid(Bolat, 2950)).When(Bid(Aliya, 9000)).Should<BidPlaced>();
        bid.Price.Should().Be(Tenge(3000));
        bid.LeaderNumber.Should().Be(1);
        bid.BidderNumber.Should().Be(1);
    }

    [Fact]
    public void The_leader_must_exceed_his_own_maximum()
    {
        var given = Listed.And(Bid(Aliya, 3000));
        given.When(Bid(Aliya, 2999.99m)).ShouldBeRefused(LotRefusal.NotAboveOwnMaximum, Tenge(3000));
        given.When(Bid(Aliya, 3000)).ShouldBeRefused(LotRefusal.NotAboveOwnMaximum, Tenge(3000));
        given.When(Bid(Aliya, 3000.01m)).Should<BidPlaced>();
    }

    [Fact]
    public void The_leader_may_raise_his_maximum_by_less_than_a_step() =>
        Listed.And(Bid(Aliya, 1000)).When(Bid(Aliya, 1000.01m)).Should<BidPlaced>().Price.Should().Be(Tenge(1000));

    [Fact]
    public void A_reserve_that_is_reached_lifts_the_price_to_it()
    {
        var bid = Given.Open(Ascending with { Reserve = Tenge(4000) }).When(Bid(Aliya, 4000)).Should<BidPlaced>();
        bid.Price.Should().Be(Tenge(4000));
        bid.ReserveMet.Should().BeTrue();
    }

    [Fact]
    public void A_reserve_that_is_not_reached_shows_only_as_not_met()
    {
        var bid = Given.Open(Ascending with { Reserve = Tenge(4000) }).When(Bid(Aliya, 3999.99m)).Should<BidPlaced>();
        bid.Price.Should().Be(Tenge(1000));
        bid.ReserveMet.Should().BeFalse();
    }

    [Fact]
    public void The_leader_who_raises_to_the_reserve_lifts_the_price_to_it()
    {
        var bid = Given.Open(Ascending with { Reserve = Tenge(4000) }).And(Bid(Aliya, 3000)).When(Bid(Aliya, 6000)).Should<BidPlaced>();
        bid.Price.Should().Be(Tenge(4000));
        bid.ReserveMet.Should().BeTrue();
    }

    [Fact]
    public void Above_the_reserve_the_second_maximum_counts_again() =>
        Given.Open(Ascending with { Reserve = Tenge(4000) }).And(Bid(Aliya, 6000)).When(Bid(Bolat, 5000)).Should<BidPlaced>().Price.Should().Be(Tenge(5100));

    [Fact]
    public void Bidders_are_numbered_in_the_order_of_their_first_bids()
    {
        var given = Listed.And(Bid(Dana, 2000)).And(Bid(Aliya, 3000)).And(Bid(Dana, 4000));
        (given.OpenLot.Numbers.Of(Dana), given.OpenLot.Numbers.Of(Aliya), given.OpenLot.Numbers.Of(Bolat)).Should().Be((1, 2, null));
        given.OpenLot.Bids.Should().Be(3);
    }

    [Fact]
    public void A_bid_just_before_the_close_is_in_time() =>
        Listed.When(Bid(Aliya, 2000), at: Close.AddMilliseconds(-1)).Should<BidPlaced>();

    [Fact]
    public void A_bid_on_the_closing_instant_is_late() =>
        Listed.When(Bid(Aliya, 2000), at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);

    [Fact]
    public void A_bid_after_the_close_is_late() =>
        Listed.When(Bid(Aliya, 2000), at: Close.AddMilliseconds(1)).ShouldBeRefused(LotRefusal.LotEnded, Close);

    [Fact]
    public void A_bid_in_another_currency_is_refused() =>
        Listed.When(Bid(Aliya, Dollars(5000))).ShouldBeRefused(LotRefusal.WrongCurrency, "KZT");

    [Fact]
    public void A_price_has_a_ceiling()
    {
        var ceiling = LotPublishing.Greatest(Currency.Kzt);
        var given = Given.Nothing.And(List(Describe(Ascending) with { Mass = Mass.FromGrams(10) }));
        given.When(Bid(Aliya, ceiling)).Should<BidPlaced>();
        given.When(Bid(Aliya, PricePerTonne.From(ceiling.MinorUnits + 1, Currency.Kzt))).ShouldBeRefused(LotRefusal.PriceTooHigh, ceiling);
    }

    [Fact]
    public void A_bid_at_the_ceiling_leaves_room_to_say_the_least_next_bid()
    {
        var ceiling = LotPublishing.Greatest(Currency.Kzt);
        var given = Given.Nothing.And(List(Describe(Ascending) with { Mass = Mass.FromGrams(10) })).And(Bid(Aliya, ceiling)).And(Bid(Bolat, ceiling));
        given.OpenLot.Price.Should().Be(ceiling);
        given.When(Bid(Dana, ceiling)).Refusal!.Code.Should().Be(LotRefusal.BelowMinimumBid);
    }

    [Fact]
    public void The_amount_of_a_bid_fits_into_64_bits()
    {
        var given = Given.Nothing.And(List(Describe(Ascending) with { Mass = Mass.Greatest }));
        var most = PricePerTonne.From(long.MaxValue / 9_000_000_000, Currency.Kzt);
        given.When(Bid(Aliya, most)).Should<BidPlaced>();
        given.When(Bid(Aliya, PricePerTonne.From(most.MinorUnits + 1, Currency.Kzt))).ShouldBeRefused(LotRefusal.AmountTooLarge);
    }

    [Fact]
    public void The_seller_may_not_bid() =>
        Listed.When(Bid(Seller, 2000)).ShouldBeRefused(LotRefusal.SellerMayNotBid);

    [Fact]
    public void An_organisation_of_the_sellers_group_may_not_bid()
    {
        Listed.When(Bid(Aliya, 2000) with { Facts = new BidFacts([Holding, Aliya, Seller]) }).ShouldBeRefused(LotRefusal.AffiliateMayNotBid);
        Listed.When(Bid(Aliya, 2000) with { Facts = new BidFacts([Holding, Aliya, Dana]) }).Should<BidPlaced>();
    }

    [Fact]
    public void A_bid_on_an_older_description_is_refused()
    {
        var given = Listed.And(Change(Describe(Ascending) with { Mass = Mass.FromTonnes(2) }));
        given.When(Bid(Aliya, Tenge(2000), revision: 1)).ShouldBeRefused(LotRefusal.LotChangedSince, 2);
        given.When(Bid(Aliya, Tenge(2000), revision: 2)).Should<BidPlaced>();
        given.When(Bid(Aliya, Tenge(2000))).Should<BidPlaced>();
    }

    [Fact]
    public void Nothing_but_publishing_is_taken_by_an_unknown_lot() =>
        Given.Nothing.When(Bid(Aliya, 2000)).ShouldBeRefused(LotRefusal.LotNotFound);
}
