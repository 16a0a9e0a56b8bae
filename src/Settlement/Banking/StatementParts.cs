using System.Collections.Frozen;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Banking;

/// <summary>What a bank's statement is read as, in this order: a head, its entries, its end; then perhaps the next statement.</summary>
public abstract record StatementPart;

/// <summary>Of which account and day it tells.</summary>
/// <param name="Id">As the bank calls it.</param>
/// <param name="Opening">What was there before the first entry; below zero when overdrawn.</param>
/// <param name="Closing">What is there after the last.</param>
/// <param name="Day">The day of the closing balance.</param>
public sealed record StatementHead(string Id, Iban Account, Money Opening, Money Closing, DateOnly Day) : StatementPart;

/// <summary>One booked movement, or one transaction of a movement that the bank booked for several together.</summary>
/// <param name="Reference">The bank's own (<c>AcctSvcrRef</c>), by which an entry is known again in an overlapping file.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="IsCredit">It came in; otherwise it went out.</param>
/// <param name="PayerName">Who stands on the other side, as the bank calls him.</param>
/// <param name="EndToEndId">What the house itself has called the payment, when it has sent it.</param>
/// <param name="Remittance">What the payer has written.</param>
/// <param name="Line">Of the file, from 1.</param>
public sealed record BankEntry(
    string Reference, Money Amount, bool IsCredit, DateOnly Booked, string? PayerName, Iban? PayerAccount, string? EndToEndId, string Remittance, int Line) : StatementPart
{
    /// <summary>The transactions that the bank booked together as this entry, two or more; they add up to it. None: the entry is one movement itself.</summary>
    public IReadOnlyList<BankEntry> Parts { get; init; } = [];

    /// <summary>What the bank also calls it, where it has another reference for the entry's only transaction.</summary>
    public string? AlsoCalled { get; init; }

    /// <summary>What the house has called the payments that went out as one sum (<c>PmtInfId</c>), where the bank tells none of them; of what comes back, the payments that it was among.</summary>
    public string? Batch { get; init; }

    /// <summary>The bank says that it is a payment that comes back: it tells of the return (<c>RtrInf</c>), or codes it so (<c>PMNT/…/RRTN</c>, <c>PMNT/…/RPCR</c>).</summary>
    public bool ComesBack { get; init; }

    /// <summary>How much was paid, where the bank says it of what comes back.</summary>
    public Money? Paid { get; init; }

    /// <summary>Why the other bank has given it back (<c>RtrInf</c>): the code, and what it says besides.</summary>
    public string? ReturnReason { get; init; }
}

/// <summary>The statement is whole: its entries lead from the opening to the closing balance.</summary>
/// <param name="Entries">How many were booked.</param>
public sealed record StatementEnd(int Entries, Money Credits, Money Debits) : StatementPart
{
    /// <summary>References of transactions (<see cref="BankEntry.AlsoCalled"/>) that several of its entries have: they are nobody's name. Mostly none.</summary>
    public IReadOnlySet<string> Shared { get; init; } = FrozenSet<string>.Empty;
}

/// <summary>Why a file is not a statement that can be taken. The order is that in which they are met; nothing of the file is taken.</summary>
public enum StatementRefusal
{
    /// <summary>Facts: the line, and what the XML lacks. Also for document types and entities, which are never read.</summary>
    NotXml,

    /// <summary>The root element is not a camt.053 document; fact: the namespaces that are.</summary>
    NotAStatement,

    /// <summary>Facts: the element, the line.</summary>
    ElementMissing,

    /// <summary>Facts: the element, what stands there, the line.</summary>
    ValueMalformed,

    /// <summary>The bank has cut the message, or its statement, into pages, and this is one of them; facts: its number, the line.</summary>
    PageOfSeveral,

    /// <summary>Facts: the account's currency, the entry's, the line.</summary>
    MixedCurrencies,

    /// <summary>The transactions of an entry do not add up to it; facts: the entry, their sum, the line.</summary>
    TransactionsDoNotAddUp,

    /// <summary>Two entries of one statement have one reference; statements of a file may overlap; facts: the reference, the line.</summary>
    ReferenceTwice,

    /// <summary>Facts: opening balance, credits, debits, closing balance.</summary>
    DoesNotAddUp,

    /// <summary>What the bank says of all entries (<c>TxsSummry</c>) is not what they come to; facts: the element, what stands there, what they come to, the line.</summary>
    SummaryDiffers,

    /// <summary>The file has no statement.</summary>
    NoStatement,
}

/// <summary>A file that is no good statement, with the reason for whoever sent it.</summary>
public sealed class StatementException(Refusal refusal, Exception? inner = null) : Exception(refusal.ToString(), inner)
{
    public Refusal Refusal { get; } = refusal;
}
