using System.Text;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;
using Microsoft.Extensions.Logging.Abstractions;
using static Ainalym.Settlement.Tests.Words;
using static Ainalym.Support.Camt;

namespace Ainalym.Settlement.Tests;

/// <summary>Statements in a real journal: each entry once, its money once, and the bank's word against the ledger's.</summary>
public sealed class ImportTests : IAsyncDisposable
{
    private static readonly Bin Paper = TextValue.Parse<Bin>("991240000013"), Glass = TextValue.Parse<Bin>("991240000023");
    private static readonly string Reference = PaymentReference.For(Paper).Grouped;
    private static readonly Caller Operator = new(Id(1), Id(2), Roles.Operator);

    private readonly string folder = Directory.CreateTempSubdirectory("ainalym-bank-").FullName;
    private readonly SteppingHouse stepping;

    public ImportTests() => stepping = SteppingHouse.Open([SettlementModule.Module], new HouseOptions(folder), Noon, NullLoggerFactory.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EntryQueries Entries => new(stepping.House.Database);

    private EntryDesk Desk => new(stepping.House.Grains, Entries, new(stepping.House.Database), Known, Accounts);

    /// <summary>Whatever a test did: the journal holds, the ledger sums to zero, and unmatched money is what the unmatched entries are.</summary>
    public async ValueTask DisposeAsync()
    {
        await stepping.House.CatchUp(CancellationToken.None);
        var open = (await Entries.Standing(EntryStanding.Unmatched, "", 1000, CancellationToken.None)).Concat(await Entries.Standing(EntryStanding.Returning, "", 1000, CancellationToken.None)).Where(entry => entry.Currency == "KZT").Sum(entry => entry.AmountMinor);
        var (unmatched, sum) = (await Balance(AccountId.Unmatched), (await new LedgerQueries(stepping.House.Database).TrialBalance(Currency.Kzt, upTo: null, CancellationToken.None)).Sum(line => line.BalanceMinor));
        var verified = stepping.House.Verify(published: null, progress: null, CancellationToken.None);
        await stepping.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        verified.Difference.Should().BeNull();
        (unmatched, sum).Should().Be((open, 0));
    }

    [Fact]
    public async Task Money_comes_to_whom_the_payer_has_named()
    {
        var result = await Take(Document(Statement(0, 1_410,
            Entry("A1", 1_000, written: $"Пополнение {Reference}") + Entry("A2", 200, written: "Оплата, БИН 991240000023.") + Entry("A3", 100, called: PaymentReference.For(Paper).ToString())
            + Entry("A4", 50, written: $"{Reference} и {PaymentReference.For(Glass).Grouped}") + Entry("A5", 30, written: "без обозначения") + Entry("A6", 20, written: "БИН 991240000013 и 991240000023")
            + Entry("A7", 10, written: "счёт 99124000001300 12345"))));
        (result.Matched, result.Unmatched, result.Taken).Should().Be((3, 4, 7));
        (await Balance(AccountId.Available(Id(0xA))), await Balance(AccountId.Available(Id(0xB))), await Balance(AccountId.Unmatched), await Balance(AccountId.Bank)).Should().Be((1_100_00, 200_00, 110_00, -1_410_00));
    }

    /// <summary>A payment that comes back is nobody's payment in, whatever stands in it: its text may be ours, with the payee's BIN.</summary>
    [Theory, InlineData("</TxDtls>", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>"), InlineData("<NtryDtls>", "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>")]
    public async Task What_the_bank_says_to_be_a_return_is_not_taken_for_a_payment_in(string at, string said)
    {
        var back = Entry("A1", 100, written: $"Возврат, БИН {Paper}").Replace(at, said, StringComparison.Ordinal);
        (await Take(Document(Statement(0, 110, back + Entry("A2", 10, written: $"БИН {Paper}"))))).Should().BeEquivalentTo(new { Matched = 1, Unmatched = 1 });
    }

    /// <summary>The payer's own program has numbered his order as the house numbers its own.</summary>
    [Fact]
    public async Task An_order_with_an_id_like_the_houses_hides_no_reference()
    {
        var paid = Entry("A1", 100, called: PaymentReference.For(Paper).ToString(), written: "").Replace("<Refs>", "<Refs><InstrId>0190f5e18b8f7cc098c5dc0c0c07398f</InstrId>", StringComparison.Ordinal);
        (await Take(Document(Statement(0, 100, paid)))).Matched.Should().Be(1);
    }

    [Fact]
    public async Task A_file_told_again_or_overlapping_brings_nothing_twice()
    {
        var first = Document(Statement(0, 300, Entry("A1", 100, written: Reference) + Entry("A2", 200)));
        await Take(first);
        (await Take(first)).Should().BeEquivalentTo(new { Taken = 0, Known = 2, ConflictCount = 0 });
        (await Take(Document(Statement(200, 205, Entry("A2", 200) + Entry("A9", 5) + Entry("X", 200, credit: false), id: "S-2")))).Should().BeEquivalentTo(new { Taken = 2, Known = 1 });
        (await Balance(AccountId.Available(Id(0xA))), await Balance(AccountId.Unmatched)).Should().Be((100_00, 205_00));
    }

    [Fact]
    public async Task Statements_of_one_file_that_overlap_bring_nothing_twice()
    {
        var first = Statement(0, 300, Entry("A1", 100, written: Reference) + Entry("A2", 200));
        (await Take(Document(first + Statement(100, 305, Entry("A2", 200) + Entry("A9", 5), id: "S-2")))).Should().BeEquivalentTo(new { Statements = 2, Taken = 3, Known = 1, ConflictCount = 0 });
        (await Balance(AccountId.Available(Id(0xA))), await Balance(AccountId.Unmatched), await Balance(AccountId.Bank)).Should().Be((100_00, 205_00, -305_00));
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { AtBank = Tenge(305), Unaccounted = Tenge(0) });
        (await Take(Document(first + Statement(100, 301, Entry("A2", 201), id: "S-3")))).Conflicts.Should().Equal(new EntryConflict("A2", "amount", 4));
    }

    [Fact]
    public async Task An_entry_told_otherwise_is_named_and_stays_as_it_was()
    {
        await Take(Document(Statement(0, 100, Entry("A1", 100, written: Reference))));
        var result = await Take(Document(Statement(0, 101, Entry("A1", 101, written: Reference), id: "S-2")));
        (result.Taken, result.ConflictCount).Should().Be((0, 1));
        result.Conflicts.Should().Equal(new EntryConflict("A1", "amount", 2));
        (await Balance(AccountId.Available(Id(0xA)))).Should().Be(100_00);
    }

    /// <summary>A bank may tell of an entry as one sum today and transaction by transaction tomorrow.</summary>
    private static readonly string[] Shapes =
    [
        EntryOf("A1", 30), EntryOf("A1", 30, (null, 10, Reference), (null, 20, Reference)), EntryOf("A1", 30, ("T1", 10, Reference), ("T2", 20, Reference)),
        EntryOf("A1", 30, (null, 20, Reference), (null, 10, Reference)), EntryOf("A1", 30, (null, 10, Reference), (null, 15, Reference), (null, 5, Reference)),
    ];

    public static TheoryData<int, int> OtherShapes => [.. Enumerable.Range(0, Shapes.Length).SelectMany(_ => Enumerable.Range(0, Shapes.Length), (first, second) => (first, second)).Where(pair => pair.first != pair.second)];

    [Theory, MemberData(nameof(OtherShapes))]
    public async Task An_entry_told_in_another_shape_is_named_and_stays_as_it_was(int first, int second)
    {
        (await Take(Document(Statement(0, 30, Shapes[first])))).ConflictCount.Should().Be(0);
        var balances = (await Balance(AccountId.Available(Id(0xA))), await Balance(AccountId.Unmatched), await Balance(AccountId.Bank));
        balances.Item3.Should().Be(-30_00);
        var result = await Take(Document(Statement(0, 30, Shapes[second], id: "S-2")));
        (result.Taken, result.ConflictCount).Should().Be((0, 1));
        result.Conflicts.Should().Equal(new EntryConflict("A1", "parts", 2));
        (await Balance(AccountId.Available(Id(0xA))), await Balance(AccountId.Unmatched), await Balance(AccountId.Bank)).Should().Be(balances);
        (await Take(Document(Statement(0, 30, Shapes[first], id: "S-3")))).Should().BeEquivalentTo(new { Taken = 0, ConflictCount = 0 });
    }

    /// <summary>An entry of one transaction may have two references of the bank's: the entry's and the transaction's. It may be told by both or by either.</summary>
    private static string ByTwo(string told) => told switch
    {
        "both" => EntryOf("E1", 30, ("T1", 30, Reference)),
        "entry" => EntryOf("E1", 30),
        "transaction" => EntryOf("", 30, ("T1", 30, Reference)),
        _ => throw new ArgumentOutOfRangeException(nameof(told)),
    };

    [Theory]
    [InlineData("both", "entry", "transaction")]
    [InlineData("both", "transaction", "entry")]
    [InlineData("entry", "both", "transaction")]
    [InlineData("transaction", "both", "entry")]
    [InlineData("both", "both", "transaction")]
    public async Task An_entry_that_the_bank_calls_by_two_references_is_one(string first, string second, string third)
    {
        foreach (var (n, told) in new[] { first, second, third, first }.Index())
            (await Take(Document(Statement(0, 30, ByTwo(told), id: $"S-{n}")))).Should().BeEquivalentTo(new { Taken = n == 0 ? 1 : 0, Known = n == 0 ? 0 : 1, ConflictCount = 0 });
        (await Balance(AccountId.Bank)).Should().Be(-30_00);
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { Unaccounted = Tenge(0) });
    }

    /// <summary>As long as no statement says both, nothing says that they are one.</summary>
    [Fact]
    public async Task What_was_taken_in_as_two_and_is_one_is_named()
    {
        await Take(Document(Statement(0, 30, ByTwo("transaction"))));
        (await Take(Document(Statement(30, 60, ByTwo("entry"), id: "S-2")))).Taken.Should().Be(1);
        foreach (var _ in (int[])[1, 2]) (await Take(Document(Statement(0, 30, ByTwo("both"), id: "S-3")))).Conflicts.Should().Equal(new EntryConflict("E1", "reference", 2));
        (await Balance(AccountId.Bank)).Should().Be(-60_00);
    }

    /// <summary>Both are told under one statement's name, as a bank does that sends it anew.</summary>
    [Fact]
    public async Task What_was_counted_twice_is_the_difference_whatever_is_told_of_it_later()
    {
        foreach (var told in (string[])["transaction", "entry"]) await Take(Document(Statement(0, 30, ByTwo(told))));
        foreach (var told in (string[])["both", "entry", "both", "transaction"])
        {
            await Take(Document(Statement(0, 30, ByTwo(told))));
            await ShouldDiffer(-30, ("E1", -30));
        }
    }

    [Fact]
    public async Task Told_of_another_day_by_both_references_it_is_one_still()
    {
        await Take(Document(Statement(0, 30, ByTwo("transaction"))));
        foreach (var _ in (int[])[1, 2])
            (await Take(Document(Statement(0, 30, ByTwo("both").Replace("2026-05-04", "2026-05-05", StringComparison.Ordinal))))).Should().BeEquivalentTo(new { Taken = 0, Conflicts = new[] { new EntryConflict("T1", "booked", 2) } });
        (await Balance(AccountId.Bank)).Should().Be(-30_00);
    }

    /// <summary>The bank calls its fee for a payment by the payment's reference.</summary>
    [Fact]
    public async Task Another_movement_under_what_was_only_a_name_is_a_movement()
    {
        var fee = EntryOf("", 5, ("T1", 5, "Комиссия")).Replace("CRDT", "DBIT", StringComparison.Ordinal);
        await Take(Document(Statement(0, 30, ByTwo("both"))));
        foreach (var taken in (int[])[1, 0]) (await Take(Document(Statement(30, 25, fee, id: "S-2")))).Should().BeEquivalentTo(new { Taken = taken, Known = 1 - taken, ConflictCount = 0 });
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Reference = "T1", AmountMinor = 5_00, Remittance = "Комиссия" });
        (await Take(Document(Statement(0, 30, ByTwo("both"))))).Should().BeEquivalentTo(new { Taken = 0, Known = 1, ConflictCount = 0 });
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { AtBank = Tenge(25), InLedger = Tenge(30), Unexplained = Tenge(-5), Unaccounted = Tenge(0) });
    }

    /// <summary>Whichever of the two is the movement, told by both with another amount it is corrected, and no other movement.</summary>
    [Theory, InlineData("transaction"), InlineData("entry")]
    public async Task What_has_two_references_and_is_told_otherwise_by_both_is_the_difference(string first)
    {
        foreach (var told in (string[])[first, "both"]) await Take(Document(Statement(0, 30, ByTwo(told))));
        (await Take(Document(Statement(0, 40, EntryOf("E1", 40, ("T1", 40, Reference)))))).Should().BeEquivalentTo(new { Taken = 0, Conflicts = new[] { new EntryConflict("E1", "amount", 2) } });
        await ShouldDiffer(10, ("E1", 10));
    }

    /// <summary>Some banks give several entries the reference of their file, or a correction that of what it corrects.</summary>
    [Fact]
    public async Task A_transactions_reference_that_is_not_its_alone_says_nothing()
    {
        string shared = EntryOf("E1", 30, ("B", 30, Reference)) + EntryOf("E2", 30, ("B", 30, Reference)),
            before = EntryOf("E4", 30, ("E3", 30, Reference)) + EntryOf("E3", 30, (null, 30, Reference)) + EntryOf("E5", 30, ("E3", 30, Reference)),
            corrected = Debit(EntryOf("E6", 30, ("E3", 30, Reference))), later = Debit(EntryOf("E7", 30, ("E1", 30, Reference)));
        var file = Document(Statement(0, 120, shared + before + corrected));
        (await Take(file)).Should().BeEquivalentTo(new { Taken = 6, Known = 0, ConflictCount = 0 });
        (await Take(file)).Should().BeEquivalentTo(new { Taken = 0, Known = 6, ConflictCount = 0 });
        foreach (var known in (int[])[0, 1]) (await Take(Document(Statement(120, 90, later, id: "S-2")))).Should().BeEquivalentTo(new { Taken = 1 - known, Known = known, ConflictCount = 0 });
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().HaveCount(2);

        // What is undone is told after what undoes it.
        await Take(Document(Statement(90, 60, Debit(EntryOf("E9", 30, ("E8", 30, Reference))).Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal), id: "S-3")));
        (await Take(Document(Statement(60, 90, EntryOf("E8", 30), id: "S-4")))).Should().BeEquivalentTo(new { Taken = 1, ConflictCount = 0 });

        static string Debit(string entry) => entry.Replace("CRDT", "DBIT", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_of_several_that_is_told_alone_is_one_of_them()
    {
        await Take(Document(Statement(0, 30, EntryOf("A1", 30, ("T1", 10, Reference), ("T2", 20, Reference)))));
        (await Take(Document(Statement(0, 10, EntryOf("", 10, ("T1", 10, Reference)), id: "S-2")))).Should().BeEquivalentTo(new { Taken = 0, Known = 1 });
        (await Take(Document(Statement(10, 30, EntryOf("A9", 20, ("T2", 20, Reference)), id: "S-3")))).Should().BeEquivalentTo(new { Taken = 0, Known = 1, ConflictCount = 0 });
        (await Balance(AccountId.Bank)).Should().Be(-30_00);
    }

    /// <summary>
    /// Retained, not allocated: whatever the file's length, the import keeps a page of entries and one statement's references, and who has the house lets go of the entries that are done with. Between two
    /// files what is kept grows by less than the entries themselves would take.
    /// </summary>
    [Fact]
    public async Task A_file_of_any_length_is_taken_in_in_bounded_memory()
    {
        var (few, many) = Long ? (20_000, 100_000) : (4_000, 20_000);
        var (atFew, atMany) = (await Most(few, "F"), await Most(many, "M"));
        (await Balance(AccountId.Available(Id(0xA)))).Should().Be((few + many) * 100L);
        (atMany - atFew).Should().BeLessThan((many - few) * 300L, "two references take less than 200 bytes, an entry more than 400; {0} entries kept {1} bytes at most, {2} entries {3}", few, atFew, many, atMany);

        async Task<long> Most(int count, string called)
        {
            var path = Path.Combine(folder, called + ".xml");
            await using (var written = new StreamWriter(path))
            {
                var around = Document(Statement(0, count, "|", id: called)).Split('|');
                await written.WriteAsync(around[0]);
                for (var n = 0; n < count; n++)
                    await written.WriteAsync(EntryOf($"{called}{n}", 1, ($"T{called}{n}", 1, $"{Reference} за приём и переработку вторичного сырья по договору {n:D6} от 04.05.2026, без НДС, по акту {n:D6}")));
                await written.WriteAsync(around[1]);
            }

            var (start, most, pages) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);
            await using var file = File.OpenRead(path);
            await Import.Take(file, new Progress(_ =>
            {
                stepping.House.DropIdleGrains(TimeSpan.Zero);
                if (++pages % (count / 2_000) == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - start);
            }), Ct);
            for (var round = 0; round < 2; round++) await stepping.House.CatchUp(Ct);
            return most;
        }
    }

    [Fact]
    public async Task An_entry_of_many_transactions_is_each_of_them()
    {
        (string?, long, string)[] parts = [.. Enumerable.Range(0, 450).Select(_ => ((string?)null, 2L, Reference))];
        var file = Document(Statement(0, 905, EntryOf("A1", 900, parts) + Entry("A2", 5)));
        (await Take(file)).Should().BeEquivalentTo(new { Matched = 450, Unmatched = 1, Known = 0 });
        (await Take(file)).Should().BeEquivalentTo(new { Taken = 0, Known = 451 });
        (await Balance(AccountId.Available(Id(0xA)))).Should().Be(900_00);
    }

    [Fact]
    public async Task A_bad_file_changes_nothing()
    {
        var good = Document(Statement(0, 300, Entry("A1", 100, written: Reference) + Entry("A2", 200)));
        string[] bad = [good[..^60], good.Replace(">200.00<", ">201.00<", StringComparison.Ordinal), Document(Statement(0, 5, Entry("A1", 5), account: "KZ63125KZT5004100999"))];
        foreach (var file in bad)
            await FluentActions.Awaiting(() => Take(file)).Should().ThrowAsync<StatementException>();
        (await FluentActions.Awaiting(() => Take(Document(Statement(0, 5, Entry("A1", 5), account: Other)))).Should().ThrowAsync<StatementException>()).Which.Refusal
            .Should().Be(new Refusal(ImportRefusal.NotOurAccount, Other, $"{Account}, {Dollars}"));
        stepping.House.Tail.Position.Should().Be(0);
        (await Entries.Statements(Currency.Kzt, 10, Ct)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_account_has_one_currency_whatever_its_statement_says()
    {
        (await FluentActions.Awaiting(() => Take(InDollars(Statement(0, 5, Entry("A1", 5))))).Should().ThrowAsync<StatementException>()).Which.Refusal
            .Should().Be(new Refusal(ImportRefusal.WrongCurrency, Account, "KZT", "USD"));
        (await FluentActions.Awaiting(() => Take(Document(Statement(0, 5, Entry("A1", 5), account: Dollars)))).Should().ThrowAsync<StatementException>()).Which.Refusal
            .Should().Be(new Refusal(ImportRefusal.WrongCurrency, Dollars, "USD", "KZT"));
        stepping.House.Tail.Position.Should().Be(0);
        (await Take(InDollars(Statement(0, 5, Entry("A1", 5, written: Reference), account: Dollars)))).Matched.Should().Be(1);
        (await new LedgerQueries(stepping.House.Database).Accounts(Currency.Usd, [AccountId.Available(Id(0xA))], Ct)).Single().Balance.Posted.Should().Be(5_00);
    }

    [Fact]
    public async Task So_much_in_another_currency_is_not_what_was_to_go_back()
    {
        await Take(Document(Statement(0, 100, Entry("A1", 100))));
        var entry = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Single();
        await Desk.Return(entry.EntryId, new ReturnEntry(Id(7), "Не нам"), Operator, Ct);
        await Take(InDollars(Statement(100, 0, Entry("B1", 100, credit: false, called: entry.EntryId), id: "S-2", account: Dollars)));
        (await Entries.Entry(entry.EntryId, Ct))!.Standing.Should().Be("returning");
        (await Entries.Standing(EntryStanding.Unexplained, "", 10, Ct)).Should().ContainSingle().Which.Reference.Should().Be("B1");
    }

    /// <summary>The house had an account in dollars when the money came, and has none any more.</summary>
    [Fact]
    public async Task What_came_in_a_currency_without_an_account_cannot_go_back()
    {
        await Take(InDollars(Statement(0, 100, Entry("A1", 100), account: Dollars)));
        var entry = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Single();
        var desk = new EntryDesk(stepping.House.Grains, Entries, new(stepping.House.Database), Known, new HouseAccounts([new(TextValue.Parse<Iban>(Account), Currency.Kzt)], "Ainalym"));
        (await desk.Return(entry.EntryId, new ReturnEntry(Id(7), "Не нам"), Operator, Ct)).Refusal.Should().Be(new Refusal(EntryRefusal.NoHouseAccount, "USD"));
        (await Desk.Return(entry.EntryId, new ReturnEntry(Id(8), "Не нам"), Operator, Ct)).Refusals.Should().BeEmpty();
    }

    [Fact]
    public async Task The_operator_assigns_what_nobody_knows_once()
    {
        await Take(Document(Statement(0, 100, Entry("A1", 100))));
        var entry = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Should().ContainSingle().Subject;
        (await Desk.Assign(entry.EntryId, Id(7), TextValue.Parse<Bin>("991240000033"), Operator, Ct)).Refusal!.Code.Should().Be(EntryRefusal.OrganisationUnknown);
        (await Desk.Assign(entry.EntryId, Id(8), Glass, Operator, Ct)).Refusals.Should().BeEmpty();
        (await Desk.Assign(entry.EntryId, Id(9), Paper, Operator, Ct)).Refusal!.Code.Should().Be(EntryRefusal.NotUnmatched);
        await stepping.House.CatchUp(Ct);
        (await Balance(AccountId.Available(Id(0xB))), await Balance(AccountId.Unmatched)).Should().Be((100_00, 0));
    }

    [Fact]
    public async Task What_goes_back_leaves_when_the_bank_says_so()
    {
        await Take(Document(Statement(0, 100, Entry("A1", 100))));
        var entry = (await Entries.Standing(EntryStanding.Unmatched, "", 10, Ct)).Single();
        await Desk.Return(entry.EntryId, new ReturnEntry(Id(7), "Не нам"), Operator, Ct);
        await Take(Document(Statement(100, 1, Entry("B1", 99, credit: false, called: entry.EntryId), id: "S-2")));
        (await Entries.Entry(entry.EntryId, Ct))!.Standing.Should().Be("returning", "another amount is another payment");
        await Take(Document(Statement(1, -99, Entry("B2", 100, credit: false, called: entry.EntryId), id: "S-3")));
        (await Entries.Entry(entry.EntryId, Ct))!.Standing.Should().Be("returned");
        (await Balance(AccountId.Unmatched), await Balance(AccountId.Bank)).Should().Be((0, 0));
    }

    [Fact]
    public async Task Of_several_accounts_each_has_its_latest_statement()
    {
        const string Other = "KZ34991DEMO000000002";
        var import = StatementImport.Of(stepping.House, Known, new HouseAccounts([new(TextValue.Parse<Iban>(Account), Currency.Kzt), new(TextValue.Parse<Iban>(Other), Currency.Kzt)], "Ainalym"));
        string[] statements =
        [
            Statement(500, 600, Entry("A1", 100, written: Reference)), Statement(20, 50, Entry("B1", 30, written: Reference), id: "T-1", account: Other), Statement(600, 590, Entry("A2", 10, credit: false), id: "S-2"),
        ];
        foreach (var statement in statements)
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(Document(statement)));
            (await import.Take(file, progress: null, Ct)).Gaps.Should().BeEmpty();
        }

        await stepping.House.CatchUp(Ct);
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(
            new { AtBank = Tenge(640), InLedger = Tenge(130), BroughtForward = Tenge(520), Unexplained = Tenge(-10), Unaccounted = Tenge(0) });
    }

    [Fact]
    public async Task The_banks_balance_is_explained_to_the_tiyn()
    {
        var reconciliation = new Reconciliation(Entries, new LedgerQueries(stepping.House.Database));
        await Take(Document(Statement(500, 1_493, Entry("A1", 1_000, written: Reference) + Entry("C1", 7, credit: false, written: "Комиссия"))));
        var of = await reconciliation.Of(Currency.Kzt, Ct);
        (of.AtBank, of.InLedger, of.BroughtForward, of.Unexplained, of.Unaccounted, of.Day).Should().Be((Tenge(1_493), Tenge(1_000), Tenge(500), Tenge(-7), Tenge(0), new DateOnly(2026, 5, 4)));
        of.Waiting.Should().ContainSingle().Which.Reference.Should().Be("C1");

        await Desk.Send(of.Waiting[0].EntryId, new ChargeEntry(Id(7)), Operator, Ct);
        await stepping.House.CatchUp(Ct);
        (await reconciliation.Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { InLedger = Tenge(993), Unexplained = Tenge(0), Unaccounted = Tenge(0) });

        (await Take(Document(Statement(1_500, 1_510, Entry("A2", 10, written: Reference), id: "S-3").Replace("<Dt>2026-05-04</Dt></Dt></Bal>", "<Dt>2026-05-06</Dt></Dt></Bal>", StringComparison.Ordinal)))).Gaps.Should().ContainSingle();
        var gap = new DifferenceLine(DifferenceCause.StatementMissing, new DateOnly(2026, 5, 6), "S-3", Tenge(7));
        (await reconciliation.Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { Unaccounted = Tenge(7), Lines = new[] { gap } }, "a statement of 7 tenge is missing");

        // Money that no bank has told of, and an entry that nobody has posted yet.
        var post = new TransferOrder.Post(AccountId.Bank, AccountId.Available(Id(0xA)), Tenge(3), TransferPurpose.TopUp, "by-hand");
        (await stepping.House.Grains.Handle(LedgerGrain.Kind, "KZT", new MakeTransfers(Id(8), [post]), Caller.House, Ct)).Refusals.Should().BeEmpty();
        await Import.Take(Stream(Document(Statement(1_510, 1_520, Entry("A3", 10, written: Reference), id: "S-4").Replace("<Dt>2026-05-04</Dt></Dt></Bal>", "<Dt>2026-05-07</Dt></Dt></Bal>", StringComparison.Ordinal))), progress: null, Ct);
        (await reconciliation.Of(Currency.Kzt, Ct)).Lines.Should().Equal(
            gap, new(DifferenceCause.NotPosted, new DateOnly(2026, 5, 4), "A3", Tenge(10)), new(DifferenceCause.NotTold, FactText.DayOf(stepping.Now), new TransferId(Id(8)).ToString(), Tenge(-3)));
    }

    /// <summary>A bank sends a statement again under the same name when it has booked something late.</summary>
    [Fact]
    public async Task A_statement_that_is_corrected_counts_as_it_was_told_last_and_is_named()
    {
        await Take(Document(Statement(0, 100, Entry("A1", 100, written: Reference))));
        (await Take(Document(Statement(0, 100, Entry("A1", 100, written: Reference))))).Corrected.Should().BeEmpty();
        var result = await Take(Document(Statement(0, 130, Entry("A1", 100, written: Reference) + Entry("A2", 30, written: Reference))));
        (result.Taken, result.Known).Should().Be((1, 1));
        result.Corrected.Should().Equal("S-1: 0.00 KZT … 100.00 KZT → 0.00 KZT … 130.00 KZT");
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { AtBank = Tenge(130), InLedger = Tenge(130), Unaccounted = Tenge(0) });
        (await Entries.Statements(Currency.Kzt, 10, Ct)).Should().ContainSingle();
    }

    /// <summary>The bank corrects an entry that is posted already: it stays as it was, and is what the balances differ by until the bank corrects back.</summary>
    [Fact]
    public async Task An_entry_that_the_bank_now_tells_otherwise_is_the_difference()
    {
        var corrected = Document(Statement(0, 1_100, Entry("A1", 1_100, written: Reference)));
        await Take(Document(Statement(0, 1_000, Entry("A1", 1_000, written: Reference))));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await Take(corrected)).ConflictCount.Should().Be(1);
            await ShouldDiffer(100, ("A1", 100));
        }

        await Take(Document(Statement(0, -1_000, Entry("A1", 1_000, credit: false))));
        await ShouldDiffer(-2_000, ("A1", -2_000));
        await Take(corrected);
        var elsewhen = Document(Statement(0, 1_000, Entry("A1", 1_000, written: Reference))).Replace("<BookgDt><Dt>2026-05-04", "<BookgDt><Dt>2026-05-03", StringComparison.Ordinal);
        (await Take(elsewhen)).Conflicts.Should().Equal(new EntryConflict("A1", "booked", 2));
        await ShouldDiffer(0);
        await Take(corrected);
        (await Take(Document(Statement(0, 1_000, Entry("A1", 1_000, written: Reference))))).ConflictCount.Should().Be(0);
        await ShouldDiffer(0);
    }

    [Fact]
    public async Task An_entry_of_several_transactions_that_is_told_otherwise_is_the_difference()
    {
        var told = Document(Statement(0, 30, EntryOf("A1", 30, (null, 10, Reference), (null, 20, Reference))));
        await Take(told);
        await Take(Document(Statement(0, 50, EntryOf("A1", 50, (null, 10, Reference), (null, 40, Reference)))));
        await ShouldDiffer(20, ("A1", 20));
        await Take(told);
        await ShouldDiffer(0);
    }

    /// <summary>What a later day's statement tells otherwise, the earlier day's does not take back by being taken in again.</summary>
    [Fact]
    public async Task Of_overlapping_statements_the_later_day_says_what_an_entry_is_now()
    {
        var first = Document(Statement(0, 0, Entry("A1", 100, written: Reference) + Entry("C1", 100, credit: false)));
        await Take(first);
        await Take(Later(200));
        await ShouldDiffer(100, ("A1", 100));
        (await Take(first)).Should().BeEquivalentTo(new { Known = 2, ConflictCount = 0 });
        await ShouldDiffer(100, ("A1", 100));
        await Take(Later(100));
        await ShouldDiffer(0);

        static string Later(long amount) =>
            Document(Statement(0, amount - 95, Entry("A1", amount, written: Reference) + Entry("C1", 100, credit: false) + Entry("A9", 5, written: Reference), id: "S-2")
                .Replace("<Dt>2026-05-04</Dt></Dt></Bal>", "<Dt>2026-05-05</Dt></Dt></Bal>", StringComparison.Ordinal));
    }

    /// <summary>Some banks count their statements from 1 each day.</summary>
    [Fact]
    public async Task A_name_that_comes_again_on_another_day_is_another_statement()
    {
        await Take(Document(Statement(0, 100, Entry("A1", 100, written: Reference))));
        (await Take(Document(Statement(100, 130, Entry("A2", 30, written: Reference)).Replace("<Dt>2026-05-04</Dt></Dt></Bal>", "<Dt>2026-05-05</Dt></Dt></Bal>", StringComparison.Ordinal)))).Corrected.Should().BeEmpty();
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { AtBank = Tenge(130), InLedger = Tenge(130), Unaccounted = Tenge(0) });
        (await Entries.Statements(Currency.Kzt, 10, Ct)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Of_several_statements_of_a_day_the_last_one_counts()
    {
        foreach (var n in Enumerable.Range(0, 20)) await Take(Document(Statement(n * 10, (n + 1) * 10, Entry($"A{n}", 10, written: Reference), id: $"S-{n}")));
        (await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct)).Should().BeEquivalentTo(new { AtBank = Tenge(200), InLedger = Tenge(200), BroughtForward = Tenge(0), Unaccounted = Tenge(0) });
    }

    /// <summary>The process dies after the entries are booked and before anything is posted; and again while it is posted: the money comes once.</summary>
    [Fact]
    public async Task Broken_off_and_begun_again_it_ends_the_same()
    {
        var file = Document(Statement(0, 3_000, string.Concat(Enumerable.Range(0, 3_000).Select(n => Entry($"A{n}", 1, written: Reference)))));
        using var cancel = new CancellationTokenSource();
        var seen = new Progress(text =>
        {
            if (text.StartsWith("600", StringComparison.Ordinal)) cancel.Cancel();
        });
        await FluentActions.Awaiting(() => Import.Take(Stream(file), seen, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
        var result = await Import.Take(Stream(file), seen, Ct);
        (result.Known, result.Taken).Should().Be((600, 2_400));
        await stepping.House.CatchUp(Ct);
        await stepping.House.CatchUp(Ct);
        (await Balance(AccountId.Available(Id(0xA)))).Should().Be(3_000_00);
    }

    private async Task ShouldDiffer(long unaccounted, params (string Reference, long Amount)[] lines)
    {
        var of = await new Reconciliation(Entries, new LedgerQueries(stepping.House.Database)).Of(Currency.Kzt, Ct);
        of.Unaccounted.Should().Be(Tenge(unaccounted));
        of.Lines.Should().Equal(lines.Select(line => new DifferenceLine(DifferenceCause.ToldOtherwise, new DateOnly(2026, 5, 4), line.Reference, Tenge(line.Amount))));
        (await Entries.ToldOtherwise(Currency.Kzt, 10, Ct)).Should().HaveCount(lines.Length);
    }

    private static readonly bool Long = Environment.GetEnvironmentVariable("AINALYM_LONG") is "1";

    private const string Other = "KZ75125KZT1001300335", Dollars = "KZ61991DEMO000000001";

    private StatementImport Import => StatementImport.Of(stepping.House, Known, Accounts);

    private static HouseAccounts Accounts { get; } = new([new(TextValue.Parse<Iban>(Account), Currency.Kzt), new(TextValue.Parse<Iban>(Dollars), Currency.Usd)], "Ainalym");

    private static Task<IReadOnlyDictionary<Bin, Guid>> Known(IReadOnlyCollection<Bin> bins, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Bin, Guid>>(new Dictionary<Bin, Guid> { [Paper] = Id(0xA), [Glass] = Id(0xB) }.Where(known => bins.Contains(known.Key)).ToDictionary());

    private async Task<ImportResult> Take(string file)
    {
        var result = await Import.Take(Stream(file), progress: null, Ct);
        await stepping.House.CatchUp(Ct);
        return result;
    }

    private static string InDollars(string statement) =>
        Document(statement.Replace("Ccy=\"KZT\"", "Ccy=\"USD\"", StringComparison.Ordinal).Replace("<Ccy>KZT", "<Ccy>USD", StringComparison.Ordinal));

    private static MemoryStream Stream(string file) => new(Encoding.UTF8.GetBytes(file));

    private async Task<long> Balance(AccountId account) => (await new LedgerQueries(stepping.House.Database).Accounts(Currency.Kzt, [account], CancellationToken.None)).SingleOrDefault()?.Balance.Posted ?? 0;

    /// <summary>Told at once, not later.</summary>
    private sealed class Progress(Action<string> told) : IProgress<string>
    {
        public void Report(string value) => told(value);
    }
}
