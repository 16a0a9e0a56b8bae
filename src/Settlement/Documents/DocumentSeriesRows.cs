using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

/// <summary>The rows that commit with a series: every document that was ever issued, void or not, and who may read it.</summary>
public static class DocumentSeriesRows
{
    public static RowTable Documents { get; } = new("documents", ["series", "number"], ["document_id", "kind", "subject", "content", "void_reason", "at_ms", "check_code"]);

    public static RowTable Parties { get; } = new("document_parties", ["organisation_id", "document_id"], ["series", "number", "at_ms"]);

    private static readonly RowShape Given = Documents.Added();
    private static readonly RowShape Voided = Documents.Part("void_reason");
    private static readonly RowShape Readers = Parties.Added();

    public static IEnumerable<Row> From(string series, DocumentSeries after, IReadOnlyList<Recorded<DocumentSeriesEvent>> events)
    {
        foreach (var (_, _, _, @event) in events)
        {
            switch (@event)
            {
                case DocumentIssued e:
                    var dated = e.Dated ?? e.At;
                    yield return Given.Row(series, e.Number, e.Document, KebabCase.Name(e.Kind), e.Subject, JsonSerializer.Serialize(e.Content, SettlementJson.Readable.DocumentContent), Cell.Null, dated, e.CheckCode);
                    foreach (var organisation in e.Content.Parties.Select(party => party.Organisation).OfType<Guid>().Distinct()) yield return Readers.Row(organisation, e.Document, series, e.Number, dated);
                    break;
                case NumberVoided e:
                    yield return Voided.Row(series, e.Number, e.Reason);
                    break;
            }
        }
    }
}
