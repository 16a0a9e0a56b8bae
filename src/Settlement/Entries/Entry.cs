using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Banking;
using Ainalym.Settlement.Documents;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>What became of a movement of a rail, at the bank for instance. Stored by name; a name never changes.</summary>
[JsonConverter(typeof(KebabCase<EntryStanding>))]
public enum EntryStanding
{
    /// <summary>Came in, and the payer named the organisation it is for.</summary>
    Matched,

    /// <summary>Came in for nobody known: the operator assigns or returns it.</summary>
    Unmatched,

    /// <summary>It is known for whom it is, as the operator has said so, or as what it undoes was his. What went out is taken from him.</summary>
    Assigned,

    /// <summary>The operator has it sent back; the bank's debit will say when it is gone.</summary>
    Returning,

    /// <summary>Gone back to the payer.</summary>
    Returned,

    /// <summary>Went out, and carries what a return was called.</summary>
    ReturnSent,

    /// <summary>Went out, and nobody knows why: the operator finds out.</summary>
    Unexplained,

    /// <summary>What the bank takes for its work.</summary>
    BankCharge,

    /// <summary>Went out: a payout is paid.</summary>
    PayoutPaid,

    /// <summary>Came in: a payout that the bank gives back.</summary>
    PayoutReturned,

    /// <summary>The rail has booked several movements as one sum, or calls one movement by two references; they are entries of their own, and it is none.</summary>
    Split,
}

