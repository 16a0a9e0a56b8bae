using Ainalym.Kernel;
using Ainalym.Market.Lots;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

/// <summary>The close: how late bids move it, how a freeze stops it, and what it decides.</summary>
public class ClockTests
{
    private static readonly Given Listed = Given.Open(Ascending);

    [Fact]
    public void A_bid_in_the_last_three_minutes_moves_the_close_to_three_minutes_after_it()
    {
        var bid = Listed.When(Bid(Aliya, 2000), at: Close.AddMinutes(-3).AddMilliseconds(1)).Should<BidPlaced>();
        bid.ClosesAt.Should().Be(Close.AddMilliseconds(1));
    }

    [Fact]
    public void A_bid_three_minutes_before_the_close_does_not_move_it() =>
        Listed.When(Bid(Aliya, 2000), at: Close.AddMinutes(-3)).Should<BidPlaced>().ClosesAt.Should().BeNull();

    [Fact]
    public void The_moved_close_holds()
    {
        var given = Listed.And(Bid(Aliya, 2000), at: Close.AddMinutes(-1));
        given.When(Bid(Bolat, 3000), at: Close.AddMinutes(2).AddMilliseconds(-1)).Should<BidPlaced>();
        given.When(Bid(Bolat, 3000), at: Close.AddMinutes(2)).ShouldBeRefused(LotRefusal.LotEnded, Close.AddMinutes(2));
        given.When(CloseIt(), at: Close).ShouldBeRefused(LotRefusal.NotYetClosing, Close.AddMinutes(2));
    }

    [Fact]
    public void A_lot_without_soft_close_closes_as_scheduled() =>
        Given.Open(Ascending with { SoftCloseMinutes = 0 }).When(Bid(Aliya, 2000), at: Close.AddMilliseconds(-1)).Should<BidPlaced>().ClosesAt.Should().BeNull();

    [Fact]
    public void The_close_never_moves_past_its_cap()
    {
        var given = Given.Open(Ascending with { SoftCloseMinutes = 3, SoftCloseCapMinutes = 5 }).And(Bid(Aliya, 2000), at: Close.AddMinutes(-1)).And(Bid(Bolat, 3000), at: Close.AddMinutes(1));
        given.OpenLot.ClosesAt.Should().Be(Close.AddMinutes(4));
        given = given.And(Bid(Aliya, 4000), at: Close.AddMinutes(3));
        given.OpenLot.ClosesAt.Should().Be(Close.AddMinutes(5));
        given.When(Bid(Bolat, 5000), at: Close.AddMinutes(5).AddMilliseconds(-1)).Should<BidPlaced>().ClosesAt.Should().BeNull();
    }

    [Fact]
    public void A_close_just_before_its_time_is_refused_and_told_when() =>
        Listed.When(CloseIt(), at: Close.AddMilliseconds(-1)).ShouldBeRefused(LotRefusal.NotYetClosing, Close);

    [Fact]
    public void A_lot_with_a_bid_is_awarded_on_the_closing_instant() =>
        Listed.And(Bid(Aliya, 5000)).And(Bid(Bolat, 3000)).When(CloseIt(), at: Close).Should<LotAwarded>().Should()
            .Be(new LotAwarded(Aliya, 1, Tenge(3100), TextValue.Parse<Money>("62000.00 KZT"), AwardedBy.Auction, Close));

    [Fact]
    public void The_amount_is_rounded_once_half_away_from_zero()
    {
        var given = Given.Nothing.And(List(Describe(Ascending) with { Mass = Mass.FromGrams(5) }));
        given.And(Bid(Aliya, 1000)).When(CloseIt(), at: Close).Should<LotAwarded>().Amount.Should().Be(TextValue.Parse<Money>("0.01 KZT"));
    }

    [Fact]
    public void A_lot_without_bids_is_unsold() =>
        Listed.When(CloseIt(), at: Close).Should<LotUnsold>().Should().Be(new LotUnsold(UnsoldReason.NoBids, Close));

