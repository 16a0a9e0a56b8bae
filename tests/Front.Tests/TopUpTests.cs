using System.Text;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Market.Deals;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Rails;
using Ainalym.Support;
using static Ainalym.Front.Tests.TradingHouse;

namespace Ainalym.Front.Tests;

/// <summary>What the goods cost beyond what was paid is taken as soon as the buyer has it: 20.5 t came instead of 20, so 25,000 tenge are missing.</summary>
public sealed class TopUpTests : IAsyncDisposable
{
    private readonly TradingHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Money_that_the_bank_tells_of_settles_the_deal_by_itself()
    {
        var deal = await Underpaid();
        await CatchUp();
        var before = await Happened(deal);
        await Import(24_999);
        (await Stage(deal), await house.Free(Aliya)).Should().Be(("underpaid", Tenge(24_999)), "a part of it is not taken");
        (await Happened(deal)).Should().Be(before, "who has too little is not asked for it");
        await Import(1);
        (await Stage(deal), await house.Free(Aliya), await house.Balance(AccountId.Escrow(deal))).Should().Be(("settled", Tenge(0), Tenge(0)));
        (await house.Deals.View(deal, Buyer(Aliya), Ct))!.Sums!.Paid.Should().Be(Tenge(1_025_000));
    }

    [Fact]
    public async Task What_is_let_go_is_money_too()
    {
        var deal = await Underpaid();
        var held = new TransferOrder.Hold(AccountId.Available(Aliya), AccountId.Escrow(Id(0x2_0000)), Tenge(25_000), TransferPurpose.Guarantee, $"{Id(0x2_0000):N}-1");
        var hold = house.NextId();
        await house.Pay(Aliya, 1);
        await CatchUp();
        await Order(hold, new TransferOrder.Post(AccountId.Bank, AccountId.Available(Aliya), Tenge(25_000), TransferPurpose.TopUp, "entry"), held);
        await CatchUp();
        (await Stage(deal)).Should().Be("underpaid", "it is held for something else");
        await Order(house.NextId(), new TransferOrder.VoidHold(new TransferId(hold, 1)));
        await CatchUp();
        (await Stage(deal), await house.Free(Aliya)).Should().Be(("settled", Tenge(1)));
    }

    [Fact]
    public async Task What_is_owed_to_the_house_goes_first()
    {
        var deal = await Underpaid();
        await Order(house.NextId(), new TransferOrder.Post(AccountId.Owed(Aliya), AccountId.Bank, Tenge(10_000), TransferPurpose.TakenBack, "entry"));
        await CatchUp();
        var before = house.Stepping.House.Tail.Position;
        await house.Pay(Aliya, 25_000);
        await Following(house.DealRows).Handle(house.Stepping.House.Tail.After(before, 10), Ct);
        (await Stage(deal), await house.Free(Aliya), await house.Balance(AccountId.Owed(Aliya))).Should().Be(("underpaid", Tenge(15_000), Tenge(0)));
        await house.Pay(Aliya, 10_000);
        await CatchUp();
        (await Stage(deal), await house.Free(Aliya)).Should().Be(("settled", Tenge(0)));
    }

    [Fact]
    public async Task Money_for_one_of_two_deals_is_not_asked_for_by_both()
    {
        var first = await Underpaid();
        var second = await Underpaid(await Another(first));
        var before = new Dictionary<Guid, int> { [first] = await Happened(first), [second] = await Happened(second) };
        await house.Pay(Aliya, 26_000);
        await CatchUp();
        var (settled, waiting) = await Stage(first) == "settled" ? (first, second) : (second, first);
        (await Stage(settled), await Stage(waiting), await house.Free(Aliya)).Should().Be(("settled", "underpaid", Tenge(1_000)));
        (await Happened(waiting)).Should().Be(before[waiting], "there is too little for it");
    }

    [Fact]
    public async Task Money_that_comes_while_a_payment_is_on_its_way_to_fail_is_seen_after_it()
    {
        var deal = await Underpaid();
        var failed = house.Stepping.House.Tail.After(0, int.MaxValue).Single(envelope => envelope.Event is PaymentFailed);
        await house.Pay(Aliya, 25_000);
        (await Stage(deal)).Should().Be("underpaid");
        for (var n = 0; n < 2; n++) await Following(house.DealRows).Handle([failed], Ct);
        (await Stage(deal)).Should().Be("settled");
    }

