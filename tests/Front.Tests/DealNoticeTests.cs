using Ainalym.Front.Notices;
using Ainalym.Identity.Notices;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using static Ainalym.Front.Tests.TradingHouse;

namespace Ainalym.Front.Tests;

/// <summary>Whom each step of a deal is told to.</summary>
public sealed class DealNoticeTests : IAsyncDisposable
{
    private static readonly DateTimeOffset By = Noon.AddDays(1);
    private static readonly DealTerms Deal = new(
        LotId, Seller, Aliya, 1, TextValue.Parse<GradeCode>("1.04.00"), TextValue.Parse<WasteCode>("15 01 01"), Mass.FromTonnes(20), Share.FromPercent(10), Share.FromPercent(1), TextValue.Parse<Region>("75"), "Алматы",
        new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 13), PerTonne(50_000), Tenge(1_000_000), DealRuleBook.Usual.At(Noon));

    private static readonly SettlementSums Sums = DealArithmetic.Sums(Deal, Mass.FromTonnes(20), Mass.FromTonnes(20), Tenge(1_000_000), Noon);

    private readonly TradingHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    /// <summary>Every event of a deal, the kind told to the seller and the kind told to the buyer; an empty one: he is told nothing.</summary>
    private static readonly (DealEvent Happened, string Seller, string Buyer)[] Told =
    [
        (new DealOpened(Deal, By, Noon), "deal-sold", "deal-won"),
        (new DealOffered(Deal, By, Noon), "", "deal-offered"),
        (new ComplaintFiled(Bolat, "x", Noon), "complaint-filed", "complaint-filed"),
        (new ComplaintDismissed("x", Noon), "complaint-dismissed", "complaint-dismissed"),
        (new ComplaintUpheld("x", Noon), "complaint-upheld", "complaint-upheld"),
        (new DeadlineExtended(By, Noon), "deadline-extended", "deadline-extended"),
        (new ContractOffered(By, Noon), "contract-offered", "contract-offered"),
        (new ContractAccepted(Seller, Noon), "", "contract-accepted"),
        (new ContractAccepted(Aliya, Noon), "contract-accepted", ""),
        (new PaymentDue(Tenge(1), By, Noon), "", "payment-due"),
        (new PaymentOrdered(1, Tenge(1), IsTopUp: false, Noon), "", ""),
        (new PaymentFailed(1, Tenge(1), Noon), "", "payment-failed"),
        (new DealPaid(Tenge(1), By, Noon), "deal-paid", ""),
        (new PickUpProposed(Seller, new DateOnly(2026, 3, 9), Noon), "", "pick-up-proposed"),
        (new PickUpProposed(Aliya, new DateOnly(2026, 3, 9), Noon), "pick-up-proposed", ""),
        (new PickUpAgreed(new DateOnly(2026, 3, 9), Noon), "pick-up-agreed", "pick-up-agreed"),
        (new GoodsLoaded("x", Noon), "", "goods-loaded"),
        (new GoodsLoaded("x", Noon, Seller), "", "goods-loaded"),
        (new GoodsLoaded("x", Noon, Aliya), "goods-loaded-seller", ""),
        (new GoodsWeighed(new(Mass.FromTonnes(2), Mass.FromTonnes(1), Share.FromPercent(1), Share.FromPercent(1), "T", "V", Noon), new(Mass.FromTonnes(1), Share.FromPercent(0), Mass.FromTonnes(1)), Noon), "goods-weighed", ""),
        (new WeighingVoided("T", "x", Noon), "weighing-voided", ""),
        (new ReceiptEnded(Sums, By, Noon), "receipt-ended", ""),
        (new DisputeRaised(Seller, "x", Noon), "", "dispute-raised"),
        (new DisputeRaised(Aliya, "x", Noon), "dispute-raised", ""),
        (new DisputeRaised(Organisation: null, "", Noon), "handed-over-late", "handed-over-late"),
        (new DecisionOverdue(Complaint: false, By, By), "decision-overdue", "decision-overdue"),
        (new EvidenceAdded(Seller, "x", Photos: null, Noon), "", "evidence-added"),
        (new EvidenceAdded(Aliya, "x", Photos: null, Noon), "evidence-added", ""),
        (new DisputeDecided(Payable: null, "x", Noon), "dispute-decided", "dispute-decided"),
        (new HandoverResumed("x", By, Noon), "handover-resumed", "handover-resumed"),
        (new TopUpDue(Sums, By, Noon), "", "top-up-due"),
        (new TopUpPaid(Tenge(1), Noon), "", ""),
        (new DealSettled(Sums, Noon), "deal-settled-seller", "deal-settled-buyer"),
        (new DealCancelled(DealCancellation.NothingDelivered, Tenge(1), Noon), "deal-cancelled", "deal-cancelled"),
        (new DealDefaulted(DealDefault.NotPaid, Tenge(1), Tenge(0), Noon), "deal-defaulted-seller", "deal-defaulted-buyer"),
    ];

    [Fact]
    public void Each_side_is_told_what_concerns_it()
    {
        foreach (var (happened, seller, buyer) in Told)
        {
            Notice[] told = [.. NoticesProjection.OfDeal(happened, new DealParties(Seller, Aliya, LotId), "/deals/1", operators: [])];
            (Kind(Seller), Kind(Aliya)).Should().Be((seller, buyer), happened.ToString());
            told.Should().HaveCount((seller.Length > 0 ? 1 : 0) + (buyer.Length > 0 ? 1 : 0), happened.ToString());

            string Kind(Guid organisation) => told.SingleOrDefault(notice => notice.Organisation == organisation)?.Kind ?? "";
        }
    }

    [Fact]
    public void Every_event_of_a_deal_stands_in_the_table() =>
        Told.Select(row => row.Happened.GetType()).Distinct().Should().BeEquivalentTo(DealGrain.Kind.Catalogue.Events.Select(name => name.Type).Distinct());

    [Fact]
    public void An_operator_is_told_what_it_is_late_with()
    {
        var told = NoticesProjection.OfDeal(new DecisionOverdue(Complaint: false, By, By), new DealParties(Seller, Aliya, LotId), "/deals/1", [Bolat]).Single(notice => notice.Organisation == Bolat);
        (told.Kind, told.Link).Should().Be(("decision-overdue-operator", "/deals/1"));
        told.Facts.Should().BeEquivalentTo((Fact[])[By]);
    }

    [Fact]
    public void An_operator_is_told_what_waits_for_a_decision_when_it_begins()
    {
        foreach (var begun in (DealEvent[])[new ComplaintFiled(Id(0xD), "x", Noon, By), new DisputeRaised(Seller, "x", Noon, By), new DisputeRaised(Organisation: null, "", Noon, By)])
        {
            var told = NoticesProjection.OfDeal(begun, new DealParties(Seller, Aliya, LotId), "/deals/1", [Bolat]).Single(notice => notice.Organisation == Bolat);
            (told.Kind, told.Link).Should().Be(("decision-due", "/deals/1"), begun.ToString());
            told.Facts.Should().BeEquivalentTo((Fact[])[By]);
        }
    }

    [Fact]
    public async Task A_decision_that_is_late_is_told_once_to_all_it_concerns()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await house.Awarded(second: 40_000);
        await house.Stepping.House.Database.Write(
            writing => writing.Run(
                "INSERT INTO organisations (organisation_id, bin, name, region, role, is_demo, command_id, created_at_ms) VALUES (@id, '123', 'x', '75', 'Operator', 1, 'x', 0)", new { id = OperatorUser.Organisation.ToString("N") }), Ct);
        (await house.Deals.Complain(deal, house.NextId(), "Ставка не принята", Buyer(Bolat), Ct)).Refusals.Should().BeEmpty();
        var by = DateTimeOffset.FromUnixTimeMilliseconds((await house.DealRows.Deal(deal, Ct))!.ByMs!.Value);
        await house.Stepping.AdvanceTo(by.AddMilliseconds(-1), Ct);
        (await Latest(Seller), await Latest(Bolat)).Should().Be((("complaint-filed", $"/deals/{deal:N}"), ("complaint-filed-own", $"/lots/{LotId:N}")));
        (await Latest(OperatorUser.Organisation)).Should().Be(("decision-due", $"/deals/{deal:N}"));
        await house.Stepping.AdvanceTo(by.AddDays(30), Ct);
        (await Latest(Seller), await Latest(Aliya)).Should().Be((("decision-overdue", $"/deals/{deal:N}"), ("decision-overdue", $"/deals/{deal:N}")));
        (await Latest(OperatorUser.Organisation), await Latest(Bolat)).Should().Be((("decision-overdue-operator", $"/deals/{deal:N}"), ("decision-overdue-own", $"/lots/{LotId:N}")));
        (await house.DealRows.History(deal, Ct)).Select(recorded => recorded.Event).OfType<DecisionOverdue>().Should().ContainSingle("the reminder does not fire for ever");
        (await house.DealRows.Deal(deal, Ct))!.ByMs.Should().Be(by.ToUnixTimeMilliseconds(), "since when it is late stays to be seen");
        (await house.DealRows.WaitingAt("standstill", house.Stepping.Now, Ct)).Should().Be(new DecisionsWaiting { Waiting = 1, Overdue = 1, FirstMs = by.ToUnixTimeMilliseconds() });

        async Task<(string Kind, string Link)> Latest(Guid organisation)
        {
            await house.Stepping.House.CatchUp(Ct);
            var notice = (await new NoticeQueries(house.Database).Latest(organisation, long.MaxValue, 0, 1, Ct)).Single();
            return (notice.Kind, notice.Link);
        }
    }

    /// <summary>He may not see the deal: he is told by his lot.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_bidder_who_complained_is_told_the_outcome(bool upheld)
    {
        await house.Pay(Aliya, 2_000);
        var deal = await house.Awarded(second: 40_000);
        (await house.Deals.Complain(deal, house.NextId(), "Ставка не принята", Buyer(Bolat), Ct)).Refusals.Should().BeEmpty();
        await house.Stepping.House.CatchUp(Ct);
        await house.Did(deal, new DecideComplaint(house.NextId(), upheld, "Сроки соблюдены"), OperatorUser);
        await house.Stepping.House.CatchUp(Ct);
        var told = (await new NoticeQueries(house.Database).Latest(Bolat, long.MaxValue, 0, 10, Ct))[0];
        (told.Kind, told.Link).Should().Be((upheld ? "complaint-upheld-own" : "complaint-dismissed-own", $"/lots/{LotId:N}"));
        told.Facts.Should().BeEquivalentTo((Fact[])["Сроки соблюдены"]);
    }
}