    [Fact]
    public void A_lot_under_its_reserve_is_unsold()
    {
        var given = Given.Open(Ascending with { Reserve = Tenge(4000) });
        given.And(Bid(Aliya, 3999.99m)).When(CloseIt(), at: Close).Should<LotUnsold>().Reason.Should().Be(UnsoldReason.ReserveNotMet);
        given.And(Bid(Aliya, 4000)).When(CloseIt(), at: Close).Should<LotAwarded>().Price.Should().Be(Tenge(4000));
    }

    [Fact]
    public void Nothing_is_taken_after_the_end()
    {
        var at = Close.AddSeconds(1);
        foreach (var ended in (Given[])[Listed.And(Bid(Aliya, 2000)).And(CloseIt(), at), Listed.And(CloseIt(), at), Listed.And(Cancel, at: at.AddHours(-1))])
        {
            var when = ended.Now;
            foreach (var command in (LotCommand[])[Bid(Bolat, 9000), Buy(Bolat), CloseIt(), Freeze(), Resume, Cancel, Change(Describe(Ascending))])
                ended.When(command).ShouldBeRefused(LotRefusal.LotEnded, when);
            ended.When(List(Ascending)).ShouldBeRefused(LotRefusal.AlreadyListed);
        }
    }

    [Fact]
    public void A_freeze_stops_everything()
    {
        var frozen = Listed.And(Freeze());
        foreach (var command in (LotCommand[])[Bid(Bolat, 9000), Buy(Bolat), CloseIt(), Cancel, Change(Describe(Ascending))])
            frozen.When(command, at: Close.AddHours(1)).ShouldBeRefused(LotRefusal.LotFrozen);
    }

    [Fact]
    public void A_resumed_lot_has_the_time_that_was_left()
    {
        var given = Listed.And(Freeze(), at: Close.AddMinutes(-10)).And(Resume, at: Close.AddHours(5));
        given.OpenLot.ClosesAt.Should().Be(Close.AddHours(5).AddMinutes(10));
        given.When(Bid(Aliya, 2000), at: Close.AddHours(5).AddMinutes(10).AddMilliseconds(-1)).Should<BidPlaced>();
        given.When(Bid(Aliya, 2000), at: Close.AddHours(5).AddMinutes(10)).Refusal!.Code.Should().Be(LotRefusal.LotEnded);
    }

    [Fact]
    public void A_resumed_lot_has_the_room_that_was_left_for_late_bids()
    {
        var given = Given.Open(Ascending with { SoftCloseMinutes = 3, SoftCloseCapMinutes = 4 })
            .And(Bid(Aliya, 2000), at: Close.AddMinutes(-1))
            .And(Freeze(), at: Close).And(Resume, at: Close.AddHours(1));
        given.OpenLot.ClosesAt.Should().Be(Close.AddHours(1).AddMinutes(2));
        given.OpenLot.LatestClose.Should().Be(Close.AddHours(1).AddMinutes(4));
    }

    [Fact]
    public void A_freeze_since_an_outage_began_gives_back_the_time_left_then()
    {
        var frozen = Listed.And(Freeze(since: Close.AddMinutes(-10)), at: Close.AddHours(2));
        frozen.Lot.Should().BeOfType<Lot.Frozen>().Which.Remaining.Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_freeze_is_never_since_the_future() =>
        Listed.When(Freeze(since: Noon.AddMinutes(1)), at: Noon).Should<LotFrozen>().Should().Be(new LotFrozen(Noon, TimeSpan.FromHours(1), Noon));

    [Fact]
    public void A_lot_that_had_closed_is_not_frozen()
    {
        Listed.When(Freeze(), at: Close).ShouldBeRefused(LotRefusal.LotEnded, Close);
        Listed.When(Freeze(), at: Close.AddMilliseconds(-1)).Should<LotFrozen>().Remaining.Should().Be(TimeSpan.FromMilliseconds(1));
        Listed.When(Freeze(since: Close), at: Close.AddHours(1)).ShouldBeRefused(LotRefusal.LotEnded, Close);
    }

    [Fact]
    public void Freezing_a_frozen_lot_and_resuming_an_open_one_changes_nothing()
    {
        foreach (var decision in (Decision<LotEvent>[])[Listed.And(Freeze()).When(Freeze()), Listed.When(Resume)])
        {
            decision.Refusals.Should().BeEmpty();
            decision.Events.Should().BeEmpty();
        }
    }
}
