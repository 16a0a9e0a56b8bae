using System.Text.Json.Serialization;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

/// <summary>An order to one series of one year.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(IssueDocument), "issue-document")]
[JsonDerivedType(typeof(VoidNumber), "void-number")]
[JsonDerivedType(typeof(ReplaceNumber), "replace-number")]
public abstract record DocumentSeriesCommand(Guid CommandId) : ICommand;

/// <summary>Issues a document under the next number. Sent by the house.</summary>
/// <param name="Document">Derived from what the document is about, so that asking twice is one document.</param>
/// <param name="Subject">The deal, or whatever it is about.</param>
/// <param name="Dated">When what it tells happened: of the year of the series.</param>
/// <param name="CheckCode">What the public page of the document is opened by: nobody may guess it.</param>
public sealed record IssueDocument(Guid CommandId, Guid Document, DocumentKind Kind, string Subject, DocumentContent Content, string? CheckCode = null, DateTimeOffset? Dated = null) : DocumentSeriesCommand(CommandId)
{
    /// <summary>Only which document is asked for: what it would say today, and under which code, are the house's additions.</summary>
    internal IssueDocument Asked => new(CommandId, Document, default, "", DocumentContent.Nothing);
}

/// <summary>Takes a number out of use. Sent by the operator.</summary>
public sealed record VoidNumber(Guid CommandId, long Number, string Reason) : DocumentSeriesCommand(CommandId)
{
    public const int LongestReason = 500;
}

/// <summary>Issues what a void number said anew, under the next number. Sent by the operator; the house adds what it says.</summary>
/// <param name="Number">The void one.</param>
public sealed record ReplaceNumber(Guid CommandId, long Number, IssueDocument Anew) : DocumentSeriesCommand(CommandId)
{
    internal ReplaceNumber Asked => this with { Anew = new(CommandId, Guid.Empty, default, "", DocumentContent.Nothing) };
}

/// <summary>Why an order to a series was not taken, in the order of checking.</summary>
public enum DocumentSeriesRefusal
{
    /// <summary>Fact: the number that it has.</summary>
    AlreadyNumbered,

    /// <summary>The series has not given that number.</summary>
    NumberNotFound,

    /// <summary>It is void already.</summary>
    AlreadyVoid,

    /// <summary>It still stands: only what is void is issued anew.</summary>
    NotVoid,

    /// <summary>Fact: the number that stands in its place.</summary>
    AlreadyReplaced,

    /// <summary>Without one, or longer than may be; fact: the most letters.</summary>
    ReasonMissing,
}
