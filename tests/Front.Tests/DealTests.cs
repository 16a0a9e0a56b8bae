using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Ledgers;
using static Ainalym.Front.Tests.TradingHouse;

namespace Ainalym.Front.Tests;

/// <summary>Deals and the ledger together, from the award to money in the seller's account.</summary>
public sealed class DealTests : IAsyncDisposable
{
    private readonly TradingHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    /// <summary>20 t at 50,000: a million. The scale says 19,481.250 kg, at the stated quality: 974,062.50 of goods.</summary>
    [Fact]
    public async Task From_the_award_to_the_sellers_account_to_the_tiyn()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await Unpaid();
        (await house.Held(Aliya)).Should().Be(Guarantee, "it is kept until he has paid");
        await Did(deal, new PayDeal(house.NextId(), Aliya), Buyer(Aliya));
        (await house.Held(Aliya), await house.Free(Aliya), await house.Balance(AccountId.Escrow(deal))).Should().Be((Tenge(0), Tenge(0), Tenge(1_000_000)), "the guarantee counts towards the price");
        (await Stage(deal)).Should().Be("handover");

        await house.Load(deal);
        await Weigh(deal, "27481.25", "8000");
        await Did(deal, new EndReceipt(house.NextId(), Aliya), Buyer(Aliya));

        (await Stage(deal)).Should().Be("settled");
        (await house.Balance(AccountId.Escrow(deal)), await house.Free(Seller), await house.Free(Aliya)).Should().Be((Tenge(0), Tenge(951_464.25m), Tenge(25_937.50m)));
        (await house.Balance(AccountId.PlatformFee), await house.Balance(AccountId.Vat)).Should().Be((Tenge(19_481.25m), Tenge(3_117m)));

