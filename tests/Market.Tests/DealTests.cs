using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Market.Lots;
using Ainalym.Market.Rates;
using static Ainalym.Market.Tests.DealWords;
using static Ainalym.Market.Tests.Words;

namespace Ainalym.Market.Tests;

public class DealTests
{
    [Fact]
    public void An_award_stands_still_for_a_day()
    {
        GivenDeal.Opened.Is<Deal.Standstill>().By.Should().Be(Noon.AddDays(1));
        GivenDeal.Opened.When(Accept(Seller)).ShouldBeRefused(DealRefusal.NotAtThisStage, "standstill");
        GivenDeal.Opened.When(Lapse, Noon.AddDays(1).AddMilliseconds(-1)).ShouldBeRefused(DealRefusal.NotYetDue, Noon.AddDays(1));
        GivenDeal.Contract.Is<Deal.Contract>().By.Should().Be(WorkDays.After(NextNoon, 3));
        GivenDeal.Nothing.And(new OpenDeal(Id(1), Terms with { Rules = Terms.Rules with { Standstill = TimeSpan.FromHours(2) } })).Is<Deal.Standstill>().By.Should().Be(Noon.AddHours(2), "its rules say so");
    }

    [Fact]
    public void Deals_are_made_on_the_rules_of_their_day()
    {
        var rules = DealRuleBook.Usual.At(Noon);
        (rules.Standstill, rules.DecisionDays, rules.Tolerance, rules.Forfeited).Should().Be((TimeSpan.FromHours(24), 5, Share.FromPercent(5), Share.FromPercent(100)));
        var before = () => DealRuleBook.Usual.At(new DateTimeOffset(2024, 12, 31, 18, 59, 59, TimeSpan.Zero));
        before.Should().Throw<InvalidOperationException>("no rules were in force");
    }

