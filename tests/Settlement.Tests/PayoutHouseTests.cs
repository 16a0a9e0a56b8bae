using System.Text;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Ainalym.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;

namespace Ainalym.Settlement.Tests;

/// <summary>Payouts in a real journal: ordered, filed, told of by statements in any order and more than once, and every tiyn where it belongs.</summary>
public sealed class PayoutHouseTests : IAsyncDisposable
{
    private static readonly Guid Paper = Id(0xA);
    private static readonly Caller User = new(Id(1), Paper, Roles.Seller), Operator = new(Id(2), Id(0x0FE), Roles.Operator);
    private static readonly Iban House = TextValue.Parse<Iban>(Camt.Account);

    /// <summary>Its check digits fit; that the code of a bank of Kazakhstan is of digits was not asked at first.</summary>
    internal const string LettersOfABank = "KZ64KZT1250041001000";

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-payouts-").FullName;
    private readonly Fuse fuse = new();
    private readonly SteppingHouse stepping;
    private int commands, statements;

    public PayoutHouseTests() => stepping = SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance, grains => new MortalGrains(grains, fuse));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PayoutQueries Payouts => new(stepping.House.Database);

    private EntryQueries Entries => new(stepping.House.Database);

    private HouseAccounts Accounts { get; set; } = new([new(House, Currency.Kzt)], "Ainalym");

    private PayoutDesk Desk => PayoutDesk.Of(stepping.House, (id, _) => Task.FromResult<Payee?>(id == Paper ? new("ТОО «Қағаз»", PayoutTests.Facts.Bin) : null), Accounts);

    private EntryDesk Desks => new(stepping.House.Grains, Entries, Payouts, (_, _) => Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(new Dictionary<Bin, Guid>()), Accounts);

    private StatementImport Import => StatementImport.Of(stepping.House, (_, _) => Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(new Dictionary<Bin, Guid>()), Accounts);

    /// <summary>Whatever a test did: the journal holds, the ledger sums to zero, and what is on its way is what the payouts say.</summary>
    public async ValueTask DisposeAsync()
    {
        await stepping.House.CatchUp(CancellationToken.None);
        var away = (await Payouts.Of(Paper, long.MaxValue, "", 100, CancellationToken.None)).Where(payout => payout is { Standing: "ordered" or "filed", Currency: "KZT" }).Sum(payout => payout.AmountMinor);
        var (outgoing, sum) = (await Balance(AccountId.Outgoing(Paper)), (await new LedgerQueries(stepping.House.Database).TrialBalance(Currency.Kzt, upTo: null, CancellationToken.None)).Sum(line => line.BalanceMinor));
        var verified = stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        verified.Difference.Should().BeNull();
        (outgoing, sum).Should().Be((away, 0));
    }

    [Fact]
    public async Task Money_goes_to_the_bank_and_the_statement_closes_it()
    {
        await Begin();
        var id = await Order(600);
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be(("ordered", 400_00, 600_00));
        (await Payouts.Waiting(Ct)).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Account = Camt.Account, Payments = 1, SumMinor = 600_00 });

        var file = await MakeFile();
        (await Standing(id), (await Payouts.Waiting(Ct)).Count).Should().Be(("filed", 0));
        var bytes = await Desk.File(Camt.Account, file, Ct);
        (await Desk.File(Camt.Account, file, Ct)).Should().Equal(bytes);
        Encoding.UTF8.GetString(bytes!).Should().Contain(id.ToString("N")).And.Contain("600.00").And.Contain("ТОО «Қағаз»").And.Contain(PayoutTests.Own.ToString());
        Accounts = new([new(House, Currency.Kzt)], "ТОО «Айналым»");
        (await Desk.File(Camt.Account, file, Ct)).Should().Equal(bytes, "the file keeps the name that it was made in");
        (await Desk.File(Camt.Account, file + 1, Ct)).Should().BeNull();
        (await Desk.MakeFile(House, NextId(), Operator, Ct)).Refusal.Should().Be((Refusal)PaymentQueueRefusal.NothingToPay);

        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        (await Standing(id), await Balance(AccountId.Outgoing(Paper)), await Balance(AccountId.Bank)).Should().Be(("paid", 0, -400_00));
    }

    [Fact]
    public async Task A_currency_is_paid_from_the_account_that_the_house_has_in_it()
    {
        await Begin();
        Money Dollars(long amount) => new(amount * 100, Currency.Usd);
        await stepping.House.Grains.Handle(
            LedgerGrain.Kind, "USD", new MakeTransfers(NextId(), [new TransferOrder.Post(Bank, AccountId.Available(Paper), Dollars(50), TransferPurpose.TopUp, "x")]), Caller.House, Ct);
        (await Desk.Order(new OrderPayout(NextId(), Paper, Dollars(1)), User, Ct)).Refusal.Should().Be(new Refusal(PayoutRefusal.NoHouseAccount, "USD"));

        var other = TextValue.Parse<Iban>("KZ61991DEMO000000001");
        Accounts = new([new(House, Currency.Kzt), new(other, Currency.Usd)], "Ainalym");
        var id = NextId();
        (await Desk.Order(new OrderPayout(id, Paper, Dollars(1)), User, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Payouts.Payout(id.ToString("N"), Ct))!.FromAccount.Should().Be(other.ToString());
        (await Payouts.Waiting(Ct)).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Account = other.ToString(), Currency = "USD", SumMinor = 1_00 });
        await Order(2);
    }

    [Fact]
    public async Task Before_it_is_in_a_file_it_is_taken_back()
    {
        await Begin();
        var (kept, gone) = (await Order(100), await Order(600));
        (await Desk.TakeBack(gone, NextId(), new Caller(Id(1), Id(0xB), Roles.Seller), Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.PayoutNotFound, "it is another's");
        var id = NextId();
        foreach (var _ in (int[])[1, 2]) (await Desk.TakeBack(gone, id, User, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Standing(gone), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be(("withdrawn", 900_00, 100_00));
        (await Desk.TakeBack(gone, NextId(), User, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.AlreadyFiled);

        var file = await MakeFile();
        Encoding.UTF8.GetString((await Desk.File(Camt.Account, file, Ct))!).Should().Contain(kept.ToString("N")).And.NotContain(gone.ToString("N"));
        (await Desk.TakeBack(kept, NextId(), User, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.AlreadyFiled);
        await Told(Camt.Entry("D1", 600, credit: false, called: gone.ToString("N")));
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle("the bank never had it to pay");
    }

    [Fact]
    public async Task A_payment_that_the_bank_gives_back_is_in_the_wallet_again()
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        await Told(Camt.Entry("R1", 600, called: id.ToString("N"), written: "Счёт закрыт"));
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Bank)).Should().Be(("returned", 1_000_00, -1_000_00));
        (await Payouts.Payout(id.ToString("N"), Ct))!.Reason.Should().Be("Счёт закрыт");
    }

    [Fact]
    public async Task A_returned_payout_shows_the_banks_reason()
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        await Told(Camt.Entry("R1", 600, called: id.ToString("N"), written: "Вывод средств")
            .Replace("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Счёт закрыт</AddtlInf></RtrInf></TxDtls>", StringComparison.Ordinal));
        (await Payouts.Payout(id.ToString("N"), Ct))!.Reason.Should().Be("AC04 Счёт закрыт");
    }

    public static TheoryData<string> WaysToSayWhich => ["end-to-end", "instruction", "text", "file", "file-less"];

    /// <summary>A bank has many ways to say that this credit gives a payment back, and which: what is certain is known, whatever it kept for itself.</summary>
    [Theory, MemberData(nameof(WaysToSayWhich))]
    public async Task A_return_is_known_however_the_bank_says_which_payment_it_gives_back(string way)
    {
        await Begin();
        var (id, _) = (await Order(600), await Order(100));
        var file = PaymentFile.MessageId((await Payouts.File(Camt.Account, await MakeFile(), Ct))!);
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        var kept = way is "file" or "text" ? 0 : 7;
        var entry = Camt.Entry("R1", 600 - kept, called: way is "end-to-end" ? id.ToString("N") : "NOTPROVIDED", written: way is "text" ? $"Возврат: Вывод средств {id:N}" : "Возврат")
            .Replace(Camt.Account, PayoutTests.Own.ToString(), StringComparison.Ordinal);
        var told = way switch
        {
            "instruction" => OfPaid(Returned(entry), 600).Replace("<Refs>", $"<Refs><InstrId>{id:N}</InstrId>", StringComparison.Ordinal),
            "file" => ByCode(entry).Replace("<Refs>", $"<Refs><PmtInfId>{file}</PmtInfId>", StringComparison.Ordinal),
            "file-less" => OfPaid(Returned(entry), 600).Replace("<Refs>", $"<Refs><PmtInfId>{file}</PmtInfId>", StringComparison.Ordinal),
            "text" => ByCode(entry),
            _ => OfPaid(Returned(entry), 600),
        };
        foreach (var _ in (int[])[1, 2]) await Told(told);
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Unmatched)).Should().Be(("returned", 900_00 - (kept * 100), 0));
        (await Payouts.Payout(id.ToString("N"), Ct))!.ChargeMinor.Should().Be(kept == 0 ? null : 700);
        (await Difference()).Should().Be(0);
    }

    [Fact]
    public async Task Which_payment_is_given_back_is_not_guessed()
    {
        await Begin();
        var (id, same) = (await Order(200), await Order(200));
        var file = PaymentFile.MessageId((await Payouts.File(Camt.Account, await MakeFile(), Ct))!);
        await Told(Camt.Entry("D1", 200, credit: false, called: id.ToString("N")) + Camt.Entry("D2", 200, credit: false, called: same.ToString("N")));
        string[] told =
        [
            // Two of the file are so; nobody's account; another file; both ids; more than was paid; less, and not said to be a return; so much of another currency was paid.
            Named(Returned(Plain("R1", 200)), file).Replace(Camt.Account, PayoutTests.Own.ToString(), StringComparison.Ordinal),
            Named(Returned(Plain("R2", 200)), file), Named(Returned(Plain("R3", 200)), file + "9"),
            Returned(Plain("R4", 200, $"{id:N} {same:N}")), Returned(Plain("R5", 201, $"{id:N}")), Plain("R6", 199, $"Возврат {id:N}"),
            Named(Returned(Plain("R7", 200)), file).Replace("<RltdPties>", """<AmtDtls><InstdAmt><Amt Ccy="CNY">3.1</Amt></InstdAmt></AmtDtls><RltdPties>""", StringComparison.Ordinal),
        ];
        foreach (var entry in told) await Told(entry);
        (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Should().HaveCount(7);
        (await Standing(id), await Standing(same)).Should().Be(("paid", "paid"));
        (await Difference()).Should().Be(0);

        static string Plain(string reference, long amount, string written = "Возврат") => Camt.Entry(reference, amount, called: "NOTPROVIDED", written: written);
        static string Named(string entry, string file) => entry.Replace("<Refs>", $"<Refs><PmtInfId>{file}</PmtInfId>", StringComparison.Ordinal);
    }

    /// <summary>An id alone says little: it stands in copied texts, and in payments of others.</summary>
    [Theory, InlineData("text"), InlineData("text-paid"), InlineData("payer"), InlineData("account")]
    public async Task A_return_that_does_not_fit_the_payout_that_it_names_waits_for_the_operator(string way)
    {
        const string Dollars = "KZ61991DEMO000000001", Stranger = "KZ75125KZT1001300335";
        Accounts = new([new(House, Currency.Kzt), new(TextValue.Parse<Iban>(Dollars), Currency.Kzt)], "Ainalym");
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        var (whole, text) = (Returned(Camt.Entry("R1", 600, called: id.ToString("N"))), ByCode(Camt.Entry("R1", 10, called: "", written: $"Возврат {id:N}")));
        await Take(way switch
        {
            "text" => Sum(text, "S-2"),
            "text-paid" => Sum(OfPaid(text, 600), "S-2"),
            "payer" => Sum(whole.Replace(Camt.Account, Stranger, StringComparison.Ordinal), "S-2"),
            _ => Camt.Statement(0, 600, whole, "S-2", Dollars),
        });
        (await Standing(id), (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Count, await Difference()).Should().Be(("paid", 1, 0));
    }

    /// <summary>Where the bank does not say how much was paid, less may be a part, and the rest may come too.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_return_in_parts_is_no_return_less_a_charge(bool ofParts)
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        await Told(Part("R1", 400) + Part("R2", 200));
        (await Standing(id), (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Count, await Balance(AccountId.Unmatched), await Difference()).Should().Be(("paid", 2, 600_00, 0));

        string Part(string reference, long amount)
        {
            var part = Returned(Camt.Entry(reference, amount, called: id.ToString("N")));
            return ofParts ? OfPaid(part, amount) : part;
        }
    }

    /// <summary>What came back may be the whole of one payment, or of another less a charge: the bank says which, or nobody does.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Of_a_files_payments_to_one_account_the_amount_that_was_paid_says_which_comes_back(bool said)
    {
        await Begin();
        var (id, _) = (await Order(400), await Order(405));
        var file = PaymentFile.MessageId((await Payouts.File(Camt.Account, await MakeFile(), Ct))!);
        await Told(Camt.Entry("D1", 400, credit: false, called: id.ToString("N")));
        var back = Returned(Camt.Entry("R1", 400, called: "", written: "Возврат")).Replace("<Refs>", $"<Refs><PmtInfId>{file}</PmtInfId>", StringComparison.Ordinal).Replace(Camt.Account, PayoutTests.Own.ToString(), StringComparison.Ordinal)
            .Replace($"<PmtInfId>{PayoutTests.Own}", $"<PmtInfId>{Camt.Account}", StringComparison.Ordinal);
        await Told(said ? OfPaid(back, 400) : back);
        (await Standing(id), (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Count).Should().Be(said ? ("returned", 0) : ("paid", 1));
    }

    [Fact]
    public async Task A_credit_that_does_not_say_which_payout_it_gives_back_is_said_by_the_operator()
    {
        await Begin();
        var (id, waiting, other) = (await Order(300), await Order(50), await Order(40));
        await Desk.TakeBack(other, NextId(), User, Ct);
        (await Explain("0123456789abcdef0123456789abcdef", id)).Should().Be((Refusal)EntryRefusal.EntryNotFound);
        await Told(Camt.Entry("R1", 290, called: "NOTPROVIDED", written: "Возврат"));
        var entry = EntryFacts.IdOf(RailAccount.At(House), "R1");
        (await Explain(entry, id)).Should().Be((Refusal)PayoutRefusal.NotFiled);
        (await Explain(entry, other)).Should().Be(new Refusal(EntryRefusal.AbovePayout, Tenge(40)).About("payout_id"));
        await MakeFile();
        (await Explain(entry, Id(7))).Should().Be(new Refusal(EntryRefusal.PayoutUnknown, Id(7).ToString("N")).About("payout_id"));
        (await Explain(entry, waiting)).Should().Be(new Refusal(EntryRefusal.AbovePayout, Tenge(50)).About("payout_id"));
        (await Desks.Send(entry, new ChargeEntry(NextId()), Operator, Ct)).Refusal!.Code.Should().Be(EntryRefusal.NotUnexplained);

        (await Explain(entry, id)).Should().BeNull();
        await stepping.House.CatchUp(Ct);
        (await Standing(id), (await Entries.Entry(entry, Ct))!.Standing, await Balance(AccountId.Available(Paper)), await Balance(AccountId.Unmatched)).Should().Be(("returned", "payout-returned", 1_000_00 - 50_00 - 10_00, 0));
        (await Payouts.Payout(id.ToString("N"), Ct))!.Should().BeEquivalentTo(new { ChargeMinor = 10_00L, Reason = "Возврат" });
        (await Explain(entry, id)).Should().Be((Refusal)PayoutRefusal.AlreadyReturned);
        (await Explain(entry, waiting)).Should().Be(new Refusal(EntryRefusal.AbovePayout, Tenge(50)).About("payout_id"));

        // The debit comes later than its return.
        await Told(Camt.Entry("D1", 300, credit: false, called: id.ToString("N")));
        (await Standing(id), await Balance(AccountId.Outgoing(Paper)), await Difference()).Should().Be(("returned", 50_00, 0));

        // Two at once for one payout: one is it, the other waits on, and may be assigned as any other money.
        await Told(Camt.Entry("D2", 50, credit: false, called: waiting.ToString("N")));
        await Told(Camt.Entry("R2", 50, called: "", written: "Возврат") + Camt.Entry("R3", 50, called: "", written: "Возврат"));
        foreach (var reference in (string[])["R2", "R3"]) (await Explain(EntryFacts.IdOf(RailAccount.At(House), reference), waiting)).Should().BeNull();
        await stepping.House.CatchUp(Ct);
        await stepping.House.CatchUp(Ct);
        (await Standing(waiting), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Unmatched), await Difference()).Should().Be(("returned", 990_00, 50_00, 0));
        var left = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Should().ContainSingle().Subject;
        (await Desks.Send(left.EntryId, new AssignEntry(NextId(), Paper), Operator, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Balance(AccountId.Available(Paper)), await Difference()).Should().Be((1_040_00, 0));

        async Task<Refusal?> Explain(string entry, Guid payout) => (await Desks.Explain(entry, NextId(), payout, Operator, Ct)).Refusal;
    }

    [Fact]
    public async Task A_return_that_the_operator_explains_shows_the_banks_reason()
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        await Told(Returned(Camt.Entry("R1", 600, called: "", written: "Возврат")));
        (await Desks.Explain(EntryFacts.IdOf(RailAccount.At(House), "R1"), NextId(), id, Operator, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Payouts.Payout(id.ToString("N"), Ct))!.Should().BeEquivalentTo(new { Standing = "returned", Reason = "AC04" });
    }

    /// <summary>What stands in the journal with it is read and paid to.</summary>
    [Fact]
    public async Task An_account_without_digits_in_its_banks_code_is_not_named()
    {
        (await Desk.Account(new NamePayoutAccount(NextId(), Paper, TextValue.Parse<Iban>(LettersOfABank)), User, Ct)).Refusal.Should().Be(new Refusal(IbanRefusal.BankCodeMalformed, "KZ", 3, "KZT").About("account"));
        await Pay(1_000);
        (await stepping.House.Grains.Handle(PayoutAccountGrain.Kind, Paper, new NamePayoutAccount(NextId(), Paper, TextValue.Parse<Iban>(LettersOfABank)), User, Ct)).Refusals.Should().BeEmpty();
        await stepping.AdvanceTo(Noon.AddHours(24));
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        (await Payouts.Payout(id.ToString("N"), Ct))!.Should().BeEquivalentTo(new { ToAccount = LettersOfABank, Standing = "paid" });
    }

    [Fact]
    public async Task The_houses_own_account_is_nobodys_to_be_paid_to()
    {
        (await Desk.Account(new NamePayoutAccount(NextId(), Paper, House), User, Ct)).Refusal.Should().Be(new Refusal(PayoutAccountRefusal.HouseAccount).About("account"));
        await Begin();

        // The house may take an account that an organisation has named before.
        Accounts = new([new(House, Currency.Kzt), new(PayoutTests.Own, Currency.Usd)], "Ainalym");
        (await Desk.Order(new OrderPayout(NextId(), Paper, Tenge(1)), User, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.NoAccountInForce);
    }

    private static string Returned(string entry) => entry.Replace("</TxDtls>", "<RtrInf><OrgnlBkTxCd><Domn><Cd>PMNT</Cd></Domn></OrgnlBkTxCd><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>", StringComparison.Ordinal);

    /// <summary>The bank says how much was paid.</summary>
    private static string OfPaid(string entry, long paid) => entry.Replace("<RltdPties>", $"""<AmtDtls><InstdAmt><Amt Ccy="KZT">{paid}.00</Amt></InstdAmt></AmtDtls><RltdPties>""", StringComparison.Ordinal);

    private static string ByCode(string entry) =>
        entry.Replace("<NtryDtls>", "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>", StringComparison.Ordinal);

    /// <summary>Of what the bank has told, and what was there from the start, the ledger has so much less, in minor units.</summary>
    private async Task<long> Difference() => 1_000_00 + await Balance(Bank) + await stepping.House.Database.Single<long>(
        "SELECT COALESCE(SUM(CASE WHEN is_credit = 1 THEN amount_minor ELSE -amount_minor END), 0) FROM bank_entries WHERE standing NOT IN ('unexplained', 'split')", ct: Ct);

    /// <summary>With statements that follow one another: 1,000 in, 600 out, 590 back.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task After_a_return_less_its_charge_the_bank_and_the_ledger_agree(bool told)
    {
        await Take(Camt.Statement(0, 1_000, Camt.Entry("A1", 1_000), id: "S-1"));
        (await Desks.Send(EntryFacts.IdOf(RailAccount.At(House), "A1"), new AssignEntry(NextId(), Paper), Operator, Ct)).Refusals.Should().BeEmpty();
        await Name(PayoutTests.Own);
        await stepping.AdvanceTo(Noon.AddHours(24));
        var id = await Order(600);
        await MakeFile();
        await Take(Camt.Statement(1_000, 400, Camt.Entry("D1", 600, credit: false, called: id.ToString("N")), id: "S-2"));
        await Take(Camt.Statement(400, 990, told ? OfPaid(Returned(Camt.Entry("R1", 590, called: id.ToString("N"))), 600) : Camt.Entry("R1", 590, called: ""), id: "S-3"));
        if (!told) (await Desks.Explain(EntryFacts.IdOf(RailAccount.At(House), "R1"), NextId(), id, Operator, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { AtBank = Tenge(990), InLedger = Tenge(990), Unexplained = Tenge(0), Unaccounted = Tenge(0) });
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Unmatched)).Should().Be(("returned", 990_00, 0));
    }

    [Fact]
    public async Task A_bank_that_tells_ids_in_capitals_is_understood()
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        var capitals = id.ToString("N").ToUpperInvariant();
        await Told(Camt.Entry("D1", 600, credit: false, called: capitals));
        (await Standing(id), await Balance(AccountId.Outgoing(Paper))).Should().Be(("paid", 0));
        await Told(Camt.Entry("R1", 600, called: capitals));
        (await Standing(id), await Balance(AccountId.Available(Paper))).Should().Be(("returned", 1_000_00));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_return_may_be_told_before_the_payment(bool together)
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        var (debit, credit) = (Camt.Entry("D1", 600, credit: false, called: id.ToString("N")), Camt.Entry("R1", 600, called: id.ToString("N"), written: "Счёт закрыт"));
        if (together) await Told(credit + debit);
        else
        {
            await Told(credit);
            await Told(debit);
        }

        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper)), await Balance(AccountId.Bank)).Should().Be(("returned", 1_000_00, 0, -1_000_00));
    }

    [Fact]
    public async Task Told_twice_by_two_entries_the_second_waits_for_the_operator()
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")) + Camt.Entry("D2", 600, credit: false, called: id.ToString("N")));
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle("one of them is the payment").Which.AmountMinor.Should().Be(600_00);
        await Told(Camt.Entry("R1", 600, called: id.ToString("N")) + Camt.Entry("R2", 600, called: id.ToString("N")));
        (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Should().ContainSingle("one of them is the return");
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Unmatched)).Should().Be(("returned", 1_000_00, 600_00));
    }

    [Theory, InlineData(599, false), InlineData(601, false), InlineData(599, true)]
    public async Task Another_amount_is_another_payment(long amount, bool credit)
    {
        await Begin();
        var id = await Order(600);
        await MakeFile();
        await Told(Camt.Entry("D1", amount, credit: credit, called: id.ToString("N")));
        (await Standing(id), await Balance(AccountId.Outgoing(Paper))).Should().Be(("filed", 600_00));
        (await Entries.Standing(credit ? EntryStanding.Unmatched : EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_debit_that_does_not_say_which_payout_it_is_is_said_by_the_operator()
    {
        await Begin();
        var (id, other) = (await Order(300), await Order(200));
        await Told(Camt.Entry("D0", 300, credit: false, called: "", written: "Платёж"));
        var entry = EntryFacts.IdOf(RailAccount.At(House), "D0");
        (await Explain(entry, id)).Should().Be((Refusal)PayoutRefusal.NotFiled);
        await MakeFile();
        (await Explain(entry, Id(7))).Should().Be(new Refusal(EntryRefusal.PayoutUnknown, Id(7).ToString("N")).About("payout_id"));
        (await Explain(entry, other)).Should().Be(new Refusal(EntryRefusal.PayoutDiffers, Tenge(200), Camt.Account).About("payout_id"));
        (await Explain("9f86d081884c7d659a2feaa0c55ad015", id)).Should().Be((Refusal)EntryRefusal.EntryNotFound);
        (await Explain(entry, id)).Should().BeNull();
        await stepping.House.CatchUp(Ct);
        (await Standing(id), await Balance(AccountId.Outgoing(Paper)), (await Entries.Entry(entry, Ct))!.Standing).Should().Be(("paid", 200_00, "payout-paid"));
        (await Explain(entry, id)).Should().Be((Refusal)PayoutRefusal.AlreadyPaid);

        // Two at once for one payout: one is it, the other waits on.
        await Told(Camt.Entry("D1", 200, credit: false, called: "") + Camt.Entry("D2", 200, credit: false, called: ""));
        foreach (var reference in (string[])["D1", "D2"]) (await Explain(EntryFacts.IdOf(RailAccount.At(House), reference), other)).Should().BeNull();
        await stepping.House.CatchUp(Ct);
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle();
        (await Balance(AccountId.Outgoing(Paper))).Should().Be(0);

        async Task<Refusal?> Explain(string entry, Guid payout) => (await Desks.Explain(entry, NextId(), payout, Operator, Ct)).Refusal;
    }

    [Fact]
    public async Task A_file_that_is_debited_as_one_sum_is_all_its_payments()
    {
        await Begin();
        Guid[] ids = [await Order(100), await Order(250), await Order(50)];
        var file = await MakeFile();
        var name = PaymentFile.MessageId((await Payouts.File(Camt.Account, file, Ct))!);
        await Told(Collective("D0", 399, name) + Collective("D1", 400, name + "9"));
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Select(entry => entry.AmountMinor).Should().BeEquivalentTo([399_00L, 400_00L], "another sum, another file");
        foreach (var _ in (int[])[1, 2]) await Told(Collective("D2", 400, name));
        await Told(Collective("D2", 400, name).Replace("<Btch>", string.Concat((await Payouts.Payments(Camt.Account, file, Ct)).Select(payment =>
            $"""<TxDtls><Refs><EndToEndId>{payment.PaymentId}</EndToEndId></Refs><Amt Ccy="KZT">{payment.Amount.Amount}</Amt></TxDtls>""")) + "<Btch>", StringComparison.Ordinal));
        foreach (var id in ids) (await Standing(id)).Should().Be("paid");
        (await Balance(AccountId.Outgoing(Paper)), await Balance(AccountId.Bank), (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Count).Should().Be((0, -600_00, 2));

        static string Collective(string reference, long amount, string file) =>
            Camt.EntryOf(reference, amount).Replace("CRDT", "DBIT", StringComparison.Ordinal).Replace("</Ntry>", $"<NtryDtls><Btch><PmtInfId>{file}</PmtInfId></Btch></NtryDtls></Ntry>", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_bank_did_not_take_is_given_back_and_a_late_debit_waits_for_the_operator()
    {
        await Begin();
        var id = await Order(600);
        (await Desk.Fail(id, new FailPayout(NextId(), "x"), Operator, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.NotFiled);
        await MakeFile();
        (await Desk.Fail(id, new FailPayout(NextId(), "Банк не принял"), Operator, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be(("failed", 1_000_00, 0));
        await Told(Camt.Entry("D1", 600, credit: false, called: id.ToString("N")));
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle();
    }

    [Fact]
    public async Task What_is_not_there_is_told_before_anything_is_ordered()
    {
        await Begin();
        (await Desk.Order(new OrderPayout(NextId(), Paper, Tenge(1000.01m)), User, Ct)).Refusal.Should().Be(new Refusal(PayoutRefusal.FundsShort, Tenge(1000), Tenge(0.01m)).About("amount"));
        (await Desk.Order(new OrderPayout(NextId(), Paper, Tenge(0)), User, Ct)).Refusal!.Code.Should().Be(PayoutRefusal.AmountNotPositive);
        await FluentActions.Awaiting(() => Order(1, new Caller(Id(1), Id(0xB), Roles.Seller))).Should().ThrowAsync<Exception>("nobody pays out another's money");
        Accounts = new([], "");
        (await Desk.Order(new OrderPayout(NextId(), Paper, Tenge(1)), User, Ct)).Refusal.Should().Be(new Refusal(PayoutRefusal.NoHouseAccount, "KZT"));
        (await Payouts.Of(Paper, long.MaxValue, "", 10, Ct)).Should().BeEmpty();
        (await Balance(AccountId.Available(Paper))).Should().Be(1_000_00);
    }

    [Fact]
    public async Task Nobody_is_paid_before_his_account_is_a_day_old()
    {
        await Pay(1_000);
        await Name(PayoutTests.Own);
        (await Desk.Order(new OrderPayout(NextId(), Paper, Tenge(1)), User, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.NoAccountInForce);
        await stepping.AdvanceTo(Noon.AddHours(24));
        var id = await Order(1);
        await Name(TextValue.Parse<Iban>("KZ61991DEMO000000001"));
        (await Payouts.Payout((await Order(1)).ToString("N"), Ct))!.ToAccount.Should().Be(PayoutTests.Own.ToString(), "the new one waits");
        await stepping.AdvanceTo(Noon.AddHours(48));
        (await Payouts.Payout((await Order(1)).ToString("N"), Ct))!.ToAccount.Should().Be("KZ61991DEMO000000001");
        (await Payouts.Payout(id.ToString("N"), Ct))!.ToAccount.Should().Be(PayoutTests.Own.ToString(), "it was ordered so");
    }

    [Fact]
    public async Task The_same_order_twice_is_one_payout()
    {
        await Begin();
        var order = new OrderPayout(NextId(), Paper, Tenge(600));
        (await Desk.Order(order, User, Ct)).Refusals.Should().BeEmpty();
        (await Desk.Order(order, User, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Desk.Order(order, User, Ct)).Refusals.Should().BeEmpty();
        (await Desk.Order(order with { Amount = Tenge(100) }, User, Ct)).Refusal!.Code.Should().Be(JournalRefusal.CommandIdReused);
        (await Holds()).Should().BeEmpty("nothing is set aside for what is ordered already");
        (await Payouts.Of(Paper, long.MaxValue, "", 10, Ct)).Should().ContainSingle();
        (await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be((400_00, 600_00));
    }

    /// <summary>A ledger says no to the same transfer for ever; the same order is short only as long as the money is.</summary>
    [Fact]
    public async Task An_order_that_was_short_stays_so_until_the_money_has_come()
    {
        await Begin();
        var order = new OrderPayout(NextId(), Paper, Tenge(1_500));
        for (var n = 0; n < 3; n++)
        {
            (await Desk.Order(order, User, Ct)).Refusal.Should().Be(new Refusal(PayoutRefusal.FundsShort, Tenge(1_000), Tenge(500)).About("amount"));
            if (n > 0) await stepping.AdvanceTo(stepping.Now.AddMinutes(1));
        }

        await stepping.House.CatchUp(Ct);
        (await Payouts.Of(Paper, long.MaxValue, "", 10, Ct)).Should().BeEmpty();

        await Pay(600);
        (await Desk.Order(order, User, Ct)).Refusals.Should().BeEmpty();
        await stepping.AdvanceTo(stepping.Now.AddMinutes(1));
        (await Desk.Order(order, User, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        (await Standing(order.CommandId), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be(("ordered", 100_00, 1_500_00));
    }

    /// <summary>The process dies when the second attempt has its hold: what is free then is less than the order, as it is held for it.</summary>
    [Fact]
    public async Task What_a_later_attempt_has_held_is_found_again()
    {
        await Begin();
        var order = new OrderPayout(NextId(), Paper, Tenge(1_500));
        (await Desk.Order(order, User, Ct)).Refusal!.Code.Should().Be(PayoutRefusal.FundsShort);
        await Pay(600);
        fuse.Burn(3, beforeSending: true);
        await FluentActions.Awaiting(() => Desk.Order(order, User, Ct)).Should().ThrowAsync<ProcessDied>();
        (await Holds()).Should().ContainSingle("the money is set aside").Which.AmountMinor.Should().Be(1_500_00);

        await stepping.AdvanceTo(stepping.Now.AddMinutes(1));
        (await Desk.Order(order, User, Ct)).Refusals.Should().BeEmpty();
        (await Holds()).Should().ContainSingle();
        await stepping.House.CatchUp(Ct);
        (await Standing(order.CommandId), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be(("ordered", 100_00, 1_500_00));
    }

    /// <summary>The process stands for two hours between the order and its booking, and the money is spent meanwhile, or is not.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_payout_that_nobody_booked_in_time_takes_what_is_free_or_fails(bool spent)
    {
        await Begin();
        var id = NextId();
        (await Desk.Order(new OrderPayout(id, Paper, Tenge(600)), User, Ct)).Refusals.Should().BeEmpty();
        var held = (await Holds()).Single();
        await stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(NextId(), [new TransferOrder.VoidHold(TextValue.Parse<TransferId>(held.Transfer))]), Caller.House, Ct);
        if (spent) await stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(NextId(), [Move(AccountId.Available(Paper), AccountId.PlatformFee, 500)]), Caller.House, Ct);
        await stepping.House.CatchUp(Ct);
        (await Standing(id), await Balance(AccountId.Available(Paper)), await Balance(AccountId.Outgoing(Paper))).Should().Be(spent ? ("failed", 500_00, 0) : ("ordered", 400_00, 600_00));
        (await Payouts.Waiting(Ct)).Should().HaveCount(spent ? 0 : 1);
    }

    [Fact]
    public async Task Unmatched_money_goes_back_with_the_same_file()
    {
        await Told(Camt.Entry("A1", 100, written: "не нам"));
        var entry = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Single();
        await Desks.Return(entry.EntryId, new ReturnEntry(NextId(), "Не нам"), Operator, Ct);
        await stepping.House.CatchUp(Ct);
        var file = await MakeFile();
        Encoding.UTF8.GetString((await Desk.File(Camt.Account, file, Ct))!).Should().Contain(entry.EntryId).And.Contain("Возврат A1: Не нам");
        await Told(Camt.Entry("D1", 100, credit: false, called: entry.EntryId));
        (await Balance(AccountId.Unmatched), await Balance(AccountId.Bank), (await Entries.Entry(entry.EntryId, Ct))!.Standing).Should().Be((0, 0, "returned"));
    }

    [Fact]
    public async Task A_return_has_a_way_back_before_it_is_filed_and_after()
    {
        await Told(Camt.Entry("A1", 100, written: "не нам"));
        var entry = EntryFacts.IdOf(RailAccount.At(House), "A1");
        (await Desks.TakeBack(entry, NextId(), Operator, Ct)).Refusal.Should().Be(new Refusal(EntryRefusal.NotReturning, "unmatched"));
        (await Return()).Should().BeNull();
        (await Desks.TakeBack(entry, NextId(), Operator, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.NotQueuedYet);
        await stepping.House.CatchUp(Ct);
        (await Fail()).Should().Be((Refusal)EntryRefusal.NotFiled);
        var back = NextId();
        foreach (var _ in (int[])[1, 2])
        {
            (await Desks.TakeBack(entry, back, Operator, Ct)).Refusals.Should().BeEmpty();
            await stepping.House.CatchUp(Ct);
        }

        ((await Entries.Entry(entry, Ct))!.Standing, (await Payouts.Waiting(Ct)).Count).Should().Be(("unmatched", 0));
        (await Return()).Should().BeNull();
        await stepping.House.CatchUp(Ct);
        await MakeFile();
        (await Desks.TakeBack(entry, NextId(), Operator, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.AlreadyFiled);
        (await Fail()).Should().BeNull();
        (await Entries.Entry(entry, Ct))!.Should().BeEquivalentTo(new { Standing = "unmatched", Reason = "Счёт закрыт" });
        (await Return()).Should().BeNull();
        await stepping.House.CatchUp(Ct);
        var file = await MakeFile();
        var payment = (await Payouts.Payments(Camt.Account, file, Ct)).Should().ContainSingle().Subject.PaymentId;
        payment.Should().Be((await Entries.Entry(entry, Ct))!.Payment).And.NotBe(entry);

        // The bank pays the first after all: that is another debit.
        await Told(Camt.Entry("D1", 100, credit: false, called: entry));
        ((await Entries.Entry(entry, Ct))!.Standing, await Balance(AccountId.Unmatched)).Should().Be(("returning", 100_00));
        await Told(Camt.Entry("D2", 100, credit: false, called: payment));
        ((await Entries.Entry(entry, Ct))!.Standing, await Balance(AccountId.Unmatched)).Should().Be(("returned", 0));
        (await Fail()).Should().Be(new Refusal(EntryRefusal.NotReturning, "returned"));

        async Task<Refusal?> Return() => (await Desks.Return(entry, new ReturnEntry(NextId(), "Не нам"), Operator, Ct)).Refusal;

        async Task<Refusal?> Fail() => (await Desks.FailReturn(entry, new FailReturn(NextId(), "Счёт закрыт"), Operator, Ct)).Refusal;
    }

    [Fact]
    public async Task A_payout_of_this_moment_is_taken_back_a_moment_later()
    {
        await Begin();
        var id = NextId();
        (await Desk.Order(new OrderPayout(id, Paper, Tenge(100)), User, Ct)).Refusals.Should().BeEmpty();
        (await Desk.TakeBack(id, NextId(), User, Ct)).Refusal.Should().Be((Refusal)PayoutRefusal.NotQueuedYet);
        await stepping.House.CatchUp(Ct);
        (await Desk.TakeBack(id, NextId(), User, Ct)).Refusals.Should().BeEmpty();
    }

    private async Task Begin()
    {
        await Pay(1_000);
        await Name(PayoutTests.Own);
        await stepping.AdvanceTo(Noon.AddHours(24));
    }

    private Task Pay(decimal tenge) => stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(NextId(), [Move(Bank, AccountId.Available(Paper), tenge)]), Caller.House, Ct);

    private async Task Name(Iban account) => (await Desk.Account(new NamePayoutAccount(NextId(), Paper, account), User, Ct)).Refusals.Should().BeEmpty();

    private async Task<Guid> Order(decimal tenge, Caller? caller = null)
    {
        var id = NextId();
        (await Desk.Order(new OrderPayout(id, Paper, Tenge(tenge)), caller ?? User, Ct)).Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        return id;
    }

    private async Task<long> MakeFile()
    {
        var receipt = await Desk.MakeFile(House, NextId(), Operator, Ct);
        receipt.Refusals.Should().BeEmpty();
        await stepping.House.CatchUp(Ct);
        return ((PaymentFileMade)receipt.Events[0]).Number;
    }

    private Task Told(string entries) => Take(Sum(entries, $"S-{++statements}"));

    private async Task Take(string statement)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Camt.Document(statement)));
        await Import.Take(file, progress: null, Ct);
        await stepping.House.CatchUp(Ct);
    }

    /// <summary>A statement whose balances fit its entries.</summary>
    private static string Sum(string entries, string id)
    {
        var sum = entries.Split("<Ntry>").Skip(1).Sum(entry =>
        {
            var from = entry.IndexOf("KZT\">", StringComparison.Ordinal) + 5;
            var amount = long.Parse(entry[from..entry.IndexOf('.', from)], System.Globalization.CultureInfo.InvariantCulture);
            return entry.Contains("DBIT", StringComparison.Ordinal) ? -amount : amount;
        });
        return Camt.Statement(1_000_000, 1_000_000 + sum, entries, id);
    }

    private async Task<string> Standing(Guid payout) => (await Payouts.Payout(payout.ToString("N"), Ct))!.Standing;

    private async Task<long> Balance(AccountId account) => (await new LedgerQueries(stepping.House.Database).Accounts(Currency.Kzt, [account], CancellationToken.None)).SingleOrDefault()?.Balance.Posted ?? 0;

    private Task<IReadOnlyList<HoldRow>> Holds() => new LedgerQueries(stepping.House.Database).Holds(Currency.Kzt, AccountId.Available(Paper), "", 10, Ct);

    private Guid NextId() => CommandIds.Derived(stepping.Now, $"test/{++commands}");
}