    [Fact]
    public async Task What_has_come_by_the_deadline_is_taken_and_else_the_seller_has_what_there_is()
    {
        var deal = await Underpaid();
        await CatchUp();
        await house.Stepping.AdvanceTo(house.Stepping.Now.AddDays(7), Ct);
        (await Stage(deal), await house.Balance(AccountId.Escrow(deal))).Should().Be(("settled", Tenge(0)));
        (await house.DealRows.History(deal, Ct)).Count(recorded => recorded.Event is PaymentFailed).Should().Be(2, "it is tried when it is due and when it is late, and at no time between");
        (await house.Deals.View(deal, Buyer(Aliya), Ct))!.Sums!.Missing.Should().Be(Tenge(25_000));
    }

    [Fact]
    public async Task Which_deals_wait_is_asked_once_a_page_whoever_is_paid()
    {
        await Order(house.NextId(), [.. Enumerable.Range(1, 400).Select(n => new TransferOrder.Post(AccountId.Bank, AccountId.Available(Id(n)), Tenge(n), TransferPurpose.TopUp, "entry"))]);
        var page = house.Stepping.House.Tail.After(0, 400);
        page.Should().HaveCount(400);
        var database = new RecordingDatabase();
        await Following(new DealQueries(database)).Handle(page, Ct);
        database.Statements.Should().ContainSingle();
    }

    private TopUps Following(DealQueries deals) => new(
        deals, new DealMoney(house.Stepping.House.Grains, house.Stepping.House.Addresses, house.DealRows), new Debts(house.Stepping.House.Grains, new LedgerQueries(house.Database), house.Stepping.House.Clock),
        Ties.FreeMoney(house.Database));

    private async Task<Guid> Underpaid()
    {
        await house.Pay(Aliya, 1_000_000);
        return await Underpaid(await house.Loaded());
    }

    private async Task<Guid> Underpaid(Guid deal)
    {
        await house.Weigh(deal, "28500", "8000");
        await house.Did(deal, new EndReceipt(house.NextId(), Aliya), Buyer(Aliya));
        (await Stage(deal)).Should().Be("underpaid");
        return deal;
    }

    /// <summary>Of the same two and on the same terms, paid for.</summary>
    private async Task<Guid> Another(Guid like)
    {
        var deal = Id(0xDEA1);
        var terms = (await house.DealRows.History(like, Ct)).Select(recorded => recorded.Event).OfType<DealOpened>().Single().Terms with { Guarantee = null };
        (await house.Stepping.House.Grains.Handle(DealGrain.Kind, deal, new OpenDeal(house.NextId(), terms), Caller.House, Ct)).Refusals.Should().BeEmpty();
        await house.Stepping.AdvanceTo(house.Stepping.Now.AddDays(1), Ct);
        await house.Did(deal, new AcceptContract(house.NextId(), Aliya), Buyer(Aliya));
        await house.Did(deal, new AcceptContract(house.NextId(), Seller), SellerUser);
        await house.Pay(Aliya, 1_000_000);
        await house.Did(deal, new PayDeal(house.NextId(), Aliya), Buyer(Aliya));
        await house.Load(deal);
        return deal;
    }

    private async Task Import(long tenge)
    {
        var bin = TextValue.Parse<Bin>("991240000013");
        var account = new HouseAccounts([new(TextValue.Parse<Iban>(Camt.Account), Currency.Kzt)], "Ainalym");
        using var statement = new MemoryStream(Encoding.UTF8.GetBytes(Camt.Document(Camt.Statement(0, tenge, Camt.Entry($"A{tenge}", tenge, written: bin.ToString()), id: $"S{tenge}"))));
        var taken = await StatementImport.Of(house.Stepping.House, (_, _) => Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(new Dictionary<Bin, Guid> { [bin] = Aliya }), account).Take(statement, progress: null, Ct);
        taken.Matched.Should().Be(1);
        await CatchUp();
    }

    private async Task Order(Guid id, params TransferOrder[] orders) =>
        (await house.Stepping.House.Addresses.Handle(LedgerAddress.Ledger, "KZT", new MakeTransfers(id, orders), Caller.House, Ct)).Refusals.Should().BeEmpty();

    private Task CatchUp() => house.Stepping.House.CatchUp(Ct);

    private async Task<int> Happened(Guid deal) => (await house.DealRows.History(deal, Ct)).Count;

    private async Task<string> Stage(Guid deal) => (await house.DealRows.Deal(deal, Ct))!.Stage;
}
