using System.Reflection;
using Ainalym.Journal;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Balances;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Keys;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Support;
using Microsoft.AspNetCore.DataProtection;

namespace Ainalym.Settlement.Tests;

/// <summary>The T-SQL beside the SQLite files, and what the queries send to SQL Server, is read by Microsoft's own parser.</summary>
public class SqlServerTests
{
    private static readonly Assembly Settlement = typeof(SettlementModule).Assembly;

    [Fact]
    public void Every_migration_stands_on_both_engines_with_the_same_tables()
    {
        MigrationFiles.Names(Settlement, Engine.SqlServer).Should().NotBeEmpty().And.Equal(MigrationFiles.Names(Settlement, Engine.Sqlite));
        foreach (var name in MigrationFiles.Names(Settlement, Engine.SqlServer)) TSqlCheck.Problems(MigrationFiles.Text(Settlement, Engine.SqlServer, name)).Should().BeEmpty();
        MigrationFiles.Tables(Settlement, Engine.SqlServer).Should().BeEquivalentTo(MigrationFiles.Tables(Settlement, Engine.Sqlite));
    }

    [Fact]
    public void The_tables_have_the_columns_that_the_rows_write()
    {
        var tables = MigrationFiles.Tables(Settlement, Engine.SqlServer);
        RowTable[] written = [.. SettlementModule.Module.Kinds.SelectMany(kind => kind.Tables)];
        tables.Keys.Should().BeEquivalentTo([.. written.Select(table => table.Name), "bank_conflicts", "bank_statements", "document_files", "void_document_files", "invoice_standings", "signing_keys"]);
        foreach (var table in written) tables[table.Name].Should().BeEquivalentTo([.. table.Key, .. table.Columns]);
    }

    [Fact]
    public async Task Every_query_may_run()
    {
        var database = new RecordingDatabase();
        var queries = new LedgerQueries(database);
        var ct = CancellationToken.None;
        await queries.Accounts(Currency.Kzt, [Words.Aliya, Words.Bank], ct);
        await queries.Debtors(Currency.Kzt, ct);
        await queries.Statement(Currency.Kzt, Words.Aliya, 0, 10, ct);
        await queries.Holds(Currency.Kzt, Words.Aliya, "", 10, ct);
        await queries.HoldsFor(Currency.Kzt, Words.Deal, of: null, "", 10, ct);
        await queries.HoldsFor(Currency.Kzt, Words.Deal, Words.Aliya, "", 10, ct);
        await queries.Transfer(Currency.Kzt, Words.Transfer(1), ct);
        await queries.Made(Currency.Kzt, Words.Id(1), ct);
        await queries.TrialBalance(Currency.Kzt, upTo: null, ct);
        await queries.TrialBalance(Currency.Kzt, 7, ct);
        database.Statements.Should().HaveCount(10).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
        typeof(LedgerQueries).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Should().HaveCount(8, "each is asked above");
    }

