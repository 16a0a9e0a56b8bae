using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>A lot of 20 t that opens at 1,000 tenge a tonne and asks 5 % of it: 1,000 tenge.</summary>
public class GuaranteeTests
{
    private static readonly LotTerms Guaranteed = Ascending with { Guarantee = Share.FromPercent(5) };
    private static readonly Money Thousand = new(1000_00, Currency.Kzt);

    private static PlaceBid With(PlaceBid bid, int revision = 1, int withdrawals = 0) => bid with { Facts = bid.Facts with { Guarantee = new(revision, withdrawals) } };

    private static WithdrawGuarantee Withdraw(Guid bidder) => new(Id(9), bidder);

    [Theory]
    [InlineData("5", "1000", 20_000, 1000_00)]
    [InlineData("0", "1000", 20_000, 0)]
    [InlineData("33.3333", "0.01", 1_500, 1)]
    [InlineData("50", "0.01", 1_000, 1)]
    [InlineData("49.9999", "0.01", 1_000, 0)]
    [InlineData("50", "0.03", 1_000, 2)]
    public void It_is_a_share_of_the_opening_amount_rounded_half_away_from_zero(string percent, string opening, int kg, long minor) =>
        new LotTerms(LotFormat.Ascending, TextValue.Parse<PricePerTonne>(opening), Close, Guarantee: TextValue.Parse<Share>(percent)).GuaranteeFor(Mass.FromGrams(kg * 1000L)).Should().Be(new Money(minor, Currency.Kzt));

    [Theory, InlineData(null, "5", 1000_00), InlineData("0", "0", 0), InlineData("7.5", "7.5", 1500_00)]
    public void It_is_five_per_cent_where_the_seller_says_nothing(string? said, string asked, long minor)
    {
        var request = new LotRequest("1.04.00", "15 01 01", "20000", MaterialForm.Bales, "10", "1", "75", "Алматы", 43.25m, 76.95m, new(2026, 3, 3), new(2026, 3, 10), "", LotFormat.Ascending, "1000", Close, GuaranteePercent: said);
        var lot = request.Read(Seller, out _)!;
        (lot.Terms.Guarantee, lot.Terms.GuaranteeFor(lot.Mass)).Should().Be((TextValue.Parse<Share>(asked), new Money(minor, Currency.Kzt)));
    }

    [Fact]
    public void A_first_bid_needs_one() => Given.Open(Guaranteed).When(Bid(Aliya, 2000)).ShouldBeRefused(LotRefusal.GuaranteeMissing, Thousand, 1, 0);

    [Fact]
    public void With_one_a_bid_is_taken_and_further_bids_need_no_other() =>
        Given.Open(Guaranteed).And(With(Bid(Aliya, 2000))).And(Bid(Aliya, 3000)).OpenLot.Leading!.Maximum.Should().Be(Tenge(3000));

    [Fact]
    public void A_lot_that_asks_none_takes_bids_without() => Given.Open(Ascending).And(Bid(Aliya, 2000)).OpenLot.Bids.Should().Be(1);

    /// <summary>Nobody's money is held for a bid that is refused anyway.</summary>
    [Fact]
    public void It_is_asked_for_last()
    {
        Given.Open(Guaranteed).When(Bid(Aliya, 999)).ShouldBeRefused(LotRefusal.BelowMinimumBid, Tenge(1000));
        Given.Open(Guaranteed).When(Bid(Seller, 2000)).ShouldBeRefused(LotRefusal.SellerMayNotBid);
        Given.Open(Guaranteed).When(Bid(Aliya, 2000), at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);
        Given.Open(Guaranteed).When(Bid(Aliya, Tenge(2000), revision: 2)).ShouldBeRefused(LotRefusal.LotChangedSince, 1);
    }