        await house.Stepping.House.CatchUp(Ct);
        var documents = await new DocumentQueries(house.Database).About(deal.ToString("N"), Ct);
        documents.Select(document => (document.FullNumber, document.Content.Total)).Should().BeEquivalentTo(
        [
            ("CT-2026-000001", Tenge(1_000_000)), ("AA-2026-000001", Tenge(974_062.50m)), ("SS-2026-000001", Tenge(1_000_000)), ("IN-2026-000001", Tenge(22_598.25m)),
        ]);
        (await new DocumentQueries(house.Database).About(LotId.ToString("N"), Ct)).Should().ContainSingle().Which.FullNumber.Should().Be("GR-2026-000001");
        documents.Single(document => document.Kind == "settlement-statement").Content.Sections.SelectMany(section => section.Facts).Select(fact => (fact.Label, fact.Value)).Should().Contain(
            [("goods", (Fact)Tenge(974_062.50m)), ("refund", (Fact)Tenge(25_937.50m)), ("fee", (Fact)Tenge(19_481.25m)), ("vat", (Fact)Tenge(3_117m)), ("proceeds", (Fact)Tenge(951_464.25m))]);
        documents.Single(document => document.Kind == "acceptance-act").Content.Sections[0].Table!.Rows.Should().ContainSingle().Which.Should().Contain([(Fact)TextValue.Parse<Mass>("27481.25"), TextValue.Parse<Mass>("19481.25")]);
        documents.Single(document => document.Kind == "fee-invoice").Content.Parties.Should().NotContain(party => party.Organisation == Aliya, "it is the seller's");
    }

    [Fact]
    public async Task Who_has_too_little_is_told_and_pays_once_it_has_come()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await Unpaid();
        for (var n = 0; n < 2; n++)
            (await house.Deals.Pay(deal, house.NextId(), Buyer(Aliya), Ct)).Refusal.Should().Be(new Refusal(DealRefusal.MoneyShort, Tenge(1_000_000), Tenge(1_000), Tenge(998_000)), "the guarantee would count towards it");
        (await house.Held(Aliya)).Should().Be(Guarantee, "a payment that failed lets nothing go");
        await house.Pay(Aliya, 998_000);
        (await house.Deals.Pay(deal, house.NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        (await house.Free(Aliya)).Should().Be(Tenge(0));
    }

    [Fact]
    public async Task Who_lets_the_deadline_pass_loses_the_guarantee_and_the_second_bidder_may_have_the_lot()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await Unpaid(second: 40_000);
        await house.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        (await Stage(deal)).Should().Be("defaulted");
        (await house.Free(Seller), await house.Free(Aliya), await house.Held(Aliya)).Should().Be((Guarantee, Tenge(1_000), Tenge(0)));

        (await house.Deals.OfferToSecond(LotId, house.NextId(), new Caller(Id(1), Aliya, Roles.Seller), Ct)).Receipt.Refusal!.Code.Should().Be(DealRefusal.DealNotFound, "it is not her lot");
        var order = house.NextId();
        var (second, receipt) = await house.Deals.OfferToSecond(LotId, order, SellerUser, Ct);
        receipt.Refusals.Should().BeEmpty();
        (await house.DealRows.Deal(second, Ct))!.Should().BeEquivalentTo(new { Buyer = Bolat, Stage = "offered", PriceMinor = 40_000_00L, GuaranteeMinor = 0L });
        (await house.Deals.OfferToSecond(LotId, house.NextId(), SellerUser, Ct)).Receipt.Refusal!.Code.Should().Be(DealRefusal.AlreadyOpen, "once is enough");
        var (again, repeated) = await house.Deals.OfferToSecond(LotId, order, SellerUser, Ct);
        (again, repeated.Position, repeated.Refusals.Count).Should().Be((second, receipt.Position, 0), "the same order again has the same answer");
        await house.Pay(Bolat, 800_000);
        await Did(second, new AnswerOffer(house.NextId(), Bolat, Accepted: true), Buyer(Bolat));
        await Did(second, new AcceptContract(house.NextId(), Bolat), Buyer(Bolat));
        await Did(second, new AcceptContract(house.NextId(), Seller), SellerUser);
        await Did(second, new PayDeal(house.NextId(), Bolat), Buyer(Bolat));
        (await Stage(second)).Should().Be("handover");
    }

    [Fact]
    public async Task A_complaint_upheld_gives_the_guarantee_back()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await Awarded(second: 40_000);
        await Refused(house.Deals.Complain(deal, house.NextId(), "Не бид", Buyer(Id(0xC)), Ct), DealRefusal.DealNotFound);
        (await house.Deals.Complain(deal, house.NextId(), "Ставка не принята", Buyer(Bolat), Ct)).Refusals.Should().BeEmpty();
        await house.Stepping.AdvanceTo(Noon.AddDays(9), Ct);
        (await Stage(deal)).Should().Be("standstill", "it waits for the operator");
        await Did(deal, new DecideComplaint(house.NextId(), Upheld: true, "Так и есть"), OperatorUser);
        (await Stage(deal), await house.Free(Aliya)).Should().Be(("cancelled", Tenge(2_000)));
        (await house.Deals.OfferToSecond(LotId, house.NextId(), SellerUser, Ct)).Receipt.Refusals.Should().BeEmpty("the award fell, so it is the next bidder's turn");
    }

    /// <summary>Every stage after the standstill answers him alike; the answer that he has stays his.</summary>
    [Fact]
    public async Task Who_complained_in_vain_learns_nothing_of_the_deal_that_follows()
    {
        await house.Pay(Aliya, 1_000_000);
        var (deal, order) = (await Awarded(second: 40_000), house.NextId());
        var filed = await house.Deals.Complain(deal, order, "Ставка не принята", Buyer(Bolat), Ct);
        await Did(deal, new DecideComplaint(house.NextId(), Upheld: false, "Принята позже"), OperatorUser);
        await Refused(house.Deals.Complain(deal, house.NextId(), "Ещё раз", Buyer(Bolat), Ct), DealRefusal.AlreadyComplained);
        await house.Stepping.AdvanceTo(Close.AddDays(2), Ct);
        (await Stage(deal)).Should().Be("contract");
        await Refused(house.Deals.Complain(deal, house.NextId(), "Ещё раз", Buyer(Bolat), Ct), DealRefusal.DealNotFound);
        (await house.Deals.Complain(deal, house.NextId(), "Поздно", SellerUser, Ct)).Refusal.Should().Be(new Refusal(DealRefusal.NotAtThisStage, "contract"), "a party is told");
        await house.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        await Refused(house.Deals.Complain(deal, house.NextId(), "Ещё раз", Buyer(Bolat), Ct), DealRefusal.DealNotFound);
        var again = await house.Deals.Complain(deal, order, "Ставка не принята", Buyer(Bolat), Ct);
        (again.Position, again.Refusals.Count).Should().Be((filed.Position, 0));
    }

    [Fact]
    public async Task A_seller_who_left_his_own_award_may_not_go_to_the_second_bidder_with_it()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await Awarded(second: 40_000);
        await house.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        (await Stage(deal), await house.Free(Aliya)).Should().Be(("cancelled", Tenge(2_000)));
        (await house.Deals.OfferToSecond(LotId, house.NextId(), SellerUser, Ct)).Receipt.Refusal!.Code.Should().Be(DealRefusal.NoSecondBidder);
    }

    [Fact]
    public async Task Two_who_offer_at_once_make_one_offer()
    {
        await house.Pay(Aliya, 2_000);
        await Unpaid(second: 40_000);
        await house.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        var offers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => house.Deals.OfferToSecond(LotId, house.NextId(), SellerUser, Ct)));
        offers.Count(offer => offer.Receipt.Refusals.Count == 0).Should().Be(1);
        offers.Select(offer => offer.DealId).Distinct().Should().ContainSingle();
        (await house.DealRows.OfLot(LotId, Ct)).Should().HaveCount(2);
    }

    [Fact]
    public async Task What_comes_to_nothing_is_paid_with_nothing()
    {
        await house.List(terms: Terms with { Opening = PerTonne(50_000), Guarantee = null });
        await house.Bid(Aliya, 50_000);
        await house.Stepping.AdvanceTo(Close, Ct);
        var row = (await house.DealRows.OfLot(LotId, Ct)).Single();
        var terms = (await house.DealRows.History(row.Id, Ct)).Select(recorded => recorded.Event).OfType<DealOpened>().Single().Terms;
        var free = Id(0xF4EE);
        (await house.Stepping.House.Grains.Handle(DealGrain.Kind, free, new OpenDeal(house.NextId(), terms with { Amount = Tenge(0), Mass = Mass.FromGrams(1) }), Caller.House, Ct)).Refusals.Should().BeEmpty();
        await house.Stepping.AdvanceTo(Close.AddDays(1), Ct);
        await Did(free, new AcceptContract(house.NextId(), Aliya), Buyer(Aliya));
        await Did(free, new AcceptContract(house.NextId(), Seller), SellerUser);
        (await house.Deals.Pay(free, house.NextId(), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        (await Stage(free)).Should().Be("handover");
        await house.Stepping.House.CatchUp(Ct);
    }

    [Fact]
    public async Task Who_has_paid_is_not_told_short_while_the_payment_is_on_its_way()
    {
        await house.Pay(Aliya, 1_000_000);
        var (deal, order) = (await Unpaid(), house.NextId());
        (await house.Stepping.House.Grains.Handle(DealGrain.Kind, deal, new PayDeal(order, Aliya), Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        var spent = new TransferOrder.Post(AccountId.Available(Aliya), AccountId.Bank, await house.Free(Aliya), TransferPurpose.TakenBack, "spent");
        (await house.Stepping.House.Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(house.NextId(), [spent]), Caller.House, Ct)).Refusals.Should().BeEmpty();
        await Refused(house.Deals.Pay(deal, house.NextId(), Buyer(Aliya), Ct), DealRefusal.PaymentOnItsWay);
    }

    [Fact]
    public async Task A_short_payment_leaves_nothing_in_the_deals_history()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await Unpaid();
        var before = (await house.DealRows.History(deal, Ct)).Count;
        (await house.Deals.Pay(deal, house.NextId(), Buyer(Aliya), Ct)).Refusal!.Code.Should().Be(DealRefusal.MoneyShort);
        (await house.DealRows.History(deal, Ct)).Should().HaveCount(before);
    }

    [Fact]
    public async Task After_an_outage_every_deadline_that_was_ahead_is_so_much_later_and_once()
    {
        await house.Pay(Aliya, 2_000);
        var deal = await Unpaid();
        var by = DateTimeOffset.FromUnixTimeMilliseconds((await house.DealRows.Deal(deal, Ct))!.ByMs!.Value);
        var (since, back) = (by.AddHours(-1), by.AddHours(5));
        await house.Stepping.AdvanceTo(since, Ct);
        for (var n = 0; n < 2; n++) await new DealClocks(house.Stepping.House.Grains, house.DealRows).ExtendAfter(new Outage(since, TimeSpan.FromMinutes(1)), back, Ct);
        await house.Stepping.AdvanceTo(back, Ct);
        (await Stage(deal)).Should().Be("unpaid");
        await house.Stepping.AdvanceTo(by.AddHours(6).AddMilliseconds(-1), Ct);
        (await Stage(deal)).Should().Be("unpaid");
        await house.Stepping.AdvanceTo(by.AddHours(6), Ct);
        (await Stage(deal)).Should().Be("defaulted");
    }

    [Fact]
    public async Task A_long_history_is_read_to_its_beginning_and_its_papers_know_the_terms()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await house.Loaded();
        for (var n = 0; n < 3; n++)
        {
            for (var load = 1; load < DealDecider.Weighings; load++)
            {
                await Weigh(deal, "28000", "8000");
                if (load < DealDecider.Weighings - 1 || n < 2) await Did(deal, new VoidWeighing(house.NextId(), Aliya, "T-1", "ошибка"), Buyer(Aliya));
            }

            if (n == 2) break;
            await Did(deal, new RaiseDispute(house.NextId(), Aliya, "Весы"), Buyer(Aliya));
            await Did(deal, new ResumeHandover(house.NextId(), "Взвесить заново"), OperatorUser);
        }

        var view = await house.Deals.View(deal, Buyer(Aliya), Ct);
        view!.Terms.Amount.Should().Be(Tenge(1_000_000));
        view.Weighings.Should().ContainSingle();
        view.History.Should().HaveCountGreaterThan(1_000);
        view.History.Select(recorded => recorded.Version).Should().Equal(Enumerable.Range(1, view.History.Count).Select(version => (long)version));
        await Did(deal, new EndReceipt(house.NextId(), Aliya), Buyer(Aliya));
        await house.Stepping.House.CatchUp(Ct);
        (await new DocumentQueries(house.Database).About(deal.ToString("N"), Ct)).Select(document => document.Kind).Should().Contain(["contract", "acceptance-act"]);
    }

    [Fact]
    public async Task While_more_is_due_the_sums_are_those_that_were_decided()
    {
        await house.Pay(Aliya, 1_010_000);
        var deal = await house.Loaded();
        await Weigh(deal, "38000", "8000");
        await Did(deal, new RaiseDispute(house.NextId(), Aliya, "Влажность"), Buyer(Aliya));
        await Did(deal, new DecideDispute(house.NextId(), Mass.FromTonnes(25), "По акту"), OperatorUser);
        (await Stage(deal)).Should().Be("underpaid");
        var sums = (await house.Deals.View(deal, Buyer(Aliya), Ct))!.Sums!;
        (sums.Payable, sums.Goods, sums.Missing).Should().Be((Mass.FromTonnes(25), Tenge(1_250_000), Tenge(250_000)));
    }

    [Fact]
    public async Task More_goods_than_paid_for_are_paid_out_of_what_is_there()
    {
        await house.Pay(Aliya, 1_030_000);
        var deal = await house.Loaded();
        await Weigh(deal, "28500", "8000");
        await Did(deal, new EndReceipt(house.NextId(), Aliya), Buyer(Aliya));
        (await Stage(deal)).Should().Be("settled");
        (await house.Free(Aliya), await house.Balance(AccountId.Escrow(deal))).Should().Be((Tenge(5_000), Tenge(0)));
    }

    [Fact]
    public async Task Goods_that_never_came_are_paid_back_when_the_operator_says_so()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await Paid();
        await house.Stepping.AdvanceTo(Noon.AddDays(30), Ct);
        (await Stage(deal)).Should().Be("disputed");
        await Did(deal, new DecideDispute(house.NextId(), Mass.Zero, "Ничего не привезли"), OperatorUser);
        (await Stage(deal), await house.Free(Aliya), await house.Balance(AccountId.Escrow(deal))).Should().Be(("cancelled", Tenge(1_000_000), Tenge(0)));
    }

    [Fact]
    public async Task A_stranger_is_told_that_there_is_no_such_deal()
    {
        await house.Pay(Aliya, 1_000_000);
        var deal = await Awarded(second: 40_000);
        var stranger = Buyer(Bolat);
        (await house.Deals.View(deal, stranger, Ct)).Should().BeNull();
        (await house.Deals.View(deal, Buyer(Aliya), Ct)).Should().NotBeNull();
        await Refused(house.Deals.Send(deal, new AcceptContract(house.NextId(), Bolat), stranger, Ct), DealRefusal.DealNotFound);
        await Refused(house.Deals.Pay(deal, house.NextId(), stranger, Ct), DealRefusal.DealNotFound);
        await Refused(house.Deals.AddEvidence(deal, house.NextId(), "x", [], [], stranger, Ct), DealRefusal.DealNotFound);
    }

    [Fact]
    public async Task Evidence_may_be_a_document_that_both_sides_and_nobody_else_can_read()
    {
        await house.Pay(Aliya, 1_100_000);
        var deal = await Paid();
        await Did(deal, new RaiseDispute(house.NextId(), Aliya, "Не та бумага"), Buyer(Aliya));
        byte[] act = [.. "%PDF-1.7 акт лаборатории"u8, .. "\n%%EOF\n"u8];
        var (hash, refusal) = await Send(act, Buyer(Aliya));
        refusal.Should().BeNull();
        (await Send("%PDF-1.7 без конца"u8.ToArray(), Buyer(Aliya))).Refusal!.Code.Should().Be(EvidenceFileRefusal.NotAPdf);
        (await Send("PK %%EOF"u8.ToArray(), Buyer(Aliya))).Refusal!.Code.Should().Be(EvidenceFileRefusal.NotAPdf);
        (await Send(new byte[EvidenceFiles.MostBytes + 1], Buyer(Aliya))).Refusal.Should().Be(new Refusal(EvidenceFileRefusal.TooLarge, EvidenceFiles.MostMegabytes));
        (await Send(act, Buyer(Bolat))).Refusal!.Code.Should().Be(DealRefusal.DealNotFound);
        (await house.Deals.Document(deal, hash!, Buyer(Aliya), Ct)).Should().BeNull("it is no evidence yet");

        await Refused(house.Deals.AddEvidence(deal, house.NextId(), "Акт", [], [hash!], SellerUser, Ct), DealRefusal.DocumentUnknown);
        await Refused(house.Deals.AddEvidence(deal, house.NextId(), "Акт", [], [.. Enumerable.Repeat(hash!, DealDecider.EvidenceDocuments + 1)], Buyer(Aliya), Ct), DealRefusal.TooManyDocuments);
        (await house.Deals.AddEvidence(deal, house.NextId(), "Акт", [], [hash!], Buyer(Aliya), Ct)).Refusals.Should().BeEmpty();
        foreach (var reader in (Caller[])[Buyer(Aliya), SellerUser, OperatorUser])
            (await File.ReadAllBytesAsync((await house.Deals.Document(deal, hash!, reader, Ct))!, Ct)).Should().Equal(act);
        (await house.Deals.Document(deal, hash!, Buyer(Bolat), Ct)).Should().BeNull();
        (await house.Deals.Document(deal, new string('a', 64), SellerUser, Ct)).Should().BeNull();

        async Task<(string? Hash, Refusal? Refusal)> Send(byte[] bytes, Caller caller)
        {
            using var document = new MemoryStream(bytes);
            return await house.Deals.TakeDocument(deal, document, caller, Ct);
        }
    }

    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Long ? 250 : 20)];

    /// <summary>
    /// Many deals at once, each step now carried to the ledger at once, now left to the follower, and the house dies between any two commands or after one whose answer nobody sees: at the end nothing
    /// is in any escrow, nothing is held, and what came in is what everybody has.
    /// </summary>
    [Theory, MemberData(nameof(Seeds))]
    public async Task However_deals_go_and_whenever_the_house_dies_every_tiyn_is_somebodys(int seed)
    {
        const int Lots = 100;
        var random = new Random(seed);
        long paidIn = 0;
        Guid[] buyers = [Aliya, Bolat, Id(0xC)];
        foreach (var buyer in buyers) await TopUp(buyer, random.Next(1, 12_000_000));
        var lots = Enumerable.Range(0, Lots).Select(n => Id(0x2_0000 + n)).ToArray();
        foreach (var lot in lots) await house.List(lot);
        for (var n = 0; n < Lots * 6; n++)
        {
            Light();
            await house.Mortal(() => house.Orders.Bid(lots[random.Next(Lots)], house.NextId(), PerTonne(random.Next(900, 90_000)), revision: null, Buyer(buyers[random.Next(3)]), Ct));
        }

        await house.Mortal(() => house.Stepping.AdvanceTo(Close, Ct));
        for (var n = 0; n < Lots * 20; n++)
        {
            Light();
            await house.Mortal(() => house.Stepping.AdvanceTo(house.Stepping.Now.AddMinutes(random.Next(0, 240)), Ct));
            var of = await house.DealRows.OfLot(lots[random.Next(Lots)], Ct);
            if (of.Count == 0) continue;
            var deal = of[^1];
            if (random.Next(8) == 0) await TopUp(deal.Buyer, random.Next(1, 2_000_000));
            if (deal.Stage is "defaulted" or "cancelled" && of.Count == 1)
            {
                await house.Mortal(() => house.Deals.OfferToSecond(deal.Lot, house.NextId(), SellerUser, Ct));
                continue;
            }

            if (deal.Stage == "handover" && random.Next(2) == 0) await Fetch(deal);
            var (command, caller) = Step(deal, random);
            if (random.Next(2) == 0) await house.Mortal(() => house.Deals.Send(deal.Id, command, caller, Ct));
            else await house.Mortal(() => house.Stepping.House.Grains.Handle(DealGrain.Kind, deal.Id, command, caller, Ct));
        }

        house.Fuse.Out();
        for (var days = 0; days < 60; days++)
        {
            await house.Stepping.AdvanceTo(house.Stepping.Now.AddDays(1), Ct);
            foreach (var waiting in await house.DealRows.ToDecide(after: null, 100, Ct))
                await house.Deals.Send(waiting.Id, waiting.Stage == "disputed" ? new DecideDispute(house.NextId(), Mass.FromTonnes(random.Next(0, 21)), "решено") : new DecideComplaint(house.NextId(), random.Next(2) == 0, "решено"), OperatorUser, Ct);
        }

        await house.Stepping.House.CatchUp(Ct);
        foreach (var lot in lots)
            (await house.DealRows.OfLot(lot, Ct)).Where(deal => deal.Stage is not ("settled" or "cancelled" or "defaulted")).Should().BeEmpty("every deal comes to an end");
        var lines = await new LedgerQueries(house.Database).TrialBalance(Currency.Kzt, upTo: null, Ct);
        lines.Should().OnlyContain(line => line.Agrees && (line.Kind == "bank" || line.BalanceMinor >= 0));
        foreach (var lot in lots)
            foreach (var deal in await house.DealRows.OfLot(lot, Ct)) (await house.Balance(AccountId.Escrow(deal.Id)), await house.Balance(AccountId.Escrow(lot))).Should().Be((Tenge(0), Tenge(0)), "every escrow is empty");
        lines.Where(line => line.Kind == "escrow").Sum(line => line.BalanceMinor).Should().Be(0, "and there are no others");
        foreach (var buyer in buyers) (await house.Balance(AccountId.Available(buyer))).MinorUnits.Should().BeGreaterThanOrEqualTo(0);
        lines.Where(line => line.Kind != "bank").Sum(line => line.BalanceMinor).Should().Be(paidIn);
        foreach (var buyer in buyers)
            (await new LedgerQueries(house.Database).Holds(Currency.Kzt, AccountId.Available(buyer), "", 100, Ct)).Should().BeEmpty("every hold has ended");
        house.Deaths.Should().BeGreaterThan(3);
        (await house.Database.Single<long>("SELECT CAST(COUNT(*) AS BIGINT) FROM deals", ct: Ct)).Should().BeGreaterThan(Lots * 3 / 4, "most lots become deals");

        void Light()
        {
            if (random.Next(8) == 0) house.Fuse.Burn(random.Next(1, 9), random.Next(2) == 0);
        }

        // A day is agreed on and a vehicle is loaded, unless they were before; and whoever dies on the way does the rest another time.
        async Task Fetch(DealRow deal)
        {
            var (first, today) = (new DateOnly(2026, 3, 9), FactText.DayOf(house.Stepping.Now));
            var day = today < first ? first : today;
            var by = random.Next(2) == 0 ? deal.Seller : deal.Buyer;
            await house.Mortal(() => house.Deals.Send(deal.Id, new ProposePickUp(house.NextId(), deal.Buyer, day), Buyer(deal.Buyer), Ct));
            await house.Mortal(() => house.Deals.Send(deal.Id, new ProposePickUp(house.NextId(), deal.Seller, day), SellerUser, Ct));
            await house.Mortal(() => house.Deals.Send(deal.Id, new RecordLoading(house.NextId(), by, "V"), by == deal.Seller ? SellerUser : Buyer(by), Ct));
        }

        async Task TopUp(Guid buyer, long tenge)
        {
            house.Fuse.Out();
            await house.Pay(buyer, tenge);
            paidIn += tenge * 100;
        }
    }

    private (DealCommand Command, Caller Caller) Step(DealRow deal, Random random)
    {
        var (buyer, operators) = (Buyer(deal.Buyer), OperatorUser);
        var likely = deal.Stage switch
        {
            "offered" => 11,
            "standstill" => 13,
            "contract" => random.Next(0, 4),
            "unpaid" or "underpaid" => 4,
            "handover" => random.Next(3) == 0 ? random.Next(14, 17) : random.Next(6, 9),
            "received" => random.Next(9, 11),
            _ => 12,
        };
        return (random.Next(4) > 0 && (likely != 12 || random.Next(10) == 0) ? likely : random.Next(18)) switch
        {
            0 or 1 => (new AcceptContract(house.NextId(), deal.Seller), SellerUser),
            2 or 3 => (new AcceptContract(house.NextId(), deal.Buyer), buyer),
            4 or 5 => (new PayDeal(house.NextId(), deal.Buyer), buyer),
            6 or 7 => (new RecordWeighing(house.NextId(), deal.Buyer, Mass.FromGrams(random.Next(8_000_001, 20_000_000)), Mass.FromGrams(8_000_000), Share.FromPercent(random.Next(0, 20)), Share.FromPercent(random.Next(0, 6)), $"T-{random.Next(4)}", "V"), buyer),
            8 => (new EndReceipt(house.NextId(), deal.Buyer), buyer),
            9 => (new ConfirmReceipt(house.NextId(), deal.Seller), SellerUser),
            10 => (new RaiseDispute(house.NextId(), deal.Seller, "спор"), SellerUser),
            11 => (new AnswerOffer(house.NextId(), deal.Buyer, random.Next(3) > 0), buyer),
            12 => (new DecideDispute(house.NextId(), random.Next(3) == 0 ? null : Mass.FromTonnes(random.Next(0, 20)), "решено"), operators),
            14 when random.Next(2) == 0 => (new ProposePickUp(house.NextId(), deal.Buyer, new DateOnly(2026, 3, random.Next(9, 14))), buyer),
            14 => (new ProposePickUp(house.NextId(), deal.Seller, new DateOnly(2026, 3, random.Next(9, 14))), SellerUser),
            15 => (new RecordLoading(house.NextId(), deal.Seller, "V"), SellerUser),
            16 => (new VoidWeighing(house.NextId(), deal.Buyer, $"T-{random.Next(4)}", "ошибка"), buyer),
            17 => (new ResumeHandover(house.NextId(), "довезут"), operators),
            _ => (new FileComplaint(house.NextId(), deal.Seller, "жалоба"), SellerUser),
        };
    }

    [Fact]
    public async Task A_lost_guarantee_is_shared_by_the_operators_own_rules()
    {
        var file = Path.Combine(house.Folder, "deal-rules.csv");
        await File.WriteAllTextAsync(file, "valid_from,valid_to,standstill_hours,decision_working_days,tolerance_percent,forfeited_percent\n2025-01-01,,24,5,5,60.5001\n", Ct);
        FrontOptions.Read(["--deal-rules", file + "x"], _ => null, out var problem).Should().BeNull();
        problem.Should().Contain(file + "x");
        await using var own = new TradingHouse(FrontOptions.Read([], name => name == "MARKET_DEAL_RULES" ? file : null, out _)!.DealRules);
        await own.Pay(Aliya, 2_000);
        await own.Unpaid();
        await own.Stepping.AdvanceTo(Noon.AddDays(20), Ct);
        (await own.Free(Seller), await own.Balance(AccountId.PlatformFee), await own.Free(Aliya), await own.Balance(AccountId.Escrow(LotId))).Should().Be(
            (Tenge(605), Tenge(395), Tenge(1_000), Tenge(0)), "60.5001 % of 1,000 are 605.001, and no tiyn is lost");
    }

    private Task<Guid> Awarded(long second = 0) => house.Awarded(second);

    private Task<Guid> Unpaid(long second = 0) => house.Unpaid(second);

    private Task<Guid> Paid() => house.Paid();

    private Task Weigh(Guid deal, string gross, string tare) => house.Weigh(deal, gross, tare);

    private Task Did(Guid deal, DealCommand command, Caller caller) => house.Did(deal, command, caller);

    private static async Task Refused(Task<Receipt<DealEvent>> sent, DealRefusal code) => (await sent).Refusal!.Code.Should().Be(code);

    private async Task<string> Stage(Guid deal) => (await house.DealRows.Deal(deal, Ct))!.Stage;
}
