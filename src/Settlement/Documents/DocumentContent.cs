using System.Globalization;
using System.Text.Json.Serialization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;

namespace Ainalym.Settlement.Documents;

/// <summary>What a document is. Stored by name; a name never changes.</summary>
[JsonConverter(typeof(KebabCase<DocumentKind>))]
public enum DocumentKind
{
    /// <summary>Asks an organisation to pay money in.</summary>
    TopUpInvoice,

    /// <summary>A guarantee is held.</summary>
    GuaranteeReceipt,

    /// <summary>What seller and buyer have agreed to.</summary>
    Contract,

    /// <summary>What the scale has shown at receipt.</summary>
    AcceptanceAct,

    /// <summary>Who got what of the money in escrow.</summary>
    SettlementStatement,

    /// <summary>The platform's fee, with VAT.</summary>
    FeeInvoice,

    /// <summary>Who got a guarantee that was lost.</summary>
    ForfeitStatement,

    /// <summary>A deal came to nothing after it was paid: what went back.</summary>
    RefundStatement,
}

/// <summary>Whom a document names.</summary>
/// <param name="Role"><c>seller</c>, <c>buyer</c>, <c>bidder</c>, <c>payer</c>, <c>platform</c>.</param>
/// <param name="Organisation">May read it; null for the house itself.</param>
public sealed record DocumentParty(string Role, Guid? Organisation, string Name, Bin? Bin);

/// <param name="Label">Its text stands under this name.</param>
public sealed record DocumentFact(string Label, Fact Value);

/// <param name="Columns">Their texts stand under these names.</param>
/// <param name="Rows">A cell for each column.</param>
public sealed record DocumentTable(EqualList<string> Columns, EqualList<EqualList<Fact>> Rows);

/// <param name="Heading">Its text stands under this name.</param>
public sealed record DocumentSection(string Heading, EqualList<DocumentFact> Facts, DocumentTable? Table = null);

/// <summary>All that a document says, without a language: frozen when it was issued.</summary>
/// <param name="Edition">Of the texts that it was issued with.</param>
/// <param name="Total">What it comes to.</param>
public sealed record DocumentContent(int Edition, EqualList<DocumentParty> Parties, EqualList<DocumentSection> Sections, Money Total)
{
    private const string Reference = "reference", Payer = "payer";

    /// <summary>The payment reference that it asks for; null where it asks for none.</summary>
    [JsonIgnore]
    public PaymentReference? PaidBy => Sections.SelectMany(section => section.Facts).FirstOrDefault(fact => fact.Label == Reference) is { } asked && PaymentReference.TryParse(asked.Value.Value, out var reference, out _) ? reference : null;

    /// <summary>As a document of this number says it. An invoice for topping up asks for its own payment reference; before it had a number, for its payer's.</summary>
    internal DocumentContent Numbered(DocumentKind kind, DateTimeOffset dated, long number)
    {
        if (kind != DocumentKind.TopUpInvoice || number > PaymentReference.LastNumber || Parties.FirstOrDefault(party => party.Role == Payer)?.Bin is not { } payer) return this;
        Fact reference = PaymentReference.For(payer, FactText.DayOf(dated).Year, number).Grouped;
        return this with { Sections = new([.. Sections.Select(section => section with { Facts = new([.. section.Facts.Select(fact => fact.Label == Reference ? fact with { Value = reference } : fact)]) })]) };
    }

    internal static DocumentContent Nothing { get; } = new(0, EqualList<DocumentParty>.Empty, EqualList<DocumentSection>.Empty, new Money(0, Currency.Kzt));
}

/// <summary>The series that numbers run in: one for each kind and year.</summary>
public static class DocumentSeriesNames
{
    /// <summary><c>CT-2026</c>; the year is Kazakhstan's.</summary>
    public static string Of(DocumentKind kind, DateTimeOffset at) => Of(kind, FactText.DayOf(at).Year);

    public static string Of(DocumentKind kind, int year) => string.Create(CultureInfo.InvariantCulture, $"{Code(kind)}-{year}");

    /// <summary>A number with its series: <c>CT-2026-000017</c>.</summary>
    public static string Full(string series, long number) => string.Create(CultureInfo.InvariantCulture, $"{series}-{number:D6}");

    /// <summary>Whether it is the name of a series of some year.</summary>
    public static bool Is(string name) => name is [_, _, '-', .. { Length: 4 } year] && year.All(char.IsAsciiDigit) && Enum.GetValues<DocumentKind>().Any(kind => name.StartsWith(Code(kind), StringComparison.Ordinal));

    private static string Code(DocumentKind kind) => kind switch
    {
        DocumentKind.TopUpInvoice => "TU",
        DocumentKind.GuaranteeReceipt => "GR",
        DocumentKind.Contract => "CT",
        DocumentKind.AcceptanceAct => "AA",
        DocumentKind.SettlementStatement => "SS",
        DocumentKind.FeeInvoice => "IN",
        DocumentKind.ForfeitStatement => "FS",
        DocumentKind.RefundStatement => "RS",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