    [Fact]
    public async Task Every_question_about_payouts_may_run()
    {
        var database = new RecordingDatabase();
        var payouts = new PayoutQueries(database);
        var ct = CancellationToken.None;
        await payouts.Account(Words.Id(1), ct);
        await payouts.Payout("0", ct);
        await payouts.Of(Words.Id(1), 0, "", 10, ct);
        foreach (var standing in Enum.GetValues<PayoutStanding>()) await payouts.Standing(standing, "", 10, ct);
        await payouts.Waiting(ct);
        await payouts.Files(after: null, 10, ct);
        await payouts.Files(new Cursor(1, "KZ1-2"), 10, ct);
        await payouts.File("KZ", 1, ct);
        await payouts.Payments("KZ", 1, ct);
        await payouts.Known(["a", "b"], ct);
        await payouts.FileOf("a", ct);
        await payouts.To(PayoutTests.Own, "KZ", 1, Words.Tenge(1), long.MaxValue, 2, ct);
        database.Statements.Should().HaveCount(11 + Enum.GetValues<PayoutStanding>().Length).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    [Fact]
    public async Task Every_question_about_the_bank_may_run()
    {
        var database = new RecordingDatabase();
        var entries = new EntryQueries(database);
        var ct = CancellationToken.None;
        await entries.Entry("0", ct);
        foreach (var standing in Enum.GetValues<EntryStanding>()) await entries.Standing(standing, "", 10, ct);
        await entries.Unposted(Currency.Kzt, ct);
        await entries.Statements(Currency.Kzt, 1, ct);
        await entries.First(Currency.Kzt, ct);
        await entries.Latest(Currency.Kzt, ct);
        await entries.UnexplainedAtBank(Currency.Kzt, 10, ct);
        await entries.WaitingToUndo(EntryTests.Facts.Account, "P1", 10, ct);
        await entries.Undone(EntryTests.Facts.Account, "P1", ct);
        await entries.Returning(["a", "b"], ct);
        await entries.ReturnedBy("a", ct);
        await entries.Statement(TextValue.Parse<Iban>(Camt.Account), Currency.Kzt, "2026-05-04", "S-1", ct);
        await entries.Gaps(Currency.Kzt, 10, ct);
        await entries.NotPosted(Currency.Kzt, 10, ct);
        await entries.NotTold(Currency.Kzt, 10, ct);
        await entries.ToldOtherwise(Currency.Kzt, 10, ct);
        await entries.Conflicts(ct);
        BankConflicts.Save(database.Writing, new DateOnly(2026, 5, 4), ["a", "b"], [EntryTests.Facts], Words.Noon);
        database.Statements.Should().HaveCount(18 + Enum.GetValues<EntryStanding>().Length).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    [Fact]
    public async Task Every_statement_about_keys_may_run()
    {
        var row = new SigningKeyRow { Kid = "a", X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", Sealed = "", MadeAtMs = 0 };
        var database = new RecordingDatabase { Rows = { [typeof(SigningKeyRow)] = row } };
        var keys = new SigningKeys(database, new JournalClock(TimeProvider.System), new EphemeralDataProtectionProvider().CreateProtector("test"));
        await keys.Published(CancellationToken.None);
        await keys.IsOurs("eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.e30.e30", CancellationToken.None);
        await keys.Rotate(CancellationToken.None);
        database.Statements.Should().HaveCount(6).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }

    [Fact]
    public async Task Every_query_of_balances_and_documents_may_run()
    {
        var database = new RecordingDatabase();
        var queries = new DailyBalanceQueries(database);
        var ct = CancellationToken.None;
        await queries.Of(Currency.Kzt, before: null, 10, ct);
        await queries.Of(Currency.Kzt, "2026-03-02", 10, ct);
        await queries.On(Currency.Kzt, new DateOnly(2026, 3, 2), ct);
        await queries.LastBatch(7, Words.Noon, ct);
        await queries.BatchEnd(7, ct);
        var documents = new DocumentQueries(database);
        await documents.Numbers("GR-2026", after: 0, 10, ct);
        await documents.One(Words.Id(1), ct);
        await documents.Of(Words.Id(1), 0, "", 10, ct);
        await documents.Checked("0", ct);
        await documents.About("deal", ct);
        var row = new DocumentRow { Series = "GR-2026", Number = 1, DocumentId = "0", Kind = "contract", Subject = "deal", ContentJson = "{}", AtMs = 0 };
        await documents.Files(row, ct);
        await documents.Files(row with { VoidReason = "x" }, ct);
        await documents.Keep(row, "kk", "0", lost: null, DateTimeOffset.UnixEpoch, ct);
        await documents.Keep(row, "kk", "0", lost: "1", DateTimeOffset.UnixEpoch, ct);
        await documents.At("GR-2026", 1, ct);
        DocumentSeriesRows.PartiesOf(database.Writing, [("GR-2026", 1)]);
        EntryRows.FactsOf(database.Writing, ["0"]);
        await new InvoiceQueries(database).Of(Words.Id(1), ct);
        var invoices = InvoiceBook.Open(database.Writing, ["TU-2026-000001"]);
        var payer = TextValue.Parse<Bin>("991240000013");
        var reference = PaymentReference.For(payer, 2026, 1).Grouped;
        invoices.Issued("TU-2026", new(1, Words.Id(1), DocumentKind.TopUpInvoice, "payer", new(2, new([new("payer", Words.Id(2), "x", payer)]), new([new("top-up", new([new("reference", reference)]))]), Words.Tenge(1)), Words.Noon));
        invoices.Save(database.Writing);
        database.Statements.Should().HaveCount(21).And.AllSatisfy(sql => TSqlCheck.Problems(sql).Should().BeEmpty());
    }
}
