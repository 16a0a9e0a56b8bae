using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Entries;
using Dapper;

namespace Ainalym.Settlement.Documents;

/// <summary>What an invoice for topping up asks for, and what has come in for it.</summary>
/// <param name="Invoice">Its number, in full.</param>
/// <param name="Payer">Who was asked.</param>
/// <param name="Paid">Less what a rail took back of it.</param>
/// <param name="IsVoid">Nobody is to pay it any more.</param>
public sealed record InvoiceStanding(string Invoice, Guid Document, Guid Payer, Money Total, Money Paid, bool IsVoid)
{
    /// <summary>Zero where it is paid.</summary>
    public Money Missing => Total > Paid ? Total - Paid : new(0, Total.Currency);

    /// <summary>What has come in beyond the total; zero where nothing has.</summary>
    public Money Over => Paid > Total ? Paid - Total : new(0, Total.Currency);
}

/// <summary>
/// How the invoices stand that some events concern, inside the write of the projection <c>front/notices</c>, which tells payers of it: opened once, asked in the order of the events, saved once. Only
/// invoices whose payment reference is their own are in it.
/// </summary>
public sealed class InvoiceBook
{
    public const string Table = "invoice_standings";

    private readonly Dictionary<string, InvoiceStanding> standings;
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    private InvoiceBook(IEnumerable<InvoiceStanding> standings) => this.standings = standings.ToDictionary(standing => standing.Invoice, StringComparer.Ordinal);

    /// <param name="invoices">By their numbers, in full: all that there will be questions of, beyond those that are issued meanwhile.</param>
    public static InvoiceBook Open(Writing writing, IReadOnlyCollection<string> invoices) => new(invoices.Count == 0
        ? []
        : writing.Connection.Query<InvoiceRow>($"SELECT {InvoiceRow.Columns} FROM {Table} WHERE invoice IN @invoices", new { invoices }, writing.Transaction).Select(row => row.Standing));

    /// <summary>A document was issued. What has come in for the invoice that it stands for has come in for it.</summary>
    public void Issued(string series, DocumentIssued issued)
    {
        if (issued.Kind != DocumentKind.TopUpInvoice || issued.Content.PaidBy?.Invoice is null || issued.Content.Parties.Select(party => party.Organisation).OfType<Guid>().ToList() is not [var payer]) return;
        var old = issued.InPlaceOf is { } number ? standings.GetValueOrDefault(DocumentSeriesNames.Full(series, number)) : null;
        Set(new(DocumentSeriesNames.Full(series, issued.Number), issued.Document, payer, issued.Content.Total, old?.Paid ?? new(0, issued.Content.Total.Currency), IsVoid: false));
    }

    public void Voided(string series, NumberVoided voided)
    {
        if (standings.TryGetValue(DocumentSeriesNames.Full(series, voided.Number), out var standing)) Set(standing with { IsVoid = true });
    }

    /// <summary>Money has come in for an organisation, or what had come in was taken back.</summary>
    /// <param name="first">What the payer had said.</param>
    /// <param name="amount">Below zero where it was taken back.</param>
    /// <returns>How the invoice that the payer has named stands now; null where he named none of the organisation's own that is to be paid in this currency.</returns>
    public InvoiceStanding? Paid(EntryFacts first, Money amount, Guid organisation)
    {
        if (first.Invoice is not { } invoice || !standings.TryGetValue(invoice, out var standing) || standing.IsVoid || standing.Payer != organisation || standing.Total.Currency != amount.Currency) return null;
        Set(standing with { Paid = standing.Paid + amount });
        return standings[invoice];
    }

    public void Save(Writing writing)
    {
        foreach (var (invoice, document, payer, total, paid, isVoid) in changed.Select(name => standings[name]))
        {
            var row = new { invoice, document = document.ToString("N"), payer = payer.ToString("N"), currency = total.Currency.Code, total = total.MinorUnits, paid = paid.MinorUnits, isVoid = isVoid ? 1 : 0 };
            if (writing.Run($"UPDATE {Table} SET paid_minor = @paid, is_void = @isVoid WHERE invoice = @invoice", row) == 0)
                writing.Run($"INSERT INTO {Table} (invoice, document_id, organisation_id, currency, total_minor, paid_minor, is_void) VALUES (@invoice, @document, @payer, @currency, @total, @paid, @isVoid)", row);
        }

        changed.Clear();
    }

    private void Set(InvoiceStanding standing)
    {
        standings[standing.Invoice] = standing;
        changed.Add(standing.Invoice);
    }
}

internal sealed record InvoiceRow
{
    public const string Columns =
        "invoice AS Invoice, document_id AS DocumentId, organisation_id AS OrganisationId, currency AS Currency, total_minor AS TotalMinor, paid_minor AS PaidMinor, is_void AS IsVoid";

    public required string Invoice { get; init; }
    public required string DocumentId { get; init; }
    public required string OrganisationId { get; init; }
    public required string Currency { get; init; }
    public required long TotalMinor { get; init; }
    public required long PaidMinor { get; init; }
    public required long IsVoid { get; init; }

    public InvoiceStanding Standing => new(Invoice, Guid.ParseExact(DocumentId, "N"), Guid.ParseExact(OrganisationId, "N"), Of(TotalMinor), Of(PaidMinor), IsVoid != 0);

    private Money Of(long minor) => new(minor, TextValue.Parse<Currency>(Currency));
}

/// <summary>Reads how invoices stand.</summary>
public sealed class InvoiceQueries(IDatabase db)
{
    /// <summary>How the invoice stands; null where the document is none that is paid by a reference of its own, or where the projection has not come to it yet.</summary>
    public async Task<InvoiceStanding?> Of(Guid document, CancellationToken ct) =>
        (await db.Single<InvoiceRow>($"SELECT {InvoiceRow.Columns} FROM {InvoiceBook.Table} WHERE document_id = @document", new { document = document.ToString("N") }, ct))?.Standing;
}
