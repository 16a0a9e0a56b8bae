using System.Globalization;
using System.Text;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Ainalym.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>What every rail may tell, in words that every rail has. The references are the rail's own, each once.</summary>
public abstract record Told(string Reference, long Tenge)
{
    /// <param name="For">Whom the payer names; nobody known where null.</param>
    public sealed record PaidIn(string Reference, long Tenge, Bin? For) : Told(Reference, Tenge);

    /// <summary>A refund that nobody here ordered, a chargeback, the bank's correction of a credit.</summary>
    /// <param name="Of">The payment that is taken back.</param>
    public sealed record TakenBack(string Reference, long Tenge, string Of) : Told(Reference, Tenge);

    /// <summary>A dispute was won, or a correction corrected.</summary>
    /// <param name="Of">What had taken it back.</param>
    public sealed record GivenAgain(string Reference, long Tenge, string Of) : Told(Reference, Tenge);

    /// <param name="Payment">The payment that the house has ordered.</param>
    public sealed record WentOut(string Reference, long Tenge, string Payment) : Told(Reference, Tenge);
}

/// <summary>
/// What a rail must do to be one: its events come twice, late and in any order, with other amounts than expected, as refunds and disputes, and every tiyn is accounted for. A rail that is added later
/// passes these tests with its own way of telling.
/// </summary>
public abstract class RailContract : IAsyncDisposable
{
    private static readonly Bin PaperBin = TextValue.Parse<Bin>("151140025060");
    private static readonly Guid Paper = Id(0xA);
    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-rail-").FullName;
    private readonly List<Told> told = [];
    private int commands;

