using System.Diagnostics;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

/// <summary>The rules of a series: numbers follow one another without a gap, a document has one, and what is void says why.</summary>
public static class DocumentSeriesDecider
{
    public static Decision<DocumentSeriesEvent> Decide(DocumentSeries series, DocumentSeriesCommand command, DateTimeOffset now) => command switch
    {
        IssueDocument issue => Issue(series, issue, now),
        VoidNumber number => Void(series, number, now),
        ReplaceNumber number => Replace(series, number, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };

    private static Decision<DocumentSeriesEvent> Issue(DocumentSeries series, IssueDocument command, DateTimeOffset now)
    {
        if (series.Numbers.TryGetValue(command.Document, out var known)) return new Refusal(DocumentSeriesRefusal.AlreadyNumbered, known);
        return new DocumentSeriesEvent[] { Issued(series, command, now, inPlaceOf: null) };
    }

    private static Decision<DocumentSeriesEvent> Replace(DocumentSeries series, ReplaceNumber command, DateTimeOffset now)
    {
        if (command.Number < 1 || command.Number >= series.Next) return DocumentSeriesRefusal.NumberNotFound;
        if (!series.Void.Contains(command.Number)) return DocumentSeriesRefusal.NotVoid;
        if (series.Replaced.TryGetValue(command.Number, out var by)) return new Refusal(DocumentSeriesRefusal.AlreadyReplaced, by);
        return new DocumentSeriesEvent[] { Issued(series, command.Anew, now, command.Number) };
    }

    private static DocumentIssued Issued(DocumentSeries series, IssueDocument command, DateTimeOffset now, long? inPlaceOf) =>
        new(series.Next, command.Document, command.Kind, command.Subject, command.Content.Numbered(command.Kind, command.Dated ?? now, series.Next), now, command.CheckCode, command.Dated, inPlaceOf);

    private static Decision<DocumentSeriesEvent> Void(DocumentSeries series, VoidNumber command, DateTimeOffset now)
    {
        if (command.Number < 1 || command.Number >= series.Next) return DocumentSeriesRefusal.NumberNotFound;
        if (series.Void.Contains(command.Number)) return DocumentSeriesRefusal.AlreadyVoid;
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > VoidNumber.LongestReason) return new Refusal(DocumentSeriesRefusal.ReasonMissing, VoidNumber.LongestReason).About("reason");
        return new DocumentSeriesEvent[] { new NumberVoided(command.Number, command.Reason, now) };
    }
}
