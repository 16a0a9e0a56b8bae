using System.Text;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using static Ainalym.Support.Camt;

namespace Ainalym.Settlement.Tests;

public class StatementReaderTests
{
    [Theory]
    [InlineData("02", "<Sts>BOOK</Sts>")]
    [InlineData("08", "<Sts><Cd>BOOK</Cd></Sts>")]
    public void A_statement_is_read_part_by_part(string version, string status)
    {
        var parts = Read(Document(Statement(1_000, 1_150, Entry("A1", 200, status: status) + Entry("A2", 50, credit: false, status: status)), version));
        parts.Should().Equal(
            new StatementHead("S-1", TextValue.Parse<Iban>(Account), Tenge(1_000), Tenge(1_150), new DateOnly(2026, 5, 4)),
            new BankEntry("A1", Tenge(200), IsCredit: true, new DateOnly(2026, 5, 4), "ТОО «Қағаз»", TextValue.Parse<Iban>(Account), "E-A1", "Пополнение A1", 2),
            new BankEntry("A2", Tenge(50), IsCredit: false, new DateOnly(2026, 5, 4), PayerName: null, PayerAccount: null, "E-A2", "Пополнение A2", 3),
            new StatementEnd(2, Tenge(200), Tenge(50)));
    }

    [Fact]
    public void A_file_may_hold_several_statements_and_a_statement_no_entry() =>
        Read(Document(Statement(5, 5, "") + Statement(5, 7, Entry("A1", 2)))).OfType<StatementEnd>().Select(end => end.Entries).Should().Equal(0, 1);

    [Fact]
    public void Statements_of_a_file_may_overlap() =>
        Read(Document(Statement(0, 5, Entry("A1", 2) + Entry("A2", 3)) + Statement(2, 9, Entry("A2", 3) + Entry("A3", 4), id: "S-2"))).OfType<BankEntry>().Select(entry => entry.Reference).Should().Equal("A1", "A2", "A2", "A3");

    [Fact]
    public void What_is_not_booked_counts_nowhere() =>
        Read(Document(Statement(0, 5, Entry("A1", 5) + Entry("A2", 9, status: "<Sts>PDNG</Sts>") + Entry("A3", 9, status: "<Sts><Cd>INFO</Cd></Sts>")))).OfType<BankEntry>().Should().ContainSingle().Which.Reference.Should().Be("A1");

    /// <summary>ISO 20022: the indicator is this entry's own direction; a debit that is a reversal undoes a credit, and its parties are the credit's.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public void A_reversal_goes_the_way_it_says_and_names_the_parties_of_what_it_undoes(bool credit)
    {
        var entry = Read(Document(Statement(10, credit ? 15 : 5, Entry("A1", 5, credit).Replace("<Sts>", "<RvslInd>true</RvslInd><Sts>", StringComparison.Ordinal)))).OfType<BankEntry>().Single();
        (entry.IsCredit, entry.PayerName).Should().Be((credit, credit ? null : "ТОО «Қағаз»"));
    }

    [Fact]
    public void An_overdrawn_account_begins_below_zero() => Read(Document(Statement(-10, 5, Entry("A1", 15)))).OfType<StatementHead>().Single().Opening.Should().Be(Tenge(-10));

    [Fact]
    public void An_entry_of_several_transactions_is_several()
    {
        var batch = Entry("A1", 30).Replace("</NtryDtls>", """<TxDtls><Refs><AcctSvcrRef>T2</AcctSvcrRef></Refs><AmtDtls><TxAmt><Amt Ccy="KZT">20.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>""", StringComparison.Ordinal)
            .Replace("<TxDtls><Refs><EndToEndId>", """<TxDtls><Amt Ccy="KZT">10.00</Amt><Refs><EndToEndId>""", StringComparison.Ordinal);
        var entry = Read(Document(Statement(0, 30, batch))).OfType<BankEntry>().Single();
        (entry.Reference, entry.Amount).Should().Be(("A1", Tenge(30)));
        entry.Parts.Select(part => (part.Reference, part.Amount)).Should().Equal(("A1/1", Tenge(10)), ("T2", Tenge(20)));
        Refused(Document(Statement(0, 30, batch.Replace("20.00", "20.01", StringComparison.Ordinal)))).Should().Be(new Refusal(StatementRefusal.TransactionsDoNotAddUp, Tenge(30), Tenge(30.01m), 2));
    }