    protected RailContract() => Stepping = SteppingHouse.Open([SettlementModule.With(house => new BankRail(house.Grains), MakeCardRail)], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static Caller Operator { get; } = new(Id(2), Id(0x0FE), Roles.Operator);

    protected SteppingHouse Stepping { get; }

    protected abstract RailAccount Account { get; }

    protected EntryQueries Entries => new(Stepping.House.Database);

    protected HouseAccounts Accounts { get; } = new([new(TextValue.Parse<Iban>(Camt.Account), Currency.Kzt)], "Ainalym");

    private AccountId Wallet { get; } = AccountId.Available(Paper);

    private AccountId Debt { get; } = AccountId.Owed(Paper);

    /// <summary>Tells the house in the rail's own way, all of it at once.</summary>
    /// <returns>What the house would not take.</returns>
    protected abstract Task<IReadOnlyList<Refusal>> TellInItsWay(IReadOnlyList<Told> told);

    /// <summary>What a person has to say where the rail does not: nothing, if it names what it undoes.</summary>
    protected virtual Task Explain() => Task.CompletedTask;

    /// <summary>The ids of the payments that the rail was to make since it was asked last.</summary>
    protected abstract Task<IReadOnlyList<string>> Ordered();

    protected virtual IRail MakeCardRail(House house) => new CardRail();

    protected static Task<IReadOnlyDictionary<Bin, Guid>> Organisations(IReadOnlyCollection<Bin> bins, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(bins.Where(bin => bin == PaperBin).ToDictionary(bin => bin, _ => Paper));

    /// <summary>Whatever a test did: the journal holds, the sum of the ledger is zero, what was told of and explained lies with the rail, and nobody has paid back more than he owed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stepping.House.CatchUp(CancellationToken.None);
        var unexplained = (await Entries.Standing(EntryStanding.Unexplained, "", 100, CancellationToken.None)).Sum(entry => entry.AmountMinor);
        var lies = told.DistinctBy(one => one.Reference).Sum(one => one is Told.PaidIn or Told.GivenAgain ? one.Tenge : -one.Tenge) * 100 + unexplained;
        var (sum, clearing, debt) = ((await new LedgerQueries(Stepping.House.Database).TrialBalance(Currency.Kzt, upTo: null, CancellationToken.None)).Sum(line => line.BalanceMinor), await Balance(Account.Clearing), await Balance(Debt));
        var verified = Stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        await Stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        verified.Difference.Should().BeNull();
        (sum, clearing).Should().Be((0, -lies));
        debt.Should().BeLessThanOrEqualTo(0);
    }

    [Fact]
    public async Task An_event_that_comes_again_counts_once()
    {
        var (paid, back) = (new Told.PaidIn("P1", 100, PaperBin), new Told.TakenBack("T1", 30, "P1"));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TellInItsWay([paid])));
        await Tell(paid);
        (await Balance(Wallet)).Should().Be(100_00);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TellInItsWay([back])));
        await Tell(paid, back);
        (await Balance(Wallet), await Balance(Debt)).Should().Be((70_00, 0));
    }

    /// <summary>Each order of three, one by one and together.</summary>
    public static TheoryData<int, int, int, bool> Orders
    {
        get
        {
            var orders = new TheoryData<int, int, int, bool>();
            foreach (var together in (bool[])[false, true])
                foreach (var (a, b, c) in ((int, int, int)[])[(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]) orders.Add(a, b, c, together);
            return orders;
        }
    }

    /// <summary>A payment, its chargeback and the dispute that was won, told in each order, one by one or at once.</summary>
    [Theory, MemberData(nameof(Orders))]
    public async Task In_whatever_order_it_is_told_it_comes_to_the_same(int first, int second, int third, bool together)
    {
        Told[] all = [new Told.PaidIn("P1", 100, PaperBin), new Told.TakenBack("T1", 100, "P1"), new Told.GivenAgain("G1", 100, "T1")];
        if (together) await Tell(all[first], all[second], all[third]);
        else
            foreach (var n in (int[])[first, second, third]) await Tell(all[n]);
        (await Balance(Wallet), await Balance(Debt), await Balance(AccountId.Unmatched)).Should().Be((100_00, 0, 0));
        (await Waiting()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_comes_late_counts_and_what_comes_again_late_does_not()
    {
        var paid = new Told.PaidIn("P1", 100, PaperBin);
        await Stepping.AdvanceTo(Noon.AddDays(60), Ct);
        await Tell(paid);
        await Stepping.AdvanceTo(Noon.AddDays(160), Ct);
        await Tell(paid);
        await Tell(new Told.TakenBack("T1", 40, "P1"));
        (await Balance(Wallet)).Should().Be(60_00);
    }

    [Fact]
    public async Task Told_with_another_amount_it_is_refused_and_stays_as_it_was()
    {
        await Tell(new Told.PaidIn("P1", 100, PaperBin));
        (await TellInItsWay([new Told.PaidIn("P1", 101, PaperBin)])).Should().Equal(new Refusal(EntryRefusal.EntryDiffers, "amount"));
        (await TellInItsWay([new Told.WentOut("P1", 100, "")])).Should().Equal(new Refusal(EntryRefusal.EntryDiffers, "direction"));
        (await Balance(Wallet)).Should().Be(100_00);
    }

    [Fact]
    public async Task A_refund_in_parts_goes_as_far_as_the_payment()
    {
        await Tell(new Told.PaidIn("P1", 100, PaperBin), new Told.PaidIn("P2", 50, PaperBin));
        await Tell(new Told.TakenBack("T1", 30, "P1"));
        await Tell(new Told.TakenBack("T2", 70, "P1"));
        (await Balance(Wallet), await Balance(Debt)).Should().Be((50_00, 0));
    }

    [Fact]
    public async Task Money_that_is_nobodys_goes_back_by_its_rail_once()
    {
        await Tell(new Told.PaidIn("P1", 100, For: null));
        (await Balance(AccountId.Unmatched)).Should().Be(100_00);
        var entry = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Should().ContainSingle().Subject;
        (await Stepping.House.Grains.Handle(EntryGrain.Kind, entry.EntryId, new ReturnEntry(NextId(), "Не нам"), Operator, Ct)).Refusals.Should().BeEmpty();
        await Stepping.House.CatchUp(Ct);
        var payment = (await Ordered()).Should().ContainSingle().Subject;
        (await Ordered()).Should().BeEmpty("it is asked for once");

        await Tell(new Told.WentOut("W0", 99, payment));
        (await Standing(entry.EntryId), await Balance(AccountId.Unmatched)).Should().Be(("returning", 100_00), "another amount is another payment");
        await Tell(new Told.WentOut("W1", 100, payment.ToUpperInvariant()));
        await Tell(new Told.WentOut("W1", 100, payment));
        (await Standing(entry.EntryId), await Balance(AccountId.Unmatched)).Should().Be(("returned", 0));
        await Tell(new Told.WentOut("W2", 100, payment));
        (await Balance(AccountId.Unmatched)).Should().Be(0, "it went back once; the second waits for the operator");
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Select(row => row.Reference).Should().BeEquivalentTo("W0", "W2");
    }

    /// <summary>Two movements say at once that they are the return; another's unmatched money lies beside it.</summary>
    [Fact]
    public async Task Told_twice_at_once_by_two_movements_money_goes_back_once()
    {
        await Tell(new Told.PaidIn("P1", 100, For: null), new Told.PaidIn("P2", 150, For: null));
        var entry = EntryFacts.IdOf(Account, "P1");
        (await Stepping.House.Grains.Handle(EntryGrain.Kind, entry, new ReturnEntry(NextId(), "Не нам"), Operator, Ct)).Refusals.Should().BeEmpty();
        await Stepping.House.CatchUp(Ct);
        var payment = (await Ordered()).Should().ContainSingle().Subject;

        await Tell(new Told.WentOut("W1", 100, payment), new Told.WentOut("W2", 100, payment));
        (await Standing(entry), await Balance(AccountId.Unmatched)).Should().Be(("returned", 150_00), "nobody else's money went with it");
        (await Entries.Standing(EntryStanding.ReturnSent, "", 10, Ct)).Should().ContainSingle("one of them is the return");
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle("the other waits for the operator");
    }

    /// <summary>A payer takes his payment back when the money is spent, and what comes in next pays the debt before anything leaves the house.</summary>
    [Fact]
    public async Task A_chargeback_of_spent_money_is_a_debt_until_it_is_paid()
    {
        await NameAccount();
        await Tell(new Told.PaidIn("P1", 100, PaperBin));
        await Move(80);
        await Tell(new Told.TakenBack("T1", 100, "P1"));
        (await Balance(Wallet), await Balance(Debt)).Should().Be((0, -80_00));
        (await Payout(1)).Should().Be(new Refusal(PayoutRefusal.DebtOpen, Tenge(80)));

        await Tell(new Told.PaidIn("P2", 50, PaperBin));
        (await Balance(Wallet), await Balance(Debt)).Should().Be((0, -30_00));
        await Tell(new Told.PaidIn("P3", 50, PaperBin));
        (await Balance(Wallet), await Balance(Debt)).Should().Be((20_00, 0));
        (await Payout(1)).Should().BeNull();
    }

    [Fact]
    public async Task What_is_held_is_not_touched_and_pays_once_it_is_free()
    {
        await NameAccount();
        await Tell(new Told.PaidIn("P1", 100, PaperBin));
        var hold = NextId();
        await Ledger(new MakeTransfers(hold, [Hold(Wallet, Deal, 60)]));
        await Tell(new Told.TakenBack("T1", 100, "P1"));
        (await Balance(Wallet), await Balance(Debt)).Should().Be((60_00, -60_00));
        (await Payout(1)).Should().Be(new Refusal(PayoutRefusal.DebtOpen, Tenge(60)));
        await Ledger(new MakeTransfers(NextId(), [new TransferOrder.VoidHold(new TransferId(hold))]));
        await Stepping.House.CatchUp(Ct);
        (await Balance(Wallet), await Balance(Debt)).Should().Be((0, 0));
        (await Payout(1)).Should().Be(new Refusal(PayoutRefusal.FundsShort, Tenge(0), Tenge(1)).About("amount"));
    }

    /// <summary>A seller's proceeds come from no rail.</summary>
    [Fact]
    public async Task What_comes_from_a_deal_pays_the_debt_too()
    {
        await Tell(new Told.PaidIn("P1", 100, PaperBin));
        await Move(100);
        await Tell(new Told.TakenBack("T1", 70, "P1"));
        await Ledger(new MakeTransfers(NextId(), [Words.Move(Deal, Wallet, 90)]));
        await Stepping.House.CatchUp(Ct);
        (await Balance(Wallet), await Balance(Debt)).Should().Be((20_00, 0));
    }

    [Fact]
    public async Task A_dispute_that_is_won_pays_what_it_left()
    {
        await Tell(new Told.PaidIn("P1", 100, PaperBin));
        await Move(100);
        await Tell(new Told.TakenBack("T1", 100, "P1"));
        await Tell(new Told.GivenAgain("G1", 100, "T1"));
        (await Balance(Wallet), await Balance(Debt)).Should().Be((0, 0));
    }

    protected async Task Tell(params Told[] all)
    {
        (await TellInItsWay(all)).Should().BeEmpty();
        told.AddRange(all);
        await Stepping.House.CatchUp(Ct);
        await Explain();
        await Stepping.House.CatchUp(Ct);
    }

    protected async Task<IReadOnlyList<EntryRow>> Waiting() => [.. await Entries.Standing(EntryStanding.Unexplained, "", 100, Ct), .. await Entries.Standing(EntryStanding.Unmatched, "", 100, Ct)];

    protected Guid NextId() => CommandIds.Derived(Stepping.Now, $"test {Interlocked.Increment(ref commands)}");

    protected async Task AssignToPaper(EntryRow entry) =>
        (await Stepping.House.Grains.Handle(EntryGrain.Kind, entry.EntryId, new AssignEntry(NextId(), Paper), Operator, Ct)).Refusals.Should().BeEmpty();

    protected static string Reference(Bin? bin) => bin is { } of ? PaymentReference.For(of).Grouped : "не знаю за что";

    private Task Move(decimal tenge) => Ledger(new MakeTransfers(NextId(), [Words.Move(Wallet, Deal, tenge)]));

    private async Task Ledger(MakeTransfers make) => (await Stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", make, Caller.House, Ct)).Refusals.Should().BeEmpty();

    private async Task NameAccount()
    {
        (await Desk.Account(new NamePayoutAccount(NextId(), Paper, TextValue.Parse<Iban>("KZ34991DEMO000000002")), PaperUser, Ct)).Refusals.Should().BeEmpty();
        await Stepping.AdvanceTo(Noon.AddDays(1), Ct);
    }

    private async Task<Refusal?> Payout(decimal tenge) => (await Desk.Order(new OrderPayout(NextId(), Paper, Tenge(tenge)), PaperUser, Ct)).Refusal;

    private static Caller PaperUser { get; } = new(Id(1), Paper, Roles.Seller);

    private PayoutDesk Desk => PayoutDesk.Of(Stepping.House, (_, _) => Task.FromResult<Payee?>(new("ТОО «Қағаз»", PaperBin)), Accounts);

    private async Task<string> Standing(string entry) => (await Entries.Entry(entry, Ct))!.Standing;

    private async Task<long> Balance(AccountId account) => (await new LedgerQueries(Stepping.House.Database).Accounts(Currency.Kzt, [account], CancellationToken.None)).SingleOrDefault()?.Balance.Posted ?? 0;
}

/// <summary>The bank: movements in statements, payments in files, and the operator says what a debit took back, as statements do not.</summary>
public sealed class BankRailTests : RailContract
{
    private int statements;

    protected override RailAccount Account { get; } = TextValue.Parse<RailAccount>(Camt.Account);

    protected override async Task<IReadOnlyList<Refusal>> TellInItsWay(IReadOnlyList<Told> told)
    {
        var entries = string.Concat(told.Select(one => one switch
        {
            Told.PaidIn paid => Camt.Entry(paid.Reference, paid.Tenge, written: Reference(paid.For)),
            Told.WentOut went => Camt.Entry(went.Reference, went.Tenge, credit: false, called: went.Payment),
            Told.TakenBack back => Camt.Entry(back.Reference, back.Tenge, credit: false, written: "Возврат", called: "").Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal),
            _ => Camt.Entry(one.Reference, one.Tenge, written: "Исправление", called: ""),
        }));
        var sum = told.Sum(one => one is Told.PaidIn or Told.GivenAgain ? one.Tenge : -one.Tenge);
        var name = string.Create(CultureInfo.InvariantCulture, $"S-{Interlocked.Increment(ref statements)}");
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Camt.Document(Camt.Statement(0, sum, entries, id: name))));
        var result = await StatementImport.Of(Stepping.House, Organisations, Accounts).Take(file, progress: null, Ct);
        return [.. result.Conflicts.Select(conflict => new Refusal(EntryRefusal.EntryDiffers, conflict.Field))];
    }

    /// <summary>The operator knows whose payment it was; of what goes back by the house's own order he knows nothing more.</summary>
    protected override async Task Explain()
    {
        foreach (var entry in (await Waiting()).Where(entry => entry.Remittance is "Возврат" or "Исправление")) await AssignToPaper(entry);
    }

    protected override async Task<IReadOnlyList<string>> Ordered()
    {
        var receipt = await Stepping.House.Grains.Handle(PaymentQueueGrain.Kind, Camt.Account, new MakePaymentFile(NextId()), Operator, Ct);
        await Stepping.House.CatchUp(Ct);
        return receipt.Events.OfType<PaymentFileMade>().SingleOrDefault()?.Payments.ToList() ?? [];
    }
}