    [Fact]
    public void A_complaint_stops_the_clock_until_the_operator_has_decided()
    {
        GivenDeal.Opened.When(Complain(Buyer)).ShouldBeRefused(DealRefusal.MayNotComplain);
        GivenDeal.Opened.When(Complain(Dana, hasBid: false)).ShouldBeRefused(DealRefusal.MayNotComplain);
        GivenDeal.Opened.And(Complain(Seller, hasBid: false));
        GivenDeal.Opened.When(Complain(Bolat), Noon.AddDays(1)).ShouldBeRefused(DealRefusal.TooLate, Noon.AddDays(1));

        var complained = GivenDeal.Opened.And(Complain(Bolat), Noon.AddHours(20));
        complained.Is<Deal.Standstill>().Turn.Should().Be(Turn.Operator);
        complained.When(Complain(Dana)).ShouldBeRefused(DealRefusal.ComplaintOpen);
        complained.Is<Deal.Standstill>().By.Should().Be(WorkDays.After(Noon.AddHours(20), 5), "the operator has until then");
        complained.And(DecideComplaint(upheld: false), Noon.AddDays(9)).Is<Deal.Standstill>().By.Should().Be(Noon.AddDays(9).AddHours(4), "it has the time that was left");
        complained.And(DecideComplaint(upheld: true)).Is<Deal.Cancelled>().Reason.Should().Be(DealCancellation.ComplaintUpheld);
        complained.When(DecideComplaint(upheld: true, "Сговор")).Events.OfType<ComplaintUpheld>().Single().Reason.Should().Be("Сговор");
        complained.When(DecideComplaint(upheld: true, " ")).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.ReasonMissing).About("reason"));
        var dismissed = complained.And(DecideComplaint(upheld: false));
        dismissed.When(Complain(Bolat)).ShouldBeRefused(DealRefusal.AlreadyComplained);
        dismissed.And(Complain(Dana));
        GivenDeal.Opened.When(DecideComplaint(upheld: true)).ShouldBeRefused(DealRefusal.NotAtThisStage, "standstill");
    }

    [Fact]
    public void An_operator_who_is_late_is_told_of_once_and_nothing_is_decided_by_that()
    {
        var complained = GivenDeal.Opened.And(Complain(Bolat), Noon.AddHours(20));
        var by = WorkDays.After(Noon.AddHours(20), 5);
        complained.When(Lapse, by.AddMilliseconds(-1)).ShouldBeRefused(DealRefusal.NotYetDue, by);
        complained.When(Lapse, by).Should<DecisionOverdue>().Should().Be(new DecisionOverdue(Complaint: true, by, by));
        var overdue = complained.And(Lapse, by);
        overdue.Is<Deal.Standstill>().Should().BeEquivalentTo(new { By = (DateTimeOffset?)by, Overdue = true, Turn = Turn.Operator, Remaining = TimeSpan.FromHours(4), LapsesAt = (DateTimeOffset?)null });
        overdue.When(Lapse, by.AddDays(1)).Should().Be(Decision<DealEvent>.Nothing);
        overdue.When(Complain(Dana)).ShouldBeRefused(DealRefusal.ComplaintOpen);
        var dismissed = overdue.And(DecideComplaint(upheld: false), by.AddDays(2));
        dismissed.Is<Deal.Standstill>().Should().BeEquivalentTo(new { By = (DateTimeOffset?)by.AddDays(2).AddHours(4), Overdue = false, Complained = false }, "it has the time that was left");
        dismissed.When(Lapse, by.AddDays(2).AddHours(4)).Should<ContractOffered>();
        dismissed.And(Complain(Dana), by.AddDays(2)).Is<Deal.Standstill>().By.Should().Be(WorkDays.After(by.AddDays(2), 5), "each complaint has its own time");

        var disputed = GivenDeal.Loaded.And(Weigh(15_000)).And(End).And(Dispute(Seller));
        var due = WorkDays.After(NextNoon, 5);
        disputed.Is<Deal.Disputed>().By.Should().Be(due);
        disputed.When(Dispute(Seller), due).ShouldBeRefused(DealRefusal.NotAtThisStage, "disputed");
        disputed.When(Lapse, due).Should<DecisionOverdue>().Should().Be(new DecisionOverdue(Complaint: false, due, due));
        foreach (var late in (GivenDeal[])[disputed with { Now = due }, disputed.And(Lapse, due)])
        {
            late.And(Evidence(Buyer)).Is<Deal.Disputed>().ByBuyer.Should().Be(1, "who is late is the operator");
            late.And(Decide(payableKg: null)).Is<Deal.Settled>();
            late.And(Decide(0)).Is<Deal.Cancelled>();
            late.And(Resume()).Is<Deal.Handover>().By.Should().BeAfter(due);
        }

        disputed.And(Lapse, due).When(Lapse, due.AddYears(1)).Should().Be(Decision<DealEvent>.Nothing);
        disputed.And(Lapse, due).And(Resume()).And(Dispute(Buyer)).Is<Deal.Disputed>().Should().BeEquivalentTo(new { By = (DateTimeOffset?)WorkDays.After(due, 5), Overdue = false }, "the second dispute has its own time");
        var handed = GivenDeal.Handover.Is<Deal.Handover>().By!.Value;
        GivenDeal.Handover.And(Lapse, handed).Is<Deal.Disputed>().By.Should().Be(WorkDays.After(handed, 5));
    }

    [Fact]
    public void How_long_the_operator_has_is_a_rule_of_the_deal()
    {
        DecideBy(Terms.Rules with { DecisionDays = 2 }).Should().Be(WorkDays.After(Noon, 2));
        DecideBy(Terms.Rules with { DecisionDays = null }).Should().Be(WorkDays.After(Noon, 5), "deals from before that was kept");

        static DateTimeOffset? DecideBy(DealRules rules) => GivenDeal.Nothing.And(new OpenDeal(Id(1), Terms with { Rules = rules })).And(Complain(Seller)).Is<Deal.Standstill>().By;
    }

    /// <summary>What stands in journals from before decisions had a deadline.</summary>
    [Fact]
    public void A_wait_that_began_without_a_deadline_goes_on_without_one()
    {
        var complained = GivenDeal.Opened with { Deal = GivenDeal.Opened.Deal.Evolve(new ComplaintFiled(Bolat, "x", Noon.AddHours(20))) };
        complained.Is<Deal.Standstill>().Should().BeEquivalentTo(new { By = (DateTimeOffset?)null, Remaining = TimeSpan.FromHours(4) });
        complained.When(Lapse, Noon.AddDays(9)).Should().Be(Decision<DealEvent>.Nothing);
        complained.And(DecideComplaint(upheld: false), Noon.AddDays(9)).Is<Deal.Standstill>().By.Should().Be(Noon.AddDays(9).AddHours(4));
        var disputed = GivenDeal.Handover with { Deal = GivenDeal.Handover.Deal.Evolve(new DisputeRaised(Buyer, "x", NextNoon)) };
        disputed.Is<Deal.Disputed>().By.Should().BeNull();
        disputed.When(Lapse, Noon.AddYears(1)).Should().Be(Decision<DealEvent>.Nothing);
        disputed.When(Extend(NextNoon, TimeSpan.FromHours(1))).Should().Be(Decision<DealEvent>.Nothing);
        disputed.And(Decide(0), Noon.AddYears(1)).Is<Deal.Cancelled>();
    }

    [Fact]
    public void An_outage_gives_the_operator_its_time_back_too_and_moves_nothing_of_the_clock_that_stands()
    {
        var gap = TimeSpan.FromHours(2);
        var complained = GivenDeal.Opened.And(Complain(Bolat), Noon.AddHours(20));
        var by = complained.Is<Deal.Standstill>().By!.Value;
        var extended = complained.And(Extend(by.AddMinutes(-10), gap), by.AddHours(1));
        extended.Is<Deal.Standstill>().Should().BeEquivalentTo(new { By = (DateTimeOffset?)by + gap, Remaining = TimeSpan.FromHours(4), Complained = true });
        extended.When(Lapse, by).ShouldBeRefused(DealRefusal.NotYetDue, by + gap);
        complained.When(Extend(by, gap), by + gap).Should().Be(Decision<DealEvent>.Nothing, "the operator was late before");
        complained.And(Lapse, by).When(Extend(by.AddMinutes(-10), gap)).Should().Be(Decision<DealEvent>.Nothing, "it was told, and is not taken back");
        var disputed = GivenDeal.Handover.And(Dispute(Buyer));
        disputed.And(Extend(NextNoon, gap)).Is<Deal.Disputed>().By.Should().Be(WorkDays.After(NextNoon, 5) + gap);
    }

    [Fact]
    public void Both_accept_the_contract_then_the_buyer_has_to_pay()
    {
        GivenDeal.Contract.When(Accept(Dana)).ShouldBeRefused(DealRefusal.NotYourStep);
        GivenDeal.Contract.And(Accept(Seller)).When(Accept(Seller)).ShouldBeRefused(DealRefusal.AlreadyAccepted);
        GivenDeal.Contract.And(Accept(Seller)).Is<Deal.Contract>().Turn.Should().Be(Turn.Buyer);
        GivenDeal.Contract.And(Accept(Buyer)).Is<Deal.Contract>().Turn.Should().Be(Turn.Seller);
        GivenDeal.Unpaid.Is<Deal.Unpaid>().By.Should().Be(WorkDays.After(NextNoon, 3));
    }

    [Fact]
    public void Who_does_not_accept_in_time_ends_it_at_his_own_cost()
    {
        var late = WorkDays.After(NextNoon, 3);
        GivenDeal.Contract.And(Accept(Seller)).When(Accept(Buyer), late).ShouldBeRefused(DealRefusal.TooLate, late);
        GivenDeal.Contract.And(Accept(Seller)).When(Lapse, late).Should<DealDefaulted>().Should().Be(new DealDefaulted(DealDefault.ContractNotAccepted, Kzt(50_000), Kzt(0), late));
        GivenDeal.Contract.And(Accept(Buyer)).And(Lapse, late).Is<Deal.Cancelled>().Reason.Should().Be(DealCancellation.SellerDidNotAccept);
        GivenDeal.Contract.And(Lapse, late).Is<Deal.Cancelled>().Reason.Should().Be(DealCancellation.SellerDidNotAccept, "who has not accepted himself is owed nothing");
    }

    [Fact]
    public void A_payment_is_ordered_once_at_a_time_and_its_outcome_decides()
    {
        GivenDeal.Unpaid.When(new PayDeal(Id(4), Seller)).ShouldBeRefused(DealRefusal.NotYourStep);
        var ordered = GivenDeal.Unpaid.And(Pay);
        ordered.When(Pay).ShouldBeRefused(DealRefusal.PaymentOnItsWay);
        ordered.When(Came(7)).Should().Be(Decision<DealEvent>.Nothing, "that is no payment of this deal's");
        ordered.And(Came(1, missing: 1)).When(Pay).Should<PaymentOrdered>().Attempt.Should().Be(2);
        ordered.And(Came(1)).Is<Deal.Handover>().Turn.Should().Be(Turn.Seller | Turn.Buyer);
        ordered.And(Came(1)).When(Came(1)).Should().Be(Decision<DealEvent>.Nothing);
    }

    [Fact]
    public void Who_does_not_pay_in_time_loses_the_guarantee_unless_the_payment_is_on_its_way()
    {
        var late = WorkDays.After(NextNoon, 3);
        GivenDeal.Unpaid.When(Lapse, late).Should<DealDefaulted>().Should().Be(new DealDefaulted(DealDefault.NotPaid, Kzt(50_000), Kzt(0), late));
        var ordered = GivenDeal.Unpaid.And(Pay);
        ordered.When(Lapse, late).Should().Be(Decision<DealEvent>.Nothing);
        ordered.And(Came(1), late).Is<Deal.Handover>();
        ordered.When(Came(1, missing: 5), late).Events.Select(e => e.GetType()).Should().Equal(typeof(PaymentFailed), typeof(DealDefaulted));
    }

    [Fact]
    public void A_part_of_a_lost_guarantee_may_be_the_platforms()
    {
        var half = GivenDeal.Nothing.And(new OpenDeal(Id(1), Terms with { Rules = DealRuleBook.Usual.At(Noon) with { Forfeited = TextValue.Parse<Share>("33.3333") } })).And(Lapse, NextNoon).And(Accept(Seller));
        half.When(Lapse, Noon.AddDays(30)).Should<DealDefaulted>().Should().Be(new DealDefaulted(DealDefault.ContractNotAccepted, Kzt(16_666.65m), Kzt(33_333.35m), Noon.AddDays(30)));
    }

    [Fact]
    public void A_pick_up_day_is_agreed_when_the_other_says_the_same()
    {
        GivenDeal.Handover.When(PickUp(Dana)).ShouldBeRefused(DealRefusal.NotYourStep);
        GivenDeal.Handover.When(PickUp(Buyer, day: 8)).Refusals.Should().ContainSingle().Which.Code.Should().Be(DealRefusal.PickUpOutside);
        var proposed = GivenDeal.Handover.And(PickUp(Buyer, day: 10));
        proposed.Is<Deal.Handover>().Turn.Should().Be(Turn.Seller);
        proposed.And(PickUp(Buyer, day: 11)).Is<Deal.Handover>().Agreed.Should().BeNull("it is his own proposal");
        proposed.And(PickUp(Seller, day: 12)).Is<Deal.Handover>().Turn.Should().Be(Turn.Buyer);
        proposed.When(PickUp(Buyer, day: 10)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.AlreadyProposed).About("day"));
        var agreed = proposed.And(PickUp(Seller, day: 10));
        agreed.When(PickUp(Seller, day: 10)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.AlreadyProposed).About("day"));
        agreed.And(PickUp(Seller, day: 11)).Is<Deal.Handover>().Turn.Should().Be(Turn.Buyer, "he has a new proposal to answer");
        agreed.And(Load()).And(Load("456 ABC 02")).Is<Deal.Handover>().Loads.Should().Be(2);
        agreed.Is<Deal.Handover>().Agreed.Should().Be(new DateOnly(2026, 3, 10));
        agreed.And(Load()).When(PickUp(Buyer)).ShouldBeRefused(DealRefusal.AlreadyLoaded);
        GivenDeal.Handover.When(Load()).ShouldBeRefused(DealRefusal.PickUpNotAgreed);
    }

    [Fact]
    public void A_ticket_counts_once_and_a_weighing_by_mistake_is_taken_back()
    {
        var weighed = GivenDeal.Loaded.And(Weigh(10_000)).And(Weigh(9_500, ticket: "T-2"));
        weighed.When(Weigh(10_000, ticket: " T-2 ")).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.TicketTaken).About("ticket"));
        weighed.When(Void("T-3")).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.TicketUnknown).About("ticket"));
        weighed.When(Void("T-2", reason: "")).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.ReasonMissing).About("reason"));
        weighed.When(Void("T-2") with { BuyerId = Seller }).ShouldBeRefused(DealRefusal.NotYourStep);
        var without = weighed.And(Void("T-2"));
        without.Is<Deal.Handover>().Weighings.Should().ContainSingle().Which.Ticket.Should().Be("T-1");
        without.And(Weigh(10_100, ticket: "T-2")).And(End).Is<Deal.Underpaid>().Sums.Net.Should().Be(Mass.FromGrams(20_100_000));
        without.And(Void()).When(End).ShouldBeRefused(DealRefusal.NothingWeighed);
        GivenDeal.Loaded.And(Weigh(15_000)).And(End).When(Void()).ShouldBeRefused(DealRefusal.NotAtThisStage, "received");
    }

    [Fact]
    public void A_disputed_deal_may_go_on_to_be_weighed_again()
    {
        var late = GivenDeal.Handover.And(Lapse, GivenDeal.Handover.Is<Deal.Handover>().By!.Value);
        late.When(Resume(" ")).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.ReasonMissing).About("reason"));
        var resumed = late.And(Resume());
        resumed.Is<Deal.Handover>().By.Should().Be(WorkDays.After(late.Now, DealRules.HandoverDays));
        resumed.When(Weigh(20_000)).ShouldBeRefused(DealRefusal.NotLoaded);
        GivenDeal.Handover.And(PickUp(Buyer)).And(PickUp(Seller)).And(Dispute(Buyer)).And(Resume()).When(Load()).ShouldBeRefused(DealRefusal.PickUpNotAgreed);
        Fetched(resumed).And(Weigh(20_000)).And(End).Is<Deal.Settled>();
        GivenDeal.Loaded.And(Weigh(15_000)).And(Dispute(Seller)).And(Resume()).Is<Deal.Handover>().Weighings.Should().ContainSingle("what was weighed stands");
        GivenDeal.Handover.When(Resume()).ShouldBeRefused(DealRefusal.NotAtThisStage, "handover");

        // What is still to come has a pick-up of its own, whatever was weighed before.
        var rest = GivenDeal.Loaded.And(Weigh(15_000)).And(Dispute(Seller)).And(Resume());
        rest.Is<Deal.Handover>().Turn.Should().Be(Turn.Buyer, "who may also end the receipt");
        Fetched(rest).And(Weigh(5_000, ticket: "T-2")).And(End).Is<Deal.Settled>().Sums.Net.Should().Be(Mass.FromGrams(20_000_000));

        static GivenDeal Fetched(GivenDeal deal)
        {
            var day = DateOnly.FromDateTime(deal.Is<Deal.Handover>().By!.Value.UtcDateTime).AddDays(-1);
            var asked = deal.And(new ProposePickUp(Id(90), Seller, day));
            asked.Is<Deal.Handover>().Turn.Should().Be(Turn.Buyer);
            var agreed = asked.And(new ProposePickUp(Id(91), Buyer, day));
            agreed.Is<Deal.Handover>().Turn.Should().Be(Turn.Seller | Turn.Buyer, "each may record the loading");
            return agreed.And(Load());
        }
    }

    [Fact]
    public void What_was_loaded_before_a_dispute_is_loaded_after_it()
    {
        var received = GivenDeal.Loaded.And(Weigh(15_000)).And(End);
        foreach (var disputed in (GivenDeal[])[GivenDeal.Loaded.And(Dispute(Buyer)), GivenDeal.Loaded.And(Weigh(15_000)).And(Dispute(Seller)), received.And(Dispute(Seller))])
        {
            var resumed = disputed.And(Resume());
            resumed.Is<Deal.Handover>().Turn.Should().Be(Turn.Buyer, "it is on its way");
            resumed.And(Weigh(5_000, ticket: "T-2"));
            resumed.When(Load(by: Buyer)).ShouldBeRefused(DealRefusal.PickUpNotAgreed);
        }
    }

    [Fact]
    public void Nothing_is_weighed_before_a_loading_was_recorded_and_either_party_records_it()
    {
        GivenDeal.Handover.When(Weigh(20_000)).ShouldBeRefused(DealRefusal.NotLoaded);
        GivenDeal.Handover.When(Load(by: Buyer)).ShouldBeRefused(DealRefusal.PickUpNotAgreed);
        var agreed = GivenDeal.Handover.And(PickUp(Buyer)).And(PickUp(Seller));
        agreed.Is<Deal.Handover>().Turn.Should().Be(Turn.Seller | Turn.Buyer, "each may record it");
        agreed.When(Weigh(20_000)).ShouldBeRefused(DealRefusal.NotLoaded);
        agreed.When(Weigh(0)).ShouldBeRefused(DealRefusal.NotLoaded);
        agreed.When(Weigh(20_000) with { BuyerId = Seller }).ShouldBeRefused(DealRefusal.NotYourStep);
        agreed.When(Load(by: Dana)).ShouldBeRefused(DealRefusal.NotYourStep);
        foreach (var party in (Guid[])[Seller, Buyer])
        {
            agreed.When(Load(by: party)).Should<GoodsLoaded>().Should().Be(new GoodsLoaded("123 ABC 02", agreed.Now, party));
            agreed.And(Load(by: party)).And(Weigh(20_000)).And(End).Is<Deal.Settled>();
        }
    }

    [Fact]
    public void What_was_weighed_when_no_loading_was_asked_for_goes_on()
    {
        var weighed = GivenDeal.Handover.After(new GoodsWeighed(Weighed(10_000), DealArithmetic.Of(Terms, Weighed(10_000)), NextNoon));
        weighed.Is<Deal.Handover>().Turn.Should().Be(Turn.Buyer);
        weighed.And(Weigh(10_000, ticket: "T-2")).And(End).Is<Deal.Settled>();
        weighed.And(Void()).And(Weigh(20_000)).And(End).Is<Deal.Settled>();
        weighed.And(Dispute(Seller)).And(Resume()).And(Weigh(10_000, ticket: "T-2")).And(End).Is<Deal.Settled>();
        GivenDeal.Handover.And(PickUp(Buyer)).And(PickUp(Seller)).After(new GoodsLoaded("123 ABC 02", NextNoon)).And(Weigh(20_000)).And(End).Is<Deal.Settled>();
    }

    [Fact]
    public void An_outage_moves_a_deadline_that_was_still_ahead()
    {
        var late = WorkDays.After(NextNoon, 3);
        var (since, gap) = (late.AddMinutes(-10), TimeSpan.FromHours(2));
        var extended = GivenDeal.Unpaid.And(Extend(since, gap), since + gap);
        extended.Is<Deal.Unpaid>().By.Should().Be(late + gap);
        extended.And(Pay, late + gap - TimeSpan.FromMilliseconds(1)).Is<Deal.Unpaid>().Ordered.Should().BeTrue();
        extended.When(Lapse, late).ShouldBeRefused(DealRefusal.NotYetDue, late + gap);
        GivenDeal.Unpaid.When(Extend(late, gap), late + gap).Should().Be(Decision<DealEvent>.Nothing, "it was late before the house was down");
        GivenDeal.Loaded.And(Weigh(20_000)).And(End).When(Extend(since, gap)).Should().Be(Decision<DealEvent>.Nothing);
    }

    [Fact]
    public void Within_the_tolerance_the_scale_settles_it_at_once()
    {
        var settled = GivenDeal.Loaded.And(Weigh(10_000)).And(Weigh(9_481.25m, ticket: "T-2")).And(End).Is<Deal.Settled>();
        (settled.Sums.Proceeds, settled.Sums.Fee, settled.Sums.Vat, settled.Sums.Refund).Should().Be((Kzt(951_464.25m), Kzt(19_481.25m), Kzt(3_117.00m), Kzt(25_937.50m)));
    }

    [Fact]
    public void Beyond_it_the_seller_answers_and_silence_is_consent()
    {
        GivenDeal.Loaded.When(End).ShouldBeRefused(DealRefusal.NothingWeighed);
        GivenDeal.Handover.When(new EndReceipt(Id(9), Seller)).ShouldBeRefused(DealRefusal.NotYourStep);
        var received = GivenDeal.Loaded.And(Weigh(15_000)).And(End);
        var by = received.Is<Deal.Received>().By!.Value;
        by.Should().Be(WorkDays.After(NextNoon, 2));
        received.When(Confirm with { SellerId = Buyer }).ShouldBeRefused(DealRefusal.NotYourStep);
        received.And(Confirm).Is<Deal.Settled>().Sums.Refund.Should().Be(Kzt(250_000));
        received.And(Lapse, by).Is<Deal.Settled>().Sums.Refund.Should().Be(Kzt(250_000));
        received.When(Dispute(Buyer)).ShouldBeRefused(DealRefusal.NotYourStep);
        received.When(Dispute(Seller), by).ShouldBeRefused(DealRefusal.TooLate, by);
    }

    [Fact]
    public void What_the_goods_cost_beyond_the_award_is_paid_at_once_or_within_two_days()
    {
        var under = GivenDeal.Loaded.And(Weigh(20_500)).And(End);
        under.Is<Deal.Underpaid>().Ordered.Should().BeTrue("it is tried at once");
        var settled = under.And(Came(2)).Is<Deal.Settled>().Sums;
        (settled.Goods, settled.Paid, settled.Refund, settled.Missing).Should().Be((Kzt(1_025_000), Kzt(1_025_000), Kzt(0), Kzt(0)));

        var shortOf = under.And(Came(2, missing: 100));
        shortOf.When(Pay).Should<PaymentOrdered>().Should().BeEquivalentTo(new { Attempt = 3, IsTopUp = true, Amount = Kzt(25_000) });
        var late = shortOf.Is<Deal.Underpaid>().By!.Value;
        late.Should().Be(WorkDays.After(NextNoon, 2));
        var again = shortOf.And(Lapse, late);
        again.Is<Deal.Underpaid>().Should().BeEquivalentTo(new { Attempt = 3, Ordered = true, By = late }, "what has come meanwhile is not passed over");
        again.When(Lapse).Should().Be(Decision<DealEvent>.Nothing, "its outcome decides");
        again.When(Pay).ShouldBeRefused(DealRefusal.TooLate, late);
        again.And(Came(3)).Is<Deal.Settled>().Sums.Paid.Should().Be(Kzt(1_025_000));
        var unfinished = again.And(Came(3, missing: 100)).Is<Deal.Settled>().Sums;
        (unfinished.Goods, unfinished.Paid, unfinished.Missing).Should().Be((Kzt(1_025_000), Amount, Kzt(25_000)));
    }

    [Fact]
    public void What_has_come_since_is_taken_when_the_house_says_so()
    {
        var under = GivenDeal.Loaded.And(Weigh(20_500)).And(End);
        under.When(TopUp).Should().Be(Decision<DealEvent>.Nothing, "it is on its way");
        under.And(Came(2, missing: 100)).When(TopUp).Should<PaymentOrdered>().Should().BeEquivalentTo(new { Attempt = 3, IsTopUp = true, Amount = Kzt(25_000) });
        under.And(Came(2)).When(TopUp).Should().Be(Decision<DealEvent>.Nothing);
        GivenDeal.Unpaid.When(TopUp).Should().Be(Decision<DealEvent>.Nothing, "whether he pays at all is the buyer's to say");
    }

    [Fact]
    public void Goods_that_are_not_handed_over_in_time_are_a_dispute_and_weighed_ones_are_received()
    {
        var by = GivenDeal.Handover.Is<Deal.Handover>().By!.Value;
        by.Should().Be(WorkDays.After(new DateTimeOffset(2026, 3, 13, 12, 0, 0, TimeSpan.FromHours(5)), 5));
        GivenDeal.Handover.And(Lapse, by).Is<Deal.Disputed>().Turn.Should().Be(Turn.Operator);
        GivenDeal.Loaded.And(Weigh(20_000)).And(Lapse, by).Is<Deal.Settled>();
    }

    [Fact]
    public void A_dispute_is_decided_in_full_in_part_or_by_the_scale()
    {
        var disputed = GivenDeal.Loaded.And(Weigh(15_000)).And(End).And(Dispute(Seller)).And(Evidence(Seller)).And(Evidence(Buyer));
        disputed.When(Evidence(Dana)).ShouldBeRefused(DealRefusal.NotYourStep);
        disputed.And(Decide(payableKg: null)).Is<Deal.Settled>().Sums.Refund.Should().Be(Kzt(250_000));
        disputed.And(Decide(18_000)).Is<Deal.Settled>().Sums.Refund.Should().Be(Kzt(100_000));
        disputed.And(Decide(20_000)).Is<Deal.Settled>().Sums.Refund.Should().Be(Kzt(0));
        disputed.When(Decide(20_000.001m)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.PayableTooLarge, Mass.FromTonnes(20)).About("payable_kg"));
        disputed.When(Decide(0)).Events.OfType<DealCancelled>().Single().Refund.Should().Be(Amount);
        disputed.When(Decide(1, reason: " ")).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.ReasonMissing).About("reason"));
        GivenDeal.Handover.And(Dispute(Buyer)).When(Decide(payableKg: null)).ShouldBeRefused(DealRefusal.NothingWeighed);
    }

    /// <summary>For every decision there is: refused alike, and the same sums, when the rest is paid and when it is not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(15_000)]
    [InlineData(23_000)]
    public void What_a_decision_comes_to_is_known_before_it_is_made(int weighedKg)
    {
        var disputed = (weighedKg == 0 ? GivenDeal.Handover : GivenDeal.Loaded.And(Weigh(weighedKg))).And(Dispute(Buyer));
        foreach (var payable in (decimal?[])[null, 0, 0.001m, 18_000, 20_000, 20_000.001m, 23_000, 23_000.001m])
        {
            var decision = disputed.When(Decide(payable));
            var (sums, refusal) = DealDecider.Foresee(disputed.Deal, Decide(payable).Payable, disputed.Now);
            decision.Refusals.Should().Equal(refusal is null ? [] : [refusal]);
            if (refusal is not null) continue;
            var decided = disputed.And(Decide(payable));
            switch (decided.Deal)
            {
                case Deal.Cancelled:
                    (sums!.Refund, sums.Proceeds, sums.Fee).Should().Be((Amount, Kzt(0), Kzt(0)));
                    break;
                case Deal.Settled settled:
                    sums.Should().Be(settled.Sums);
                    DealArithmetic.OncePaid(Terms, sums!, disputed.Now).Should().BeNull();
                    break;
                default:
                    sums.Should().Be(decided.Is<Deal.Underpaid>().Sums);
                    DealArithmetic.OncePaid(Terms, sums!, disputed.Now).Should().Be(decided.And(Came(2)).Is<Deal.Settled>().Sums);
                    var by = decided.Is<Deal.Underpaid>().By!.Value;
                    decided.And(Came(2, missing: 1)).And(Lapse, by).And(Came(3, missing: 1), by).Is<Deal.Settled>().Sums.Should().Be(sums, "the seller gets what there is");
                    break;
            }
        }

        DealDecider.Foresee(GivenDeal.Handover.Deal, payable: null, NextNoon).Refusal.Should().Be(new Refusal(DealRefusal.NotAtThisStage, "handover"));
        DealDecider.Foresee(disputed.And(Decide(0)).Deal, payable: null, NextNoon).Refusal.Should().Be(new Refusal(DealRefusal.DealOver, "cancelled"));
        DealDecider.Foresee(Deal.Initial, payable: null, NextNoon).Refusal.Should().Be((Refusal)DealRefusal.DealNotFound);
    }

    [Fact]
    public void A_second_bidder_may_take_the_lot_or_leave_it()
    {
        var offered = GivenDeal.Nothing.And(new OfferToSecond(Id(1), Seller, Terms with { BuyerId = Bolat, Guarantee = null }));
        offered.Is<Deal.Offered>().By.Should().Be(WorkDays.After(Noon, 2));
        offered.When(new AnswerOffer(Id(2), Aliya, Accepted: true)).ShouldBeRefused(DealRefusal.NotYourStep);
        offered.And(new AnswerOffer(Id(2), Bolat, Accepted: true)).Is<Deal.Contract>();
        offered.And(new AnswerOffer(Id(2), Bolat, Accepted: false)).Is<Deal.Cancelled>().Reason.Should().Be(DealCancellation.OfferDeclined);
        offered.And(Lapse, Noon.AddDays(9)).Is<Deal.Cancelled>();
        offered.And(new AnswerOffer(Id(2), Bolat, Accepted: true)).And(Accept(Seller)).When(Lapse, Noon.AddDays(30)).Should<DealDefaulted>().ToSeller.Should().Be(Kzt(0), "nothing is held of him");
    }

    [Fact]
    public void A_load_weighs_something_and_its_words_are_plain()
    {
        GivenDeal.Loaded.When(Weigh(0)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.NetNotPositive).About("gross_kg"));
        GivenDeal.Loaded.When(Weigh(1) with { Ticket = "" }).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.ReasonMissing).About("ticket"));
        GivenDeal.Loaded.When(Weigh(1) with { Vehicle = "<b>" }).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.TextNotPlain).About("vehicle"));
        GivenDeal.Loaded.When(Weigh(1) with { Ticket = new string('1', 65) }).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.TextTooLong, 64).About("ticket"));
        GivenDeal.Loaded.When(Weigh(1) with { BuyerId = Seller }).ShouldBeRefused(DealRefusal.NotYourStep);
        var dear = GivenDeal.Nothing.And(new OpenDeal(Id(1), Terms with { Price = LotPublishing.Greatest(Currency.Kzt) }));
        dear.And(Lapse, NextNoon).And(Accept(Seller)).And(Accept(Buyer)).And(Pay).And(Came(1)).And(PickUp(Buyer)).And(PickUp(Seller)).And(Load()).When(Weigh(90_000_000)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.AmountTooLarge).About("gross_kg"));
    }

    [Fact]
    public void Counts_have_an_end()
    {
        var full = Enumerable.Range(1, DealDecider.Weighings).Aggregate(GivenDeal.Loaded, (deal, n) => deal.And(Weigh(100, ticket: $"T-{n}")));
        full.When(Weigh(100, ticket: "T")).ShouldBeRefused(DealRefusal.TooManyWeighings, DealDecider.Weighings);
        full.And(Void()).When(Weigh(100)).ShouldBeRefused(DealRefusal.TooManyWeighings, DealDecider.Weighings);
        var heard = Enumerable.Range(0, DealDecider.EvidencePieces).Aggregate(GivenDeal.Handover.And(Dispute(Buyer)), (deal, _) => deal.And(Evidence(Buyer)));
        heard.When(Evidence(Buyer)).ShouldBeRefused(DealRefusal.TooMuchEvidence, DealDecider.EvidencePieces);
        heard.And(Evidence(Seller)).Is<Deal.Disputed>().BySeller.Should().Be(1, "one side's evidence never shuts the other's out");
        var haggled = Enumerable.Range(0, DealDecider.Proposals).Aggregate(GivenDeal.Handover, (deal, n) => deal.And(PickUp(Buyer, 9 + (n % 2))));
        haggled.When(PickUp(Buyer, 11)).Refusals.Should().ContainSingle().Which.Should().Be(new Refusal(DealRefusal.TooManyProposals, DealDecider.Proposals).About("day"));
        haggled.And(PickUp(Seller, 9 + ((DealDecider.Proposals - 1) % 2))).Is<Deal.Handover>().Agreed.Should().NotBeNull("the last one can be agreed to");
        var loaded = Enumerable.Range(0, DealDecider.Loads).Aggregate(GivenDeal.Handover.And(PickUp(Buyer)).And(PickUp(Seller)), (deal, _) => deal.And(Load()));
        loaded.When(Load()).ShouldBeRefused(DealRefusal.TooManyLoads, DealDecider.Loads);
    }

    [Fact]
    public void What_is_over_is_over()
    {
        var settled = GivenDeal.Loaded.And(Weigh(20_000)).And(End);
        foreach (var command in (DealCommand[])[Accept(Seller), Pay, Weigh(1), End, Confirm, Dispute(Seller), Evidence(Seller), Decide(1)])
            settled.When(command).ShouldBeRefused(DealRefusal.DealOver, "settled");
        settled.When(Open).ShouldBeRefused(DealRefusal.AlreadyOpen);
        settled.When(Lapse, Noon.AddYears(1)).Should().Be(Decision<DealEvent>.Nothing);
        GivenDeal.Nothing.When(Pay).ShouldBeRefused(DealRefusal.DealNotFound);
    }
}