    [Fact]
    public void One_for_an_older_description_does_not_do()
    {
        var changed = Given.Open(Guaranteed).And(Change(Describe(Guaranteed with { Opening = Tenge(1500) })));
        changed.When(With(Bid(Aliya, 2000))).ShouldBeRefused(LotRefusal.GuaranteeMissing, new Money(1500_00, Currency.Kzt), 2, 0);
        changed.And(With(Bid(Aliya, 2000), revision: 2));
    }

    [Fact]
    public void Sealed_bids_and_purchases_need_one_too()
    {
        Given.Open(Sealed with { Guarantee = Share.FromPercent(5) }).When(Bid(Aliya, 2000)).ShouldBeRefused(LotRefusal.GuaranteeMissing, Thousand, 1, 0);
        Given.Open(Sealed with { Guarantee = Share.FromPercent(5) }).And(With(Bid(Aliya, 2000)));
        var fixedPrice = Given.Open(FixedPrice with { Guarantee = Share.FromPercent(5) });
        fixedPrice.When(Buy(Aliya)).ShouldBeRefused(LotRefusal.GuaranteeMissing, Thousand, 1, 0);
        fixedPrice.And(Buy(Aliya) with { Facts = new BidFacts([], Guarantee: new GivenGuarantee(1, 0)) }).Lot.Should().BeOfType<Lot.Awarded>();
    }

    [Fact]
    public void The_leader_may_not_take_it_back_and_who_is_outbid_may()
    {
        var contested = Given.Open(Guaranteed).And(With(Bid(Aliya, 5000))).And(With(Bid(Bolat, 2000)));
        contested.When(Withdraw(Aliya)).ShouldBeRefused(LotRefusal.GuaranteeStands);
        contested.When(Withdraw(Bolat)).Should<GuaranteeWithdrawn>().Should().Be(new GuaranteeWithdrawn(Bolat, new GivenGuarantee(1, 0), Noon));
    }

    [Fact]
    public void A_sealed_bid_keeps_it_to_the_end() =>
        Given.Open(Sealed with { Guarantee = Share.FromPercent(5) }).And(With(Bid(Aliya, 2000))).When(Withdraw(Aliya)).ShouldBeRefused(LotRefusal.GuaranteeStands);

    /// <summary>The hold that was withdrawn is on its way back: a bid that names it comes too late.</summary>
    [Fact]
    public void Who_took_it_back_gives_another_to_bid_again()
    {
        var left = Given.Open(Guaranteed).And(With(Bid(Aliya, 5000))).And(With(Bid(Bolat, 2000))).And(Withdraw(Bolat));
        left.When(Bid(Bolat, 6000)).ShouldBeRefused(LotRefusal.GuaranteeMissing, Thousand, 1, 1);
        left.When(With(Bid(Bolat, 6000))).ShouldBeRefused(LotRefusal.GuaranteeMissing, Thousand, 1, 1);

        var back = left.And(With(Bid(Bolat, 4000), withdrawals: 1));
        back.When(Bid(Bolat, 6000)).Should<BidPlaced>();
        back.And(Withdraw(Bolat)).When(Bid(Bolat, 6000)).ShouldBeRefused(LotRefusal.GuaranteeMissing, Thousand, 1, 2);
    }

    /// <summary>A bidder may have more than one held for a while; the award says which of them the deal is given.</summary>
    [Fact]
    public void An_award_names_the_guarantee_that_the_winner_bid_with()
    {
        Awarded(Given.Open(Guaranteed).And(With(Bid(Aliya, 2000)))).Should().Be(new GivenGuarantee(1, 0));
        var back = Given.Open(Guaranteed).And(With(Bid(Aliya, 5000))).And(With(Bid(Bolat, 2000))).And(Withdraw(Bolat)).And(With(Bid(Bolat, 6000), withdrawals: 1));
        Awarded(back).Should().Be(new GivenGuarantee(1, 1));
        Awarded(Given.Open(Guaranteed).And(Change(Describe(Guaranteed))).And(With(Bid(Aliya, 2000), revision: 2))).Should().Be(new GivenGuarantee(2, 0));
        Awarded(Given.Open(Sealed with { Guarantee = Share.FromPercent(5) }).And(With(Bid(Aliya, 2000)))).Should().Be(new GivenGuarantee(1, 0));
        Awarded(Given.Open(Ascending).And(Bid(Aliya, 2000))).Should().BeNull("the lot asked none");
        var bought = Given.Open(FixedPrice with { Guarantee = Share.FromPercent(5) }).When(Buy(Aliya) with { Facts = new BidFacts([], Guarantee: new GivenGuarantee(1, 0)) });
        bought.Should<LotAwarded>().Guarantee.Should().Be(new GivenGuarantee(1, 0));

        static GivenGuarantee? Awarded(Given given) => given.When(CloseIt(), at: Close).Should<LotAwarded>().Guarantee;
    }