/// <summary>A movement as its rail tells it: a bank's statement, a card processor's event.</summary>
/// <param name="Account">The house's own account.</param>
/// <param name="Reference">The rail's own (<c>AcctSvcrRef</c> at a bank): once for each account, for ever.</param>
/// <param name="IsCredit">It came in.</param>
/// <param name="EndToEndId">What the house has called the payment, or the payer.</param>
/// <param name="ReturnReason">Why the other bank has given it back, where the statement says it.</param>
/// <param name="GivesBack">The payment of the house's, by its id, that comes back with it, where the rail says that one does and which; it may bring less, by what the banks have kept.</param>
/// <param name="Undoes">The reference, in the same account, of the movement that this takes back or gives back, where the rail says which: a refund or chargeback of a payment, a dispute that was won.</param>
public sealed partial record EntryFacts(
    RailAccount Account, string Reference, Money Amount, bool IsCredit, DateOnly Booked, string? PayerName, Iban? PayerAccount, string? EndToEndId, string Remittance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Undoes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReturnReason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? GivesBack = null)
{
    public static EntryFacts From(Iban account, BankEntry entry)
    {
        var facts = new EntryFacts(
            RailAccount.At(account), entry.Reference, entry.Amount, entry.IsCredit, entry.Booked, entry.PayerName, entry.PayerAccount, entry.EndToEndId, entry.Remittance, ReturnReason: entry.ReturnReason)
        {
            ComesBack = entry.ComesBack,
        };
        return !entry.ComesBack ? facts
            : facts.Ours is { } id ? facts with { GivesBack = id, Paid = entry.Paid }
            : facts with { GivesBack = OnlyIdIn($"{entry.Remittance} {entry.ReturnReason}") };
    }

    /// <summary>The rail says that it is a payment of the house's that comes back, whether or not it says which: whatever stands in it names nobody. Looked at when it is told, and not stored.</summary>
    [JsonIgnore]
    public bool ComesBack { get; init; }

    /// <summary>How much was paid of which this comes back, where the rail says so; not where only a text says which payment it is. Looked at when it is told, and not stored.</summary>
    [JsonIgnore]
    public Money? Paid { get; init; }

    /// <summary>The rail tells it by another reference too, which was taken in with other figures. Looked at when it is told, and not stored.</summary>
    [JsonIgnore]
    public bool OtherDiffers { get; init; }

    /// <summary>Which entry it is, whichever file it came in.</summary>
    [JsonIgnore]
    public string Id => IdOf(Account, Reference);

    /// <summary>What the house has called it, if it has: 32 hex digits, which some banks tell in capitals.</summary>
    [JsonIgnore]
    public string? Ours => GivesBack ?? (Guid.TryParseExact(EndToEndId, "N", out var id) ? id.ToString("N") : null);

    /// <summary>What moved: below zero where it went out.</summary>
    [JsonIgnore]
    public Money Moved => IsCredit ? Amount : new(-Amount.MinorUnits, Amount.Currency);

    /// <summary>All that the payer has written.</summary>
    [JsonIgnore]
    public string Written => $"{EndToEndId} {Remittance}";

    /// <summary>The number, in full, of the one invoice that the payer has named; null where he named none, or several.</summary>
    [JsonIgnore]
    public string? Invoice => IsCredit && Undoes is null && PaymentReference.In(Written).Select(reference => reference.Invoice).OfType<(int Year, long Number)>().ToList() is [var (year, number)]
        ? DocumentSeriesNames.Full(DocumentSeriesNames.Of(DocumentKind.TopUpInvoice, year), number)
        : null;

    /// <summary>The entry of what it undoes.</summary>
    [JsonIgnore]
    public string? UndoesId => Undoes is null ? null : IdOf(Account, Undoes);

    /// <summary>32 hex digits of SHA-256 of account and reference. What is sent back to the payer carries it as end-to-end id.</summary>
    public static string IdOf(RailAccount account, string reference) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{reference}")).AsSpan(0, 16));

    /// <summary>The field in which the same entry, told again, differs; null where nothing that matters does.</summary>
    public string? DifferenceTo(EntryFacts other) =>
        Amount != other.Amount ? "amount"
        : IsCredit != other.IsCredit ? "direction"
        : Booked != other.Booked ? "booked"
        : Undoes != other.Undoes ? "undoes"
        : null;

    /// <summary>What a payment back to the payer is called that follows others which came to nothing; the first is called as the entry.</summary>
    public string? PaymentAfter(int returns) => returns == 0 ? null : TransferFor(string.Create(CultureInfo.InvariantCulture, $"return/{returns}")).ToString("N");

    /// <summary>The one id of the house's that stands in a text, as a payout's remittance has it; null where there is none, or several.</summary>
    private static string? OnlyIdIn(string text) =>
        Words().Matches(text).Select(word => word.Value.ToLowerInvariant()).Where(word => Guid.TryParseExact(word, "N", out _)).Distinct(StringComparer.Ordinal).ToList() is [var one] ? one : null;

    [GeneratedRegex("[0-9A-Za-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    /// <summary>The ids of all transfers that this entry causes begin with its day.</summary>
    public Guid TransferFor(string step) => CommandIds.Derived(new DateTimeOffset(Booked.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), $"settlement/bank-entry/{Id}/{step}");
}

/// <summary>A movement of a rail as its decider sees it.</summary>
public abstract record Entry : IState<Entry, EntryEvent>
{
    private Entry() { }

    public static Entry Initial { get; } = new Unknown();

    /// <summary>Nobody has told of it.</summary>
    public sealed record Unknown : Entry;

    /// <param name="Organisation">Whose it is, where that is known.</param>
    /// <param name="ReturnedBy">The debit that took it back to its payer, by its entry.</param>
    /// <param name="Returns">How often it was to go back.</param>
    /// <param name="Payment">What the payment back is called, where it is not called as the entry.</param>
    /// <param name="Parts">Of what is split: its parts, as <see cref="SplitEntry.Digest"/> has them.</param>
    /// <param name="IsName">It is only another name of a movement: split into that one. It becomes a movement itself where the rail tells another one by it.</param>
    public sealed record Booked(
        EntryFacts Facts, EntryStanding Standing, Guid? Organisation, string? Reason = null, string? ReturnedBy = null, string? Parts = null, bool IsName = false, int Returns = 0, string? Payment = null) : Entry;

    public Entry Evolve(EntryEvent @event) => (this, @event) switch
    {
        (Unknown or Booked { IsName: true }, EntryBooked e) => new Booked(e.Facts, e.Standing, e.Organisation),
        (Unknown, EntrySplit e) => new Booked(e.Facts, EntryStanding.Split, Organisation: null, Parts: e.Digest, IsName: e.Parts == 1),
        (Booked booked, EntryAssigned e) => booked with { Standing = EntryStanding.Assigned, Organisation = e.Organisation },
        (Booked booked, EntryReturning e) => booked with { Standing = EntryStanding.Returning, Reason = e.Reason, Returns = booked.Returns + 1, Payment = e.Payment },
        (Booked booked, EntryKept e) => booked with { Standing = EntryStanding.Unmatched, Reason = e.Reason.Length > 0 ? e.Reason : null },
        (Booked booked, EntryReturned e) => booked with { Standing = EntryStanding.Returned, ReturnedBy = e.By },
        (Booked booked, EntryCharged) => booked with { Standing = EntryStanding.BankCharge },
        (Booked booked, EntryExplained) => booked with { Standing = booked.Facts.IsCredit ? EntryStanding.PayoutReturned : EntryStanding.PayoutPaid },
        (Booked booked, EntryDisowned) => booked with { Standing = booked.Facts.IsCredit ? EntryStanding.Unmatched : EntryStanding.Unexplained },
        _ => throw new UnreachableException($"{@event.GetType().Name} cannot follow {GetType().Name}."),
    };
}
