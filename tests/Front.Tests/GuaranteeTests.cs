using Ainalym.Contracts.Settlement;
using Ainalym.Front.Verbs;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using Ainalym.Settlement.Ledgers;
using Ainalym.Support;
using static Ainalym.Front.Tests.TradingHouse;

namespace Ainalym.Front.Tests;

/// <summary>Lots and the ledger together: two grains, and whatever happens between them.</summary>
public sealed class GuaranteeTests : IAsyncDisposable
{
    private readonly TradingHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_first_bid_holds_the_guarantee_once_and_the_close_gives_it_back_to_who_lost()
    {
        await house.List();
        await house.Pay(Aliya, 5000);
        await house.Pay(Bolat, 5000);
        await house.Bid(Aliya, 2000);
        await house.Bid(Aliya, 3000);
        await house.Bid(Bolat, 5000);
        (await house.Held(Aliya), await house.Free(Aliya), await house.Held(Bolat)).Should().Be((Guarantee, Tenge(4000), Guarantee));

        await house.Stepping.AdvanceTo(Close, Ct);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Tenge(0), Tenge(5000)));
        (await house.Held(Bolat)).Should().Be(Guarantee, "the winner's stays until he has paid");
    }

    [Fact]
    public async Task Who_has_too_little_is_told_how_much_is_missing_and_bids_once_it_has_come()
    {
        await house.List();
        await house.Pay(Aliya, 400);
        for (var n = 0; n < 3; n++)
            (await house.Refused(Aliya, 2000)).Should().Be(new Refusal(LotRefusal.GuaranteeShort, Guarantee, Tenge(400), Tenge(600)));
        await house.Pay(Aliya, 600);
        await house.Bid(Aliya, 2000);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(0)));
    }

    /// <summary>As if what releases them had been lost.</summary>
    [Fact]
    public async Task A_guarantee_that_outlives_its_lot_is_found()
    {
        await house.Pay(Aliya, 5_000);
        await house.Pay(Bolat, 5_000);
        await house.List();
        await house.Bid(Aliya, 1_100);
        await house.Bid(Bolat, 1_300);
        await house.Stepping.AdvanceTo(Close, Ct);
        (await Stray(TimeSpan.FromDays(1))).Should().BeEmpty("Aliya's was released, Bolat's waits for his payment");
        var lost = new TransferOrder.Hold(AccountId.Available(Aliya), AccountId.Escrow(LotId), Tenge(7), TransferPurpose.Guarantee, $"{LotId:N}-1-9");
        (await house.Stepping.House.Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(house.NextId(), [lost]), Caller.House, Ct)).Refusals.Should().BeEmpty();
        (await Stray(TimeSpan.FromMinutes(59))).Should().BeEmpty("it may still be on its way");
        (await Stray(TimeSpan.FromMinutes(61))).Should().ContainSingle().Which.AmountMinor.Should().Be(7_00);

        await house.Stepping.AdvanceTo(Close.AddDays(1), Ct);
        house.Log.Said.Should().ContainSingle("the house looks for it by itself, at the end of each day").Which.Should().Contain("1 guarantees in KZT").And.Contain(LotId.ToString("N")).And.Contain("1 of them were let go");
        (await house.Free(Aliya), await house.Held(Bolat)).Should().Be((Tenge(5_000), Guarantee), "the winner's stays until he has paid");
        (await Stray(TimeSpan.FromDays(2))).Should().BeEmpty();
    }

    [Fact]
    public async Task All_that_outlived_their_lots_are_let_go_however_many()
    {
        await house.Pay(Aliya, 1_000);
        await house.List();
        await house.Stepping.AdvanceTo(Close, Ct);
        const int Many = 2 * PageSize + 1;
        await Lose(Many);
        await house.Stepping.AdvanceTo(Close.AddDays(1), Ct);
        house.Log.Said.Should().ContainSingle().Which.Should().Contain($"{Many} guarantees in KZT").And.Contain($"{Many} of them were let go");
        (await house.Free(Aliya)).Should().Be(Tenge(1_000));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(PageSize + 1)]
    public async Task A_verb_lists_them_all_and_ends_in_an_error_when_there_are_any(int lost)
    {
        await house.Pay(Aliya, 1_000);
        await house.List();
        await house.Stepping.AdvanceTo(Close, Ct);
        await Lose(lost);
        var (code, said) = await CheckHolds();
        code.Should().Be(lost == 0 ? 0 : 1);
        var lines = said.Split('\n');
        lines.Should().HaveCount(lost + 2).And.OnlyHaveUniqueItems();
        lines[..lost].Where(line => !line.StartsWith($"0.01 KZT of available-{Aliya:N} for lot {LotId:N}, which ended 2026-03-02T13:00:00", StringComparison.Ordinal)).Should().BeEmpty();
        lines[lost].Should().Be($"{lost} held for nothing, {Tenge(lost * 0.01m)}");
        (await CheckHolds("USD")).Should().Be((0, "0 held for nothing, 0.00 USD\n"));
        (await CheckHolds("GBP")).Should().Be((2, ""));
        (await CheckHolds("KZT", "USD")).Should().Be((2, ""));
        (await house.Held(Aliya)).Should().Be(Tenge(lost * 0.01m), "it only lists");
    }

    private const int PageSize = 500;

    /// <summary>Holds of a tiyn for a lot that is over, as if what releases them had been lost.</summary>
    private async Task Lose(int many)
    {
        for (var made = 0; made < many; made += MakeTransfers.LongestChain)
        {
            var holds = Enumerable.Range(made, Math.Min(MakeTransfers.LongestChain, many - made))
                .Select(n => new TransferOrder.Hold(AccountId.Available(Aliya), AccountId.Escrow(LotId), Tenge(0.01m), TransferPurpose.Guarantee, $"{LotId:N}-1-{n}"));
            (await house.Stepping.House.Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(house.NextId(), [.. holds]), Caller.House, Ct)).Refusals.Should().BeEmpty();
        }
    }

    /// <summary>The verb, two hours after the close.</summary>
    private async Task<(int Code, string Said)> CheckHolds(params string[] operands)
    {
        await using var answers = new StringWriter { NewLine = "\n" };
        var options = FrontOptions.Read(["check-holds", .. operands, "--data", house.Folder], _ => null, out _)!;
        var ports = FrontPorts.Embedded with { Open = (modules, of, logs) => House.Open(modules, of with { Time = new SteppingTime(Close.AddHours(2)) }, logs) };
        return (await AllVerbs.Find("check-holds")!.Run(new VerbCall(options, ports, answers, TextWriter.Null)), answers.ToString());
    }

    /// <summary>As if deals were not opened and their money not carried for a day: what stands for a payment is told and never let go.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task What_a_deal_may_need_is_not_let_go_however_late_the_deal_is(bool opened)
    {
        await house.Pay(Aliya, 5_000);
        await house.List();
        if (!opened) await StandStill("market/deals");
        await house.Bid(Aliya, 1_100);
        await house.Stepping.AdvanceTo(Close, Ct);
        if (opened)
        {
            await house.Database.Write(writing => writing.Run("UPDATE deals SET stage = 'defaulted', changed_at_ms = 0"));
            (await Stray(TimeSpan.FromDays(1))).Should().ContainSingle("it should have gone with the deal");
        }

        await house.Stepping.AdvanceTo(Close.AddDays(1).AddHours(-1), Ct);
        house.Log.Said.Should().ContainSingle().Which.Should().Contain("1 guarantees in KZT").And.Contain("0 of them were let go");
        (await house.Held(Aliya)).Should().Be(Guarantee);
        if (opened) await house.Stepping.House.Rebuild("market/deal", progress: null, Ct);
    }

    private Task StandStill(string follower) => house.Database.Write(writing =>
        writing.Run("INSERT INTO followers (name, [checkpoint], owner, until_ms, fence) VALUES (@follower, 1000000, '', 0, 0)", new { follower }));

    public enum End { Cancelled, Bought, Closed }

    /// <summary>What releases the guarantees of a lot that is over has passed, and then one is held for it.</summary>
    [Theory, InlineData(End.Cancelled), InlineData(End.Bought), InlineData(End.Closed)]
    public async Task A_guarantee_that_comes_after_the_end_goes_back_with_the_refused_bid(End end)
    {
        await house.List(terms: Terms with { BuyNow = PerTonne(9000) });
        await house.Pay(Aliya, 1000);
        await house.Pay(Bolat, 1000);
        house.Fuse.Meanwhile(2, async () =>
        {
            await Ends(end);
            await house.Stepping.House.CatchUp(Ct);
        });
        (await house.Refused(Aliya, 2000)).Code.Should().Be(LotRefusal.LotEnded);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Tenge(0), Guarantee));
    }

    /// <summary>The same, and the house dies before the bid: nobody is there to let it go, until the night.</summary>
    [Theory, InlineData(End.Cancelled), InlineData(End.Bought), InlineData(End.Closed)]
    public async Task A_guarantee_that_comes_after_the_end_goes_back_at_night_when_the_house_died_with_it(End end)
    {
        await house.List(terms: Terms with { BuyNow = PerTonne(9000) });
        await house.Pay(Aliya, 1000);
        await house.Pay(Bolat, 1000);
        house.Fuse.Meanwhile(2, async () =>
        {
            await Ends(end);
            await house.Stepping.House.CatchUp(Ct);
            house.Fuse.Burn(1, beforeSending: false);
        });
        await house.Mortal(() => house.Bid(Aliya, 2000));
        (house.Deaths, await house.Held(Aliya)).Should().Be((1, Guarantee));
        await house.Stepping.AdvanceTo(Close.AddDays(1), Ct);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Tenge(0), Guarantee));
    }

    private Task Ends(End end) => end switch
    {
        End.Cancelled => house.Send(new CancelLot(house.NextId(), Seller), SellerUser),
        End.Bought => house.Orders.Buy(LotId, house.NextId(), revision: null, Buyer(Bolat), Ct),
        _ => house.Stepping.AdvanceTo(Close, Ct),
    };

    /// <summary>Two purchases of one buyer side by side have one hold; the one that comes second must not let go what the first has bought with.</summary>
    [Fact]
    public async Task Who_has_the_lot_keeps_his_guarantee_with_it_whatever_else_he_sent()
    {
        await house.List(terms: Terms with { BuyNow = PerTonne(9000) });
        await house.Pay(Aliya, 1000);
        house.Fuse.Meanwhile(3, () => house.Orders.Buy(LotId, house.NextId(), revision: null, Buyer(Aliya), Ct));
        (await house.Orders.Buy(LotId, house.NextId(), revision: null, Buyer(Aliya), Ct)).Refusal!.Code.Should().Be(LotRefusal.LotEnded);
        (await house.Held(Aliya)).Should().Be(Guarantee);
        await house.Stepping.House.CatchUp(Ct);
        (await house.DealRows.OfLot(LotId, Ct)).Should().ContainSingle().Which.GuaranteeMinor.Should().Be(1000_00);
    }

    /// <summary>The lot is described anew while money is being held for what it was: that goes back at once, and is there for what the lot is now.</summary>
    [Fact]
    public async Task What_was_held_for_a_description_that_is_gone_serves_the_new_one()
    {
        await house.List();
        await house.Pay(Aliya, 1000);
        house.Fuse.Meanwhile(2, async () =>
        {
            await house.Send(new ChangeLot(house.NextId(), Describe(Terms)) { Facts = Facts }, SellerUser);
            await house.Stepping.House.CatchUp(Ct);
        });
        await house.Bid(Aliya, 2000);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(0)));
    }

    private Task<IReadOnlyList<StrayHold>> Stray(TimeSpan after) => new HoldCheck(house.Database, new SteppingTime(Close + after)).Find(Currency.Kzt, "", 10, Ct);

    [Fact]
    public async Task A_refused_bid_holds_nothing()
    {
        await house.List();
        await house.Pay(Aliya, 5000);
        (await house.Refused(Aliya, 1)).Code.Should().Be(LotRefusal.BelowMinimumBid);
        (await house.Held(Aliya)).Should().Be(Tenge(0));
    }

    /// <summary>The process dies after the hold and before the bid: the same bid repeated finds the hold, and one who never comes back has it back at the end.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_crash_between_the_hold_and_the_bid_costs_nobody_anything(bool comesBack)
    {
        await house.List();
        await house.Pay(Aliya, 1500);
        (await house.Desk.Hold(LotId, Aliya, new GivenGuarantee(1, 0), Guarantee, Ct)).Should().BeNull();
        (await house.Held(Aliya)).Should().Be(Guarantee);
        if (comesBack)
        {
            await house.Bid(Aliya, 2000);
            (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(500)), "it is the same hold");
            return;
        }

        await house.Stepping.AdvanceTo(Close, Ct);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Tenge(0), Tenge(1500)));
    }

    /// <summary>A ledger remembers that it said no, so what came since is held by another attempt. The house dies on the way to it, with it, or with the bid.</summary>
    /// <param name="commands">The bid that asks, the attempt that is refused for ever, the one that holds, the bid again.</param>
    [Theory]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(4, false)]
    public async Task A_crash_about_a_later_attempt_costs_nobody_anything_either(int commands, bool beforeSending)
    {
        await house.List();
        await house.Pay(Aliya, 400);
        (await house.Refused(Aliya, 2000)).Code.Should().Be(LotRefusal.GuaranteeShort);
        await house.Pay(Aliya, 600);
        house.Fuse.Burn(commands, beforeSending);
        await house.Mortal(() => house.Bid(Aliya, 2000));
        house.Deaths.Should().Be(1);
        await house.Bid(Aliya, 2001);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(0)));
    }

    /// <summary>The hold was made, and then the bid was refused: it stands for the next one.</summary>
    [Fact]
    public async Task A_bid_refused_after_its_hold_leaves_it_for_the_next()
    {
        await house.List();
        await house.Pay(Aliya, 400);
        await house.Pay(Bolat, 1000);
        (await house.Refused(Aliya, 2000)).Code.Should().Be(LotRefusal.GuaranteeShort);
        await house.Pay(Aliya, 600);
        (await house.Desk.Hold(LotId, Aliya, new GivenGuarantee(1, 0), Guarantee, Ct)).Should().BeNull();
        await house.Bid(Bolat, 3000);
        (await house.Refused(Aliya, 1000)).Code.Should().Be(LotRefusal.BelowMinimumBid);
        (await house.Desk.Hold(LotId, Aliya, new GivenGuarantee(1, 0), Guarantee, Ct)).Should().BeNull("it is there");
        await house.Bid(Aliya, 4000);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(0)));
    }

    [Fact]
    public async Task First_bids_side_by_side_after_a_refusal_are_one_hold_and_none_is_told_short()
    {
        await house.List();
        await house.Pay(Aliya, 400);
        (await house.Refused(Aliya, 2000)).Code.Should().Be(LotRefusal.GuaranteeShort);
        await house.Pay(Aliya, 600);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => house.Orders.Bid(LotId, house.NextId(), PerTonne(2000 + n), revision: null, Buyer(Aliya), Ct)));
        receipts.SelectMany(receipt => receipt.Refusals).Where(refusal => !refusal.Code.Equals(LotRefusal.NotAboveOwnMaximum)).Should().BeEmpty();
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(0)));
    }

    [Fact]
    public async Task The_same_first_bid_sent_by_many_at_once_is_one_hold()
    {
        await house.List();
        await house.Pay(Aliya, 5000);
        var id = house.NextId();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Orders.Bid(LotId, id, PerTonne(2000), revision: null, Buyer(Aliya), Ct)));
        receipts.Should().OnlyContain(receipt => receipt.Refusals.Count == 0);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => house.Orders.Bid(LotId, house.NextId(), PerTonne(2001 + n), revision: null, Buyer(Aliya), Ct)));
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(4000)));
    }

    [Fact]
    public async Task A_soft_close_keeps_guarantees_to_the_later_close()
    {
        await house.List();
        await house.Pay(Aliya, 1000);
        await house.Pay(Bolat, 1000);
        await house.Bid(Aliya, 2000);
        await house.Stepping.AdvanceTo(Close.AddMinutes(-1), Ct);
        await house.Bid(Bolat, 5000);
        await house.Stepping.AdvanceTo(Close.AddMinutes(2).AddMilliseconds(-1), Ct);
        (await house.Held(Aliya)).Should().Be(Guarantee);
        await house.Stepping.AdvanceTo(Close.AddMinutes(2), Ct);
        (await house.Held(Aliya)).Should().Be(Tenge(0));
    }

    [Fact]
    public async Task A_frozen_lot_keeps_them_and_takes_no_withdrawal()
    {
        await house.List();
        await house.Pay(Aliya, 1000);
        await house.Pay(Bolat, 1000);
        await house.Bid(Aliya, 5000);
        await house.Bid(Bolat, 2000);
        await house.Send(new FreezeLot(house.NextId()), Caller.House);
        await house.Stepping.AdvanceTo(Close.AddDays(1), Ct);
        (await house.Held(Aliya), await house.Held(Bolat)).Should().Be((Guarantee, Guarantee));
        (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Bolat), Ct)).Refusal!.Code.Should().Be(LotRefusal.LotFrozen);
    }

    [Fact]
    public async Task A_cancelled_lot_and_an_unsold_one_give_all_back()
    {
        await house.List(Id(0x2_0000));
        await house.Pay(Aliya, 1000);
        await house.Desk.Hold(Id(0x2_0000), Aliya, new GivenGuarantee(1, 0), Guarantee, Ct);
        await house.Send(new CancelLot(house.NextId(), Seller), SellerUser, Id(0x2_0000));
        await house.Stepping.House.CatchUp(Ct);
        (await house.Free(Aliya)).Should().Be(Guarantee);

        await house.List(terms: Terms with { Reserve = PerTonne(9000) });
        await house.Bid(Aliya, 2000);
        (await house.Free(Aliya)).Should().Be(Tenge(0));
        await house.Stepping.AdvanceTo(Close, Ct);
        (await house.Free(Aliya)).Should().Be(Guarantee);
    }

    [Fact]
    public async Task Described_anew_a_lot_gives_back_what_was_held_for_the_old_description()
    {
        await house.List();
        await house.Pay(Aliya, 2000);
        await house.Desk.Hold(LotId, Aliya, new GivenGuarantee(1, 0), Guarantee, Ct);
        var dearer = Describe(Terms with { Opening = PerTonne(1500) });
        await house.Send(new ChangeLot(house.NextId(), dearer) { Facts = Facts }, SellerUser);
        await house.Stepping.House.CatchUp(Ct);
        await house.Bid(Aliya, 2000);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Tenge(1500), Tenge(500)));
    }

    /// <summary>What followers do late, or twice, is about what was then.</summary>
    [Fact]
    public async Task A_change_that_is_heard_of_late_gives_back_nothing_that_was_held_since()
    {
        await house.List();
        await house.Pay(Aliya, 2000);
        for (var n = 0; n < 2; n++) await house.Send(new ChangeLot(house.NextId(), Describe(Terms)) { Facts = Facts }, SellerUser);
        await house.Bid(Aliya, 2000);
        await house.Stepping.House.CatchUp(Ct);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(1000)));
    }

    /// <summary>A hold of an older description came after its release: the deal is given the one that the winning bid named, and the other goes back.</summary>
    [Fact]
    public async Task The_winner_keeps_the_guarantee_that_his_bid_named_and_has_others_back()
    {
        for (var n = 0; n < 8; n++)
        {
            var lot = Id(0x2_0000 + n);
            await house.List(lot);
            await house.Pay(Aliya, 2500);
            await house.Send(new ChangeLot(house.NextId(), Describe(Terms with { Opening = PerTonne(1500) })) { Facts = Facts }, SellerUser, lot);
            await house.Stepping.House.CatchUp(Ct);
            await house.Desk.Hold(lot, Aliya, new GivenGuarantee(1, 0), Guarantee, Ct);
            await house.Bid(Aliya, 2000, lot);
        }

        await house.Stepping.AdvanceTo(Close, Ct);
        for (var n = 0; n < 8; n++)
        {
            (await house.DealRows.OfLot(Id(0x2_0000 + n), Ct)).Should().ContainSingle().Which.GuaranteeMinor.Should().Be(1500_00);
            (await house.Desk.HeldOf(Currency.Kzt, Id(0x2_0000 + n), Aliya, Ct)).Should().Be(Tenge(1500));
        }
    }

    /// <summary>Taken back and given again while nobody has let go of the first.</summary>
    [Fact]
    public async Task Who_came_again_wins_with_the_later_one()
    {
        await house.List();
        await house.Pay(Aliya, 2000);
        await house.Pay(Bolat, 1000);
        await house.Bid(Bolat, 3000);
        await house.Bid(Aliya, 2000);
        (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        await house.Bid(Aliya, 5000);
        (await house.Held(Aliya)).Should().Be(Tenge(2000), "the first is on its way back");
        house.Stepping.SetClock(Close);
        await house.Send(new CloseLot(house.NextId(), Close), Caller.House);
        await house.Stepping.House.CatchUp(Ct);
        var deal = (await house.DealRows.OfLot(LotId, Ct)).Should().ContainSingle().Subject;
        (await new LedgerQueries(house.Database).Transfer(Currency.Kzt, deal.Hold!.Value, Ct))!.State.Should().Be("held");
        (await house.Held(Aliya), await house.Held(Bolat)).Should().Be((Guarantee, Tenge(0)));
    }

    /// <summary>Withdrawn while the bid that it was given for is on its way: the bid gives another, with the same money.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_withdrawal_that_overtakes_a_bid_leaves_one_guarantee(bool heard)
    {
        await house.List();
        await house.Pay(Aliya, 1000);
        house.Fuse.Meanwhile(3, async () =>
        {
            (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
            if (heard) await house.Stepping.House.CatchUp(Ct);
        });
        await house.Bid(Aliya, 2000);
        await house.Stepping.House.CatchUp(Ct);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(0)));
        await house.Stepping.AdvanceTo(Close, Ct);
        (await house.DealRows.OfLot(LotId, Ct)).Should().ContainSingle().Which.GuaranteeMinor.Should().Be(1000_00);
    }

    /// <summary>Withdrawn twice, and come back each time, while nobody has let go of anything.</summary>
    [Fact]
    public async Task However_often_a_bidder_leaves_and_returns_one_guarantee_stays()
    {
        await house.List();
        await house.Pay(Aliya, 3000);
        await house.Pay(Bolat, 1000);
        await house.Bid(Bolat, 9000);
        for (var n = 0; n < 2; n++)
        {
            await house.Bid(Aliya, 2000 + (n * 1000));
            (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        }

        await house.Bid(Aliya, 5000);
        (await house.Held(Aliya)).Should().Be(Tenge(3000), "two are on their way back");
        await house.Stepping.House.CatchUp(Ct);
        (await house.Held(Aliya), await house.Free(Aliya)).Should().Be((Guarantee, Tenge(2000)));
    }

    /// <summary>The winner has not paid, and the goods are offered anew: he needs another guarantee, and the first is lost.</summary>
    [Fact]
    public async Task A_lot_relisted_after_a_default_asks_everyone_anew()
    {
        await house.List();
        await house.Pay(Aliya, 1500);
        await house.Bid(Aliya, 2000);
        await house.Stepping.AdvanceTo(Close.AddDays(1), Ct);
        var deal = (await house.DealRows.OfLot(LotId, Ct)).Single().Id;
        await house.Did(deal, new AcceptContract(house.NextId(), Seller), SellerUser);
        await house.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        (await house.DealRows.OfLot(LotId, Ct)).Should().ContainSingle().Which.Stage.Should().Be("defaulted");
        (await house.Free(Seller), await house.Free(Aliya), await house.Held(Aliya)).Should().Be((Guarantee, Tenge(500), Tenge(0)));

        var (anew, closes) = (Id(0x2_0000), house.Stepping.Now.AddHours(1));
        await house.Send(new ListLot(house.NextId(), anew, Describe(Terms with { ClosesAt = closes }) with { PickUpFrom = new(2026, 4, 1), PickUpTo = new(2026, 4, 3) }) { Facts = Facts }, SellerUser, anew);
        (await house.Orders.Bid(anew, house.NextId(), PerTonne(2000), revision: null, Buyer(Aliya), Ct)).Refusal.Should().Be(new Refusal(LotRefusal.GuaranteeShort, Guarantee, Tenge(500), Tenge(500)));
        await house.Pay(Aliya, 500);
        await house.Bid(Aliya, 2000, anew);
        await house.Stepping.AdvanceTo(closes, Ct);
        (await house.DealRows.OfLot(anew, Ct)).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Buyer = Aliya, Stage = "standstill", GuaranteeMinor = 1000_00L });
        house.Log.Said.Should().BeEmpty();
    }

    /// <summary>The award is heard of twice, the second time by other rules of the house and with nothing held: the deal is there, and the follower goes on.</summary>
    [Fact]
    public async Task An_award_heard_of_twice_opens_one_deal_whatever_is_held_by_then()
    {
        await house.List();
        await house.Pay(Aliya, 1000);
        await house.Bid(Aliya, 2000);
        await house.Stepping.AdvanceTo(Close, Ct);
        await house.Desk.Release(Currency.Kzt, LotId, Aliya, Close, "test", _ => true, Ct);
        await house.Mortal(() => throw new ProcessDied());
        await house.Database.Write(writing => writing.Run("UPDATE followers SET [checkpoint] = 0"));
        await house.Stepping.House.CatchUp(Ct);
        (await house.DealRows.OfLot(LotId, Ct)).Should().ContainSingle().Which.GuaranteeMinor.Should().Be(1000_00);
    }

    [Fact]
    public async Task Who_is_outbid_may_take_it_back_and_come_again()
    {
        await house.List();
        await house.Pay(Aliya, 5000);
        await house.Pay(Bolat, 1000);
        await house.Bid(Aliya, 5000);
        await house.Bid(Bolat, 2000);
        (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Aliya), Ct)).Refusal!.Code.Should().Be(LotRefusal.GuaranteeStands);
        (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Id(0xC)), Ct)).Refusal!.Code.Should().Be(LotRefusal.NoGuarantee);
        (await house.Orders.Withdraw(LotId, house.NextId(), Buyer(Bolat), Ct)).Refusals.Should().BeEmpty();

        // The hold goes back a moment later; until then there is nothing free for another.
        (await house.Refused(Bolat, 6000)).Code.Should().Be(LotRefusal.GuaranteeShort);
        await house.Stepping.House.CatchUp(Ct);
        (await house.Held(Bolat), await house.Free(Bolat)).Should().Be((Tenge(0), Tenge(1000)));
        await house.Bid(Bolat, 6000);
        await house.Stepping.House.CatchUp(Ct);
        (await house.Held(Bolat)).Should().Be(Guarantee, "what came after the withdrawal is not given back with it");
    }
}
