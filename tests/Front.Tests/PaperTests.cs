using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Documents;
using static Ainalym.Front.Tests.TradingHouse;

namespace Ainalym.Front.Tests;

/// <summary>What is issued about money and goods, when, to whom, and that it adds up whichever way a deal goes.</summary>
public sealed class PaperTests : IAsyncDisposable
{
    private readonly TradingHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Every_bidder_has_a_receipt_as_soon_as_his_guarantee_is_held_once_for_each_hold()
    {
        await house.List();
        foreach (var bidder in (Guid[])[Aliya, Bolat]) await house.Pay(bidder, 5_000);
        await house.Bid(Aliya, 2_000);
        await house.Bid(Aliya, 3_000);
        await house.Bid(Bolat, 5_000);
        await house.Stepping.House.CatchUp(Ct);
        foreach (var bidder in (Guid[])[Aliya, Bolat])
        {
            var receipt = (await Of(bidder)).Should().ContainSingle().Subject;
            (receipt.Kind, receipt.Content.Total).Should().Be(("guarantee-receipt", Guarantee));
            receipt.Content.Sections[0].Facts.Should().Contain(new DocumentFact("lot", LotId.ToString("N")));
            receipt.MayBeReadBy(Buyer(bidder == Aliya ? Bolat : Aliya)).Should().BeFalse("who else bids stays secret");
        }

        await house.Stepping.AdvanceTo(Close.AddHours(1), Ct);
        (await Of(Bolat)).Should().ContainSingle("the deal of the winner makes no second one");
    }