    [Theory]
    [InlineData("A1", "A1", null, "A1/1 A1/2")]
    [InlineData("A1", "T1", "T1", "A1/1 A1/2")]
    [InlineData("A1", "T1", "T2", "T1 T2")]
    public void A_transaction_is_called_by_its_own_reference_where_that_is_its_own(string entry, string? first, string? second, string called) =>
        Read(Document(Statement(0, 30, EntryOf(entry, 30, (first, 10, "a"), (second, 20, "b"))))).OfType<BankEntry>().Single().Parts.Select(part => part.Reference).Should().Equal(called.Split(' '));

    [Fact]
    public void The_reference_of_an_entrys_only_transaction_is_the_entrys_where_it_has_none()
    {
        Read(Document(Statement(0, 10, EntryOf("", 10, ("T1", 10, "a"))))).OfType<BankEntry>().Single().Reference.Should().Be("T1");
        Read(Document(Statement(0, 10, EntryOf("A1", 10, ("T1", 10, "a"))))).OfType<BankEntry>().Single().Reference.Should().Be("A1");
        Refused(Document(Statement(0, 10, EntryOf("", 10, (null, 10, "a"))))).Code.Should().Be(StatementRefusal.ElementMissing);
        Refused(Document(Statement(0, 10, EntryOf("", 10, ("T1", 4, "a"), ("T2", 6, "b"))))).Code.Should().Be(StatementRefusal.ElementMissing);
    }

    [Fact]
    public void A_reference_that_the_bank_wrote_in_its_field_is_part_of_what_was_written()
    {
        var entry = Entry("A1", 5).Replace("</RmtInf>", "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>", StringComparison.Ordinal);
        Read(Document(Statement(0, 5, entry))).OfType<BankEntry>().Single().Remittance.Should().Be("Пополнение A1 RF18539007547034");
    }

    [Theory]
    [InlineData(">200.00<", ">200.00000<")]
    [InlineData(">200.00<", ">200<")]
    [InlineData("<BookgDt><Dt>2026-05-04</Dt>", "<BookgDt><Dt>2026-05-04+05:00</Dt>")]
    [InlineData("<BookgDt><Dt>2026-05-04</Dt>", "<BookgDt><DtTm>2026-05-04T23:59:59.999+05:00</DtTm>")]
    [InlineData("<BookgDt><Dt>2026-05-04</Dt>", "<BookgDt><DtTm>2026-05-04T09:00:00</DtTm>")]
    public void What_the_standard_allows_is_the_same_entry(string written, string otherwise)
    {
        var good = Document(Statement(0, 200, Entry("A1", 200)));
        Read(good.Replace(written, otherwise, StringComparison.Ordinal)).Should().Equal(Read(good));
    }

    /// <summary>Each part fits, and their sum is beyond all.</summary>
    [Fact]
    public void Transactions_that_add_up_beyond_all_are_refused()
    {
        var most = EntryOf("A1", 30, (null, 92_233_720_368_547_758, "a"), (null, 92_233_720_368_547_758, "b"));
        Refused(Document(Statement(0, 30, most))).Code.Should().Be(StatementRefusal.ValueMalformed);
    }

    [Fact]
    public void What_the_bank_says_of_the_entry_is_read_where_the_payer_has_written_nothing()
    {
        var entry = Entry("A1", 5).Replace("<RmtInf><Ustrd>Пополнение A1</Ustrd></RmtInf>", "", StringComparison.Ordinal).Replace("</Ntry>", "<AddtlNtryInf>Взнос наличными</AddtlNtryInf></Ntry>", StringComparison.Ordinal);
        Read(Document(Statement(0, 5, entry))).OfType<BankEntry>().Single().Remittance.Should().Be("Взнос наличными");
    }

    [Theory]
    [InlineData("<Cd>AC04</Cd>", "AC04 Счёт закрыт 01.05")]
    [InlineData("<Prtry>нет счёта</Prtry>", "нет счёта Счёт закрыт 01.05")]
    public void A_return_says_why(string reason, string said)
    {
        var entry = Entry("A1", 5).Replace("</TxDtls>", $"<RtrInf><Rsn>{reason}</Rsn><AddtlInf>Счёт закрыт</AddtlInf><AddtlInf>01.05</AddtlInf></RtrInf></TxDtls>", StringComparison.Ordinal);
        Read(Document(Statement(0, 5, entry))).OfType<BankEntry>().Single().ReturnReason.Should().Be(said);
    }

