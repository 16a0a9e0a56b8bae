using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Ainalym.Front.Papers;
using Ainalym.Identity.Organisations;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Entries;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Front.Demo;

/// <summary>The demo's bank: writes statements of made-up payments and has them taken in as any other.</summary>
internal sealed class DemoBank(SteppingHouse stepping, Iban account)
{
    private static readonly XNamespace Camt = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";
    private static readonly Iban Payer = TextValue.Parse<Iban>("KZ34991DEMO000000002");

    private static readonly string Holder = FrontOptions.DefaultHolder;

    private readonly HouseAccounts accounts = new([new(account, Currency.Kzt)], Holder);
    private readonly OrganisationQueries organisations = new(stepping.House.Database);

    private long balanceMinor;
    private int entries, statements;

    /// <summary>Each pays so much, with its own payment reference.</summary>
    public Task TopUp(IEnumerable<(Bin Payer, Money Amount)> payments) => Take([.. payments.Select(payment => new Movement(payment.Amount, $"Пополнение {PaymentReference.For(payment.Payer)}"))]);

    /// <summary>An organisation makes itself an invoice and pays less than it asks for.</summary>
    public async Task PayInvoice(Guid organisation, Money asked, Money paid)
    {
        var documents = new DocumentQueries(stepping.House.Database);
        var invoices = new TopUpInvoices(new DocumentDesk(stepping.House.Grains, documents), organisations, new PaperContents(organisations, Holder, bin: null), accounts, stepping.House.Clock);
        var (id, refusal) = await invoices.Issue(CommandIds.New(stepping.House.Clock.Time), organisation, asked, CancellationToken.None);
        if (refusal is not null) throw new InvalidOperationException($"The demo's invoice was refused: {refusal}.");
        var document = (await documents.One(id, CancellationToken.None))!;
        await Take([new(paid, $"Оплата по счёту {document.FullNumber}, {document.Content.PaidBy!.Value.Grouped}")]);
    }

    /// <summary>Somebody pays and does not say for whom.</summary>
    public Task PayUnnamed(Money amount, string written) => Take([new(amount, written)]);

    /// <summary>The bank takes something, and nobody has said yet what for.</summary>
    public Task TakeUnexplained(Money amount, string written) => Take([new(amount, written, In: false)]);

    /// <summary>The bank pays a payout, or gives it back.</summary>
    public Task TellOf(Guid payout, Money amount, string written, bool back) => Take([new(amount, written, In: back, Called: payout.ToString("N"))]);

    /// <param name="Called">The end-to-end id, where there is one.</param>
    private sealed record Movement(Money Amount, string Written, bool In = true, string? Called = null);

    private async Task Take(IReadOnlyList<Movement> payments)
    {
        var day = DateOnly.FromDateTime(stepping.Now.UtcDateTime);
        var opening = balanceMinor;
        balanceMinor += payments.Sum(payment => payment.In ? payment.Amount.MinorUnits : -payment.Amount.MinorUnits);
        var statement = new XElement(
            Camt + "Document",
            new XElement(
                Camt + "BkToCstmrStmt",
                new XElement(Camt + "GrpHdr", new XElement(Camt + "MsgId", string.Create(CultureInfo.InvariantCulture, $"DEMO-{statements + 1:0000}")), new XElement(Camt + "CreDtTm", string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T23:59:59"))),
                new XElement(
                    Camt + "Stmt",
                    new XElement(Camt + "Id", string.Create(CultureInfo.InvariantCulture, $"DEMO-{++statements:0000}")),
                    new XElement(Camt + "Acct", new XElement(Camt + "Id", new XElement(Camt + "IBAN", account.ToString()))),
                    Balance("OPBD", opening, day),
                    Balance("CLBD", balanceMinor, day),
                    payments.Select(payment => Entry(payment, day)))));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(statement.ToString()));
        var result = await StatementImport.Of(stepping.House, organisations.ByBins, accounts).Take(file, progress: null, CancellationToken.None);
        if (result.Taken != payments.Count) throw new InvalidOperationException($"Of {payments.Count} payments of the demo {result.Taken} were taken.");
        await stepping.House.CatchUp();
    }

    private static XElement Balance(string code, long minor, DateOnly day) => new(
        Camt + "Bal", new XElement(Camt + "Tp", new XElement(Camt + "CdOrPrtry", new XElement(Camt + "Cd", code))), Amount(minor), new XElement(Camt + "CdtDbtInd", "CRDT"), Day("Dt", day));

    private XElement Entry(Movement movement, DateOnly day) => new(
        Camt + "Ntry",
        Amount(movement.Amount.MinorUnits),
        new XElement(Camt + "CdtDbtInd", movement.In ? "CRDT" : "DBIT"),
        new XElement(Camt + "Sts", new XElement(Camt + "Cd", "BOOK")),
        Day("BookgDt", day),
        new XElement(Camt + "AcctSvcrRef", string.Create(CultureInfo.InvariantCulture, $"DEMO{++entries:000000}")),
        new XElement(
            Camt + "NtryDtls",
            new XElement(
                Camt + "TxDtls",
                movement.Called is null ? null : new XElement(Camt + "Refs", new XElement(Camt + "EndToEndId", movement.Called)),
                new XElement(Camt + "RltdPties", new XElement(Camt + "DbtrAcct", new XElement(Camt + "Id", new XElement(Camt + "IBAN", Payer.ToString())))),
                new XElement(Camt + "RmtInf", new XElement(Camt + "Ustrd", movement.Written)))));

    private static XElement Amount(long minor) => new(Camt + "Amt", new XAttribute("Ccy", "KZT"), DecimalText.Format(minor, Currency.Places));

    private static XElement Day(string name, DateOnly day) => new(Camt + name, new XElement(Camt + "Dt", day.ToString("O", CultureInfo.InvariantCulture)));
}