/// <summary>A card processor as most are: its events name what they undo, refunds are ordered by the payment's own reference.</summary>
public sealed class CardRailTests : RailContract
{
    private CardRail? card;

    protected override RailAccount Account { get; } = TextValue.Parse<RailAccount>("card:acct_1AinalymTest");

    protected override IRail MakeCardRail(House house) => card = new CardRail();

    [Fact]
    public async Task A_refund_of_more_than_was_paid_waits_for_the_operator()
    {
        await Tell(new Told.PaidIn("P1", 100, TextValue.Parse<Bin>("151140025060")));
        await Tell(new Told.TakenBack("T1", 60, "P1"), new Told.TakenBack("T2", 41, "P1"));
        (await Waiting()).Should().ContainSingle("one of the two fits");
        await Tell(new Told.TakenBack("T3", 5, "P9"));
        (await Waiting()).Should().HaveCount(2, "nobody has told of P9");
    }

    [Fact]
    public async Task What_goes_back_names_the_payment_and_needs_no_account()
    {
        await Tell(new Told.PaidIn("P1", 100, For: null));
        (await Stepping.House.Grains.Handle(EntryGrain.Kind, (await Waiting()).Single().EntryId, new ReturnEntry(NextId(), "Не нам"), Operator, Ct)).Refusals.Should().BeEmpty();
        await Stepping.House.CatchUp(Ct);
        card!.Asked.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = PaymentKind.Return, Amount = Tenge(100), To = (Iban?)null, Undoes = "P1" });
    }

    protected override async Task<IReadOnlyList<Refusal>> TellInItsWay(IReadOnlyList<Told> told)
    {
        var desk = new RailDesk(Stepping.House.Grains, Entries, new PayoutQueries(Stepping.House.Database), Organisations, Stepping.House.Clock);
        var receipts = await desk.Tell([.. told.Select(Movement)], Ct);
        return [.. receipts.SelectMany(receipt => receipt.Refusals)];
    }

    protected override Task<IReadOnlyList<string>> Ordered()
    {
        string[] asked = [.. card!.Asked.Select(payment => payment.Id)];
        card.Asked.Clear();
        return Task.FromResult<IReadOnlyList<string>>(asked);
    }

    private EntryFacts Movement(Told one) => new(
        Account, one.Reference, Tenge(one.Tenge), one is Told.PaidIn or Told.GivenAgain, new DateOnly(2026, 3, 2), PayerName: null, PayerAccount: null,
        (one as Told.WentOut)?.Payment, one is Told.PaidIn paid ? Reference(paid.For) : "", one switch { Told.TakenBack back => back.Of, Told.GivenAgain again => again.Of, _ => null });
}

/// <summary>Keeps what it was asked to pay, each command once.</summary>
internal sealed class CardRail : IRail
{
    private readonly HashSet<Guid> known = [];

    public RailKind Kind => RailKind.Card;

    public List<Payment> Asked { get; } = [];

    public Task Pay(RailAccount from, Guid commandId, Payment payment, CancellationToken ct)
    {
        if (known.Add(commandId)) Asked.Add(payment);
        return Task.CompletedTask;
    }
}