    public static TheoryData<string, string, StatementRefusal> Faults => new()
    {
        { "the sums", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">200.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.DoesNotAddUp },
        { "one reference twice", "<AcctSvcrRef>A2|<AcctSvcrRef>A1", StatementRefusal.ReferenceTwice },
        { "no reference", "<AcctSvcrRef>A2</AcctSvcrRef>|", StatementRefusal.ElementMissing },
        { "no currency", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt>200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ElementMissing },
        { "another currency", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"USD\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.MixedCurrencies },
        { "the account's currency", "<Ccy>KZT|<Ccy>EUR", StatementRefusal.MixedCurrencies },
        { "an unknown currency", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"XXX\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "a grouped amount", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">2 00,00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "a negative amount", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">-200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "nothing", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "an amount beyond all", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">99999999999999999999.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "sums beyond all", "200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|92233720368547758.07</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "an empty currency", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "a currency of digits", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"000\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "a currency in small letters", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"kzt\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "a currency in Cyrillic letters", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"КZТ\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "parts of a tiyn", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">200.001</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "more places than the standard has", "<Amt Ccy=\"KZT\">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>|<Amt Ccy=\"KZT\">200.000000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "a balance beyond all", "<Amt Ccy=\"KZT\">1000.00|<Amt Ccy=\"KZT\">92233720368547758.00", StatementRefusal.DoesNotAddUp },
        { "an unknown standing", "<Sts>BOOK|<Sts>BUCH", StatementRefusal.ValueMalformed },
        { "rubbish after a day", "<BookgDt><Dt>2026-05-04|<BookgDt><Dt>2026-05-04 or so", StatementRefusal.ValueMalformed },
        { "an hour that is none", "<BookgDt><Dt>2026-05-04|<BookgDt><Dt>2026-05-04T25:00:00", StatementRefusal.ValueMalformed },
        { "a reference that is too long", "<AcctSvcrRef>A2|<AcctSvcrRef>" + new string('A', 57), StatementRefusal.ValueMalformed },
        { "an end-to-end id that is too long", "E-A2|" + new string('E', 65), StatementRefusal.ValueMalformed },
        { "a payer's name that is too long", "ТОО «Қағаз»|" + new string('Қ', 401), StatementRefusal.ValueMalformed },
        { "a statement's name that is too long", "<Stmt><Id>S-1|<Stmt><Id>" + new string('S', 201), StatementRefusal.ValueMalformed },
        { "a reference in another's namespace", "<AcctSvcrRef>A2|<AcctSvcrRef xmlns=\"urn:other\">A2", StatementRefusal.ElementMissing },
        { "an entry in another's namespace", "<Ntry><Amt Ccy=\"KZT\">50|<Ntry xmlns=\"urn:other\"><Amt Ccy=\"KZT\">50", StatementRefusal.DoesNotAddUp },
        { "a statement in another's namespace", "<Stmt>|<Stmt xmlns=\"urn:other\">", StatementRefusal.NoStatement },
        { "neither in nor out", "<CdtDbtInd>CRDT</CdtDbtInd><Sts>|<CdtDbtInd>BOTH</CdtDbtInd><Sts>", StatementRefusal.ValueMalformed },
        { "no day", "<BookgDt><Dt>2026-05-04</Dt></BookgDt>|", StatementRefusal.ElementMissing },
        { "a day that is none", "<BookgDt><Dt>2026-05-04|<BookgDt><Dt>2026-02-30", StatementRefusal.ValueMalformed },
        { "no account", "Acct>|Xcct>", StatementRefusal.ElementMissing },
        { "an account that is none", Account + "</IBAN></Id><Ccy>|KZ00125KZT5004100100</IBAN></Id><Ccy>", StatementRefusal.ValueMalformed },
        { "no closing balance", "<Cd>CLBD</Cd>|<Cd>CLAV</Cd>", StatementRefusal.ElementMissing },
        { "no opening balance", "<Cd>OPBD</Cd>|<Cd>OPAV</Cd>", StatementRefusal.ElementMissing },
        { "no id", "<Stmt><Id>S-1</Id>|<Stmt>", StatementRefusal.ElementMissing },
        { "another message", "camt.053.001|camt.052.001", StatementRefusal.NotAStatement },
        { "a later version", "camt.053.001.02|camt.053.001.09", StatementRefusal.NotAStatement },
        { "another root", "Document|Dokument", StatementRefusal.NotAStatement },
        { "a report instead", "Stmt>|Rpt>", StatementRefusal.ElementMissing },
        { "another order of the message", "BkToCstmrStmt>|BkToCstmrAcctRpt>", StatementRefusal.ElementMissing },
        { "cut off", "</Stmt></BkToCstmrStmt></Document>|", StatementRefusal.NotXml },
        { "cut in the middle", "<Sts>BOOK</Sts>|<Sts>BOOK", StatementRefusal.NotXml },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_wrong_is_named_and_nothing_of_it_is_whole(string fault, string change, StatementRefusal why)
    {
        var good = Document(Statement(1_000, 1_250, Entry("A1", 200) + Entry("A2", 50)));
        var (from, to) = change.Split('|') is [var one, var other] ? (one, other) : throw new ArgumentException(fault);
        good.Should().Contain(from, "the fault is made there");
        Read(good).OfType<StatementEnd>().Should().ContainSingle();
        Refused(good.Replace(from, to, StringComparison.Ordinal)).Code.Should().Be(why);
    }

    /// <summary>1,000 at first, 200 and 30 in, 50 out; version 2 tells the net beside the sums, later ones in an element of its own.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("<TtlNtries><NbOfNtries>3</NbOfNtries><Sum>280</Sum><TtlNetNtryAmt>180.00</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd></TtlNtries>")]
    [InlineData("<TtlNtries><TtlNetNtry><Amt>180.000</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry></TtlNtries>")]
    [InlineData("<TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>230.00</Sum></TtlCdtNtries><TtlDbtNtries><NbOfNtries>1</NbOfNtries><Sum>50.0000000</Sum></TtlDbtNtries>")]
    [InlineData("<TtlCdtNtries><NbOfNtries>002</NbOfNtries></TtlCdtNtries><TtlDbtNtries/><TtlNtriesPerBkTxCd><NbOfNtries>7</NbOfNtries></TtlNtriesPerBkTxCd>")]
    public void What_the_bank_says_of_all_entries_holds(string summary) => Read(Summed(summary)).OfType<StatementEnd>().Should().ContainSingle();

    [Theory]
    [InlineData("<TtlNtries><NbOfNtries>4</NbOfNtries></TtlNtries>", "TxsSummry/TtlNtries/NbOfNtries", "4", "3")]
    [InlineData("<TtlNtries><Sum>279.99</Sum></TtlNtries>", "TxsSummry/TtlNtries/Sum", "279.99", "280.00")]
    [InlineData("<TtlNtries><TtlNetNtryAmt>180.01</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd></TtlNtries>", "TxsSummry/TtlNtries/TtlNetNtryAmt", "180.01 CRDT", "180.00 CRDT")]
    [InlineData("<TtlNtries><TtlNetNtry><Amt>180.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry></TtlNtries>", "TxsSummry/TtlNtries/TtlNetNtry/Amt", "180.00 DBIT", "180.00 CRDT")]
    [InlineData("<TtlCdtNtries><NbOfNtries>3</NbOfNtries></TtlCdtNtries>", "TxsSummry/TtlCdtNtries/NbOfNtries", "3", "2")]
    [InlineData("<TtlCdtNtries><Sum>200.00</Sum></TtlCdtNtries>", "TxsSummry/TtlCdtNtries/Sum", "200.00", "230.00")]
    [InlineData("<TtlDbtNtries><NbOfNtries>0</NbOfNtries></TtlDbtNtries>", "TxsSummry/TtlDbtNtries/NbOfNtries", "0", "1")]
    [InlineData("<TtlDbtNtries><Sum>-50.00</Sum></TtlDbtNtries>", "TxsSummry/TtlDbtNtries/Sum", "-50.00", "50.00")]
    public void What_the_bank_says_of_all_entries_and_does_not_hold_is_named(string summary, string element, string said, string counted) =>
        Refused(Summed(summary)).Should().Be(new Refusal(StatementRefusal.SummaryDiffers, element, said, counted, 2));

    [Theory]
    [InlineData("<TtlNtries><NbOfNtries>three</NbOfNtries></TtlNtries>")]
    [InlineData("<TtlNtries><NbOfNtries>1000000000000003</NbOfNtries></TtlNtries>")]
    [InlineData("<TtlNtries><Sum>280,00</Sum></TtlNtries>")]
    [InlineData("<TtlNtries><TtlNetNtryAmt>180.00</TtlNetNtryAmt><CdtDbtInd>IN</CdtDbtInd></TtlNtries>")]
    public void What_the_bank_says_of_all_entries_and_is_no_number_is_named(string summary) => Refused(Summed(summary)).Code.Should().Be(StatementRefusal.ValueMalformed);

    /// <summary>Some banks count what is pending, some do not.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void What_is_not_booked_may_be_counted_among_all_entries(int count, bool good)
    {
        var file = Document(Statement(0, 5, Entry("A1", 5) + Entry("A2", 9, status: "<Sts>PDNG</Sts>")).Replace("\n<Ntry>", $"\n<TxsSummry><TtlCdtNtries><NbOfNtries>{count}</NbOfNtries></TtlCdtNtries></TxsSummry><Ntry>", StringComparison.Ordinal));
        if (good) Read(file).OfType<BankEntry>().Should().ContainSingle();
        else Refused(file).Should().Be(new Refusal(StatementRefusal.SummaryDiffers, "TxsSummry/TtlCdtNtries/NbOfNtries", "3", "1", 3));
    }

    [Fact]
    public void What_is_not_booked_may_be_of_another_currency()
    {
        var pending = Entry("A2", 9, status: "<Sts>PDNG</Sts>").Replace("KZT", "USD", StringComparison.Ordinal);
        var file = Document(Statement(0, 5, "\n<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>5.00</Sum></TtlCdtNtries></TxsSummry>" + Entry("A1", 5) + pending));
        Read(file).OfType<BankEntry>().Should().ContainSingle();
        Refused(file.Replace("PDNG", "BOOK", StringComparison.Ordinal)).Code.Should().Be(StatementRefusal.MixedCurrencies);
    }

    public static TheoryData<string, string, StatementRefusal> HeaderFaults => new()
    {
        { "no header", "<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-05-05T03:00:00+05:00</CreDtTm></GrpHdr>|", StatementRefusal.ElementMissing },
        { "another's header", "<GrpHdr>|<GrpHdr xmlns=\"urn:other\">", StatementRefusal.ElementMissing },
        { "no message id", "<MsgId>M-1</MsgId>|", StatementRefusal.ElementMissing },
        { "an empty message id", "<MsgId>M-1</MsgId>|<MsgId> </MsgId>", StatementRefusal.ElementMissing },
        { "a message id that is too long", "<MsgId>M-1</MsgId>|<MsgId>" + new string('M', 36) + "</MsgId>", StatementRefusal.ValueMalformed },
        { "no moment", "<CreDtTm>2026-05-05T03:00:00+05:00</CreDtTm></GrpHdr>|</GrpHdr>", StatementRefusal.ElementMissing },
        { "a day instead of a moment", "<CreDtTm>2026-05-05T03:00:00+05:00</CreDtTm></GrpHdr>|<CreDtTm>2026-05-05</CreDtTm></GrpHdr>", StatementRefusal.ValueMalformed },
        { "a moment that is none", "<CreDtTm>2026-05-05T03:00:00+05:00</CreDtTm></GrpHdr>|<CreDtTm>2026-02-30T03:00:00</CreDtTm></GrpHdr>", StatementRefusal.ValueMalformed },
        { "the first page of more", "</GrpHdr>|<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>", StatementRefusal.PageOfSeveral },
        { "the last page of more", "</GrpHdr>|<MsgPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></MsgPgntn></GrpHdr>", StatementRefusal.PageOfSeveral },
        { "a page without a number", "</GrpHdr>|<MsgPgntn><LastPgInd>true</LastPgInd></MsgPgntn></GrpHdr>", StatementRefusal.ElementMissing },
        { "a page that is none", "</GrpHdr>|<MsgPgntn><PgNb>one</PgNb><LastPgInd>true</LastPgInd></MsgPgntn></GrpHdr>", StatementRefusal.ValueMalformed },
        { "perhaps the last page", "</GrpHdr>|<MsgPgntn><PgNb>1</PgNb><LastPgInd>maybe</LastPgInd></MsgPgntn></GrpHdr>", StatementRefusal.ValueMalformed },
        { "a page of a statement", "<Stmt><Id>S-1</Id>|<Stmt><Id>S-1</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>0</LastPgInd></StmtPgntn>", StatementRefusal.PageOfSeveral },
    };

    [Theory, MemberData(nameof(HeaderFaults))]
    public void What_is_wrong_with_the_message_is_named(string fault, string change, StatementRefusal why) => What_is_wrong_is_named_and_nothing_of_it_is_whole(fault, change, why);

    [Theory]
    [InlineData("<MsgPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></MsgPgntn>")]
    [InlineData("<MsgRcpt><Nm>Ainalym</Nm></MsgRcpt><MsgPgntn><PgNb>00001</PgNb><LastPgInd>1</LastPgInd></MsgPgntn>")]
    public void A_message_of_one_page_is_whole(string page) =>
        Read(Document(Statement(0, 5, Entry("A1", 5))).Replace("</GrpHdr>", page + "</GrpHdr>", StringComparison.Ordinal)).OfType<BankEntry>().Should().ContainSingle();

    [Theory]
    [InlineData("""<!DOCTYPE Document [ <!ENTITY x SYSTEM "file:///etc/passwd"> ]>""")]
    [InlineData("""<!DOCTYPE Document [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"> <!ENTITY x "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"> ]>""")]
    [InlineData("""<!DOCTYPE Document SYSTEM "http://localhost/evil.dtd">""")]
    public void Document_types_and_entities_are_refused(string type)
    {
        var good = Document(Statement(0, 5, Entry("A1", 5)));
        Refused(good.Replace("?>", "?>" + type, StringComparison.Ordinal)).Code.Should().Be(StatementRefusal.NotXml);
        Refused(good.Replace("?>", "?>" + type, StringComparison.Ordinal).Replace("Пополнение A1", "&x;", StringComparison.Ordinal)).Code.Should().Be(StatementRefusal.NotXml);
        Refused(good.Replace("Пополнение A1", "&x;", StringComparison.Ordinal)).Code.Should().Be(StatementRefusal.NotXml, "an entity that nobody has declared");
    }

    [Theory, InlineData(""), InlineData("<"), InlineData("date;amount\r\n2026-05-04;1"), InlineData("{}")]
    public void What_is_no_XML_is_told_so(string text) => Refused(text).Code.Should().Be(StatementRefusal.NotXml);

    /// <summary>They look like the beginning of an XML file in EBCDIC or in UCS-4.</summary>
    [Theory, InlineData("4C6FA794"), InlineData("0000FEFF"), InlineData("FEFF0000"), InlineData("FFFE"), InlineData("2B2F7638")]
    public void First_bytes_of_an_encoding_that_nobody_reads_are_told_so(string bytes)
    {
        using var file = new MemoryStream([.. Convert.FromHexString(bytes), .. new byte[40]]);
        FluentActions.Invoking(() => StatementReader.Read(file).ToList()).Should().Throw<StatementException>().Which.Refusal.Code.Should().Be(StatementRefusal.NotXml);
    }

    [Fact]
    public void A_hundred_thousand_entries_take_the_memory_of_their_references()
    {
        const int entries = 100_000;
        var path = Path.GetTempFileName();
        try
        {
            using (var file = new StreamWriter(path))
            {
                var (before, after) = (Document(Statement(0, entries, "|")).Split('|')[0], Document(Statement(0, entries, "|")).Split('|')[1]);
                file.Write(before);
                for (var n = 0; n < entries; n++) file.Write(Entry($"REF{n}", 1));
                file.Write(after);
            }

            new FileInfo(path).Length.Should().BeGreaterThan(40_000_000);
            using var read = File.OpenRead(path);
            var (count, most) = (0, 0L);
            var start = GC.GetTotalMemory(forceFullCollection: true);
            foreach (var part in StatementReader.Read(read))
            {
                if (part is BankEntry && ++count % 10_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - start);
            }

            count.Should().Be(entries);
            most.Should().BeLessThan(entries * 300L, "a reference takes some hundred bytes, an entry half a kilobyte and its XML more");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Summed(string summary) =>
        Document(Statement(1_000, 1_180, "\n<TxsSummry>" + summary + "</TxsSummry>" + Entry("A1", 200) + Entry("A2", 50, credit: false) + Entry("A3", 30)));

    private static Money Tenge(decimal amount) => new((long)(amount * 100), Currency.Kzt);

    private static List<StatementPart> Read(string xml) => [.. StatementReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)))];

    private static Refusal Refused(string xml)
    {
        var reading = () => Read(xml);
        return reading.Should().Throw<StatementException>().Which.Refusal;
    }
}