    [Theory]
    [InlineData(1, 0, 1, 0, false)]
    [InlineData(1, 1, 1, 0, true)]
    [InlineData(1, 0, 1, 1, false)]
    [InlineData(2, 0, 1, 7, true)]
    [InlineData(1, 7, 2, 0, false)]
    public void A_later_description_asks_for_a_newer_one_and_so_does_a_return(int revision, int withdrawals, int otherRevision, int otherWithdrawals, bool newer) =>
        new GivenGuarantee(revision, withdrawals).IsNewerThan(new(otherRevision, otherWithdrawals)).Should().Be(newer);

    /// <summary>What the house reads for it may have moved when the award is heard of again: it is one order all the same, unless it is about another award.</summary>
    [Fact]
    public void An_order_for_a_deal_is_the_same_by_other_rules_and_with_another_hold()
    {
        var said = DealGrain.Kind.Said!;
        var moved = DealWords.Terms with { Rules = DealRuleBook.Usual.At(Noon) with { Forfeited = Share.FromPercent(50) }, Guarantee = null };
        var dearer = DealWords.Terms with { Price = Tenge(50_001) };
        foreach (var of in (Func<DealTerms, DealCommand>[])[terms => new OpenDeal(Id(1), terms), terms => new OfferToSecond(Id(1), Seller, terms)])
        {
            said(of(moved)).Should().Be(said(of(DealWords.Terms)));
            said(of(dearer)).Should().NotBe(said(of(DealWords.Terms)));
        }
    }

    /// <summary>What bidders have had held is in the lot's currency, and so is everything that looks for it.</summary>
    [Fact]
    public void A_lot_stays_in_the_currency_it_was_listed_in()
    {
        var inDollars = Describe(new LotTerms(LotFormat.FixedPrice, Dollars(10), Close));
        Given.Open(FixedPrice).When(Change(inDollars)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(LotRefusal.CurrencyChanged, "KZT").About("opening_price"));
        Given.Open(FixedPrice).And(Change(Describe(FixedPrice with { Opening = Tenge(2000) })));
        Given.Nothing.And(List(inDollars)).And(Change(inDollars));
    }

    [Fact]
    public void While_the_clock_stands_still_and_after_the_close_it_stays()
    {
        var outbid = Given.Open(Guaranteed).And(With(Bid(Aliya, 5000))).And(With(Bid(Bolat, 2000)));
        outbid.And(Freeze()).When(Withdraw(Bolat)).ShouldBeRefused(LotRefusal.LotFrozen);
        outbid.When(Withdraw(Bolat), at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);
        Given.Open(Ascending).When(Withdraw(Bolat)).ShouldBeRefused(LotRefusal.NoGuarantee);
    }

    [Fact]
    public void A_lot_asks_at_most_half()
    {
        Given.Nothing.When(List(Ascending with { Guarantee = Share.FromPercent(50) })).Should<LotListed>();
        Given.Nothing.When(List(Ascending with { Guarantee = TextValue.Parse<Share>("50.0001") })).Refusals.Should().ContainSingle()
            .Which.Should().Be(new Refusal(LotRefusal.GuaranteeTooLarge, Share.FromPercent(50)).About("guarantee_percent"));
    }
}
