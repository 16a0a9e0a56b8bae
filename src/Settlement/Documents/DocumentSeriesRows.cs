using System.Text.Json;
using Ainalym.Journal;
using Ainalym.Kernel;
using Dapper;

namespace Ainalym.Settlement.Documents;

/// <summary>The rows that commit with a series: every document that was ever issued, void or not, and who may read it.</summary>
public static class DocumentSeriesRows
{
    public static RowTable Documents { get; } = new("documents", ["series", "number"], ["document_id", "kind", "subject", "content", "void_reason", "at_ms", "check_code", "in_place_of", "replaced_by"]);

    public static RowTable Parties { get; } = new("document_parties", ["organisation_id", "document_id"], ["series", "number", "at_ms"]);

    private static readonly RowShape Given = Documents.Added();
    private static readonly RowShape Voided = Documents.Part("void_reason");
    private static readonly RowShape Replaced = Documents.Part("replaced_by");
    private static readonly RowShape Readers = Parties.Added();

    /// <summary>Whom the numbers name, inside a write.</summary>
    public static ILookup<(string Series, long Number), (Guid Organisation, string DocumentId)> PartiesOf(Writing writing, IReadOnlyList<(string Series, long Number)> numbers) =>
        (numbers.Count == 0 ? [] : writing.Connection.Query<(string Series, long Number, string Organisation, string DocumentId)>(
            """
            SELECT d.series, d.number, p.organisation_id, p.document_id FROM documents d JOIN document_parties p ON p.document_id = d.document_id
            WHERE d.series IN @series AND d.number IN @numbers
            """,
            new { series = numbers.Select(one => one.Series).Distinct(StringComparer.Ordinal), numbers = numbers.Select(one => one.Number).Distinct() }, writing.Transaction))
        .ToLookup(row => (row.Series, row.Number), row => (Guid.ParseExact(row.Organisation, "N"), row.DocumentId));

    public static IEnumerable<Row> From(string series, DocumentSeries after, IReadOnlyList<Recorded<DocumentSeriesEvent>> events)
    {
        foreach (var (_, _, _, @event) in events)
        {
            switch (@event)
            {
                case DocumentIssued e:
                    var dated = e.Dated ?? e.At;
                    yield return Given.Row(series, e.Number, e.Document, KebabCase.Name(e.Kind), e.Subject, JsonSerializer.Serialize(e.Content, SettlementJson.Readable.DocumentContent), Cell.Null, dated, e.CheckCode, e.InPlaceOf, Cell.Null);
                    if (e.InPlaceOf is { } old) yield return Replaced.Row(series, old, e.Number);
                    foreach (var organisation in e.Content.Parties.Select(party => party.Organisation).OfType<Guid>().Distinct()) yield return Readers.Row(organisation, e.Document, series, e.Number, dated);
                    break;
                case NumberVoided e:
                    yield return Voided.Row(series, e.Number, e.Reason);
                    break;
            }
        }
    }
}