public class DealWalkTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 300)];

    /// <summary>Whatever anybody sends and whenever: nothing throws, a deal comes to an end by itself, and a deadline or somebody's step always stands.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void A_deal_always_ends_and_always_says_what_it_waits_for(int seed)
    {
        var random = new Random(seed);
        var (deal, now) = (Deal.Initial, Noon);
        Take(Open);
        var ordered = 0;
        for (var n = 0; n < 40; n++)
        {
            now = now.AddMinutes(random.Next(0, 2_000));
            Take(Next());
        }

        for (var n = 0; deal is not (Deal.Settled or Deal.Cancelled or Deal.Defaulted); n++)
        {
            n.Should().BeLessThan(12, "a deal ends by itself: {0}", deal);
            var opened = (Deal.Opened)deal;
            Take(deal switch
            {
                Deal.Standstill { Complained: true } => DecideComplaint(upheld: random.Next(2) == 0),
                Deal.Disputed => Decide(random.Next(3) * 1000),
                Deal.Unpaid { Ordered: true } or Deal.Underpaid { Ordered: true } => Came(ordered, random.Next(2) == 0 ? 5 : null),
                _ => Late(opened.By!.Value),
            });
        }

        LapseDeadline Late(DateTimeOffset by)
        {
            now = by > now ? by : now;
            return Lapse;
        }

        void Take(DealCommand command)
        {
            foreach (var @event in DealDecider.Decide(deal, command, now).Events)
            {
                deal = deal.Evolve(@event);
                if (@event is PaymentOrdered payment) ordered = payment.Attempt;
            }

            if (deal is Deal.Opened opened and not (Deal.Settled or Deal.Cancelled or Deal.Defaulted))
                opened.By.Should().NotBeNull("{0} waits for something, and has a day for it", opened);
        }

        DealCommand Next() => random.Next(16) switch
        {
            0 => Complain(random.Next(2) == 0 ? Bolat : Seller),
            1 => DecideComplaint(random.Next(4) == 0),
            2 => Accept(Seller),
            3 => Accept(Buyer),
            4 => random.Next(4) == 0 ? TopUp : Pay,
            5 or 6 => Came(ordered, random.Next(4) == 0 ? random.Next(1, 1000) : null),
            7 => random.Next(5) == 0 ? Resume() : PickUp(random.Next(2) == 0 ? Seller : Buyer, random.Next(1, 28)),
            8 => Load(by: random.Next(2) == 0 ? Seller : Buyer),
            9 or 10 => Weigh(random.Next(0, 25_000), $"{random.Next(0, 30)}", $"{random.Next(0, 10)}", $"T-{random.Next(0, 4)}"),
            11 => random.Next(4) == 0 ? Void($"T-{random.Next(0, 4)}") : random.Next(4) == 0 ? Extend(now.AddHours(-random.Next(0, 50)), TimeSpan.FromHours(random.Next(1, 50))) : End,
            12 => random.Next(2) == 0 ? Confirm : Dispute(Seller),
            13 => random.Next(6) == 0 ? Dispute(Buyer) : Evidence(Buyer),
            14 => Decide(random.Next(2) == 0 ? null : random.Next(0, 21_000)),
            _ => Lapse,
        };
    }
}