    [Fact]
    public async Task A_deal_whose_guarantee_was_held_before_receipts_were_given_has_one()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Awarded();
        await house.Stepping.House.CatchUp(Ct);
        var old = await house.DealRows.Deal(deal, Ct);
        old!.Hold.Should().NotBeNull();
        (await Of(Aliya)).Where(document => document.Kind == "guarantee-receipt").Should().ContainSingle();
    }

    [Fact]
    public async Task A_contract_says_by_when_things_are_done_and_what_happens_with_what_is_missing()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Unpaid();
        var contract = (await About(deal)).Single(document => document.Kind == "contract").Content;
        contract.Edition.Should().Be(2);
        contract.Sections.Select(section => section.Heading).Should().Contain(["goods", "price", "deadlines", "deductions-moisture", "deductions-contamination"]);
        contract.Sections.Single(section => section.Heading == "deadlines").Facts.Select(fact => fact.Label).Should().Contain(["days-to-pay", "days-to-top-up", "days-to-answer", "days-to-hand-over"]);
    }

    /// <summary>Beyond the tolerance: the act is of the moment of receipt, and what is decided later stands on the statement.</summary>
    [Fact]
    public async Task An_act_is_issued_when_receipt_has_ended_and_once()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Loaded();
        await house.Weigh(deal, "25000", "8000");
        await house.Did(deal, new EndReceipt(house.NextId(), Aliya), Buyer(Aliya));
        (await About(deal)).Select(document => document.Kind).Should().Contain("acceptance-act", "the seller has to answer it");
        await house.Did(deal, new RaiseDispute(house.NextId(), Seller, "Не те весы"), SellerUser);
        await house.Did(deal, new DecideDispute(house.NextId(), Mass.FromTonnes(18), "По накладной"), OperatorUser);
        var issued = await About(deal);
        issued.Where(document => document.Kind == "acceptance-act").Should().ContainSingle().Which.Content.Total.Should().Be(Tenge(850_000));
        var statement = issued.Single(document => document.Kind == "settlement-statement");
        Fact(statement, "decided-mass").Should().Be((Fact)Mass.FromTonnes(18));
        Fact(statement, "decision").Should().Be((Fact)"По накладной");
        AddsUp(statement);
    }

    [Fact]
    public async Task Where_receipt_never_ended_the_act_is_of_the_settlement_with_the_decision()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Loaded();
        await house.Weigh(deal, "25000", "8000");
        await house.Did(deal, new RaiseDispute(house.NextId(), Aliya, "Мокро"), Buyer(Aliya));
        await house.Did(deal, new DecideDispute(house.NextId(), Mass.FromTonnes(15), "По пробе"), OperatorUser);
        var act = (await About(deal)).Single(document => document.Kind == "acceptance-act");
        (Fact(act, "decided-mass"), Fact(act, "decision")).Should().Be(((Fact)Mass.FromTonnes(15), (Fact)"По пробе"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_statement_adds_up_where_more_was_due(bool pays)
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Loaded();
        await house.Weigh(deal, "28500", "8000");
        await house.Did(deal, new EndReceipt(house.NextId(), Aliya), Buyer(Aliya));
        (await house.DealRows.Deal(deal, Ct))!.Stage.Should().Be("underpaid");
        if (pays)
        {
            await house.Pay(Aliya, 25_000);
            (await house.Deals.Pay(deal, house.NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        }
        else
        {
            await house.Stepping.AdvanceTo(house.Stepping.Now.AddDays(7), Ct);
        }

        var statement = (await About(deal)).Single(document => document.Kind == "settlement-statement");
        AddsUp(statement);
        (Find(statement, "top-up-paid"), Find(statement, "missing")).Should().Be(pays ? (Tenge(25_000), (Fact?)null) : (null, (Fact)Tenge(25_000)));
        var invoice = (await About(deal)).Single(document => document.Kind == "fee-invoice");
        invoice.Content.Sections.Select(section => section.Heading).Should().Contain("fee");
    }

    [Fact]
    public async Task Who_loses_a_guarantee_and_who_gets_it_have_a_statement()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await house.Unpaid(second: 40_000);
        await house.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        var statement = (await About(deal)).Single(document => document.Kind == "forfeit-statement");
        statement.FullNumber.Should().Be("FS-2026-000001");
        (Fact(statement, "guarantee"), Fact(statement, "forfeit-to-seller"), Fact(statement, "forfeit-to-platform"), statement.Content.Total).Should().Be(((Fact)Guarantee, (Fact)Guarantee, (Fact)Tenge(0), Guarantee));
        foreach (var reader in (Caller[])[Buyer(Aliya), SellerUser, OperatorUser]) statement.MayBeReadBy(reader).Should().BeTrue();
        statement.MayBeReadBy(Buyer(Bolat)).Should().BeFalse();
    }

    [Fact]
    public async Task Who_gets_his_money_back_has_a_statement()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Paid();
        await house.Stepping.AdvanceTo(Noon.AddDays(30), Ct);
        await house.Did(deal, new DecideDispute(house.NextId(), Mass.Zero, "Ничего не привезли"), OperatorUser);
        var statement = (await About(deal)).Single(document => document.Kind == "refund-statement");
        (Fact(statement, "paid"), Fact(statement, "refund"), Fact(statement, "decision")).Should().Be(((Fact)Tenge(1_000_000), (Fact)Tenge(1_000_000), (Fact)"Ничего не привезли"));
        statement.FullNumber.Should().StartWith("RS-2026-");
    }

    /// <summary>What was paid is shared out to the tiyn, and the goods are what was paid less the refund and what is missing.</summary>
    private static void AddsUp(DocumentRow statement)
    {
        Money zero = Tenge(0), refund = Sum("refund");
        Sum("paid").Should().Be(refund + Sum("fee") + Sum("vat") + Sum("proceeds"));
        Sum("goods").Should().Be(Sum("paid") - refund + (Find(statement, "missing") is null ? zero : Sum("missing")));
        statement.Content.Sections.Single(section => section.Heading == "fee").Table!.Rows.Select(row => TextValue.Parse<Money>(row[2].Value)).Aggregate(zero, (sum, fee) => sum + fee).Should().Be(Sum("fee"));
        statement.Content.Total.Should().Be(Sum("paid"));

        Money Sum(string label) => TextValue.Parse<Money>(Fact(statement, label).Value);
    }

    private static Fact Fact(DocumentRow document, string label) => Find(document, label)!.Value;

    private static Fact? Find(DocumentRow document, string label) => document.Content.Sections.SelectMany(section => section.Facts).Where(fact => fact.Label == label).Select(fact => (Fact?)fact.Value).SingleOrDefault();

    private async Task<IReadOnlyList<DocumentRow>> Of(Guid organisation) => await new DocumentQueries(house.Database).Of(organisation, long.MaxValue, "", 50, Ct);

    private async Task<IReadOnlyList<DocumentRow>> About(Guid deal)
    {
        await house.Stepping.House.CatchUp(Ct);
        return await new DocumentQueries(house.Database).About(deal.ToString("N"), Ct);
    }
}
