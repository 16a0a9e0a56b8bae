using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Documents;

public static class DocumentSeriesGrain
{
    /// <summary>One series in one year (<c>settlement/document-series/GR-2026</c>). The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<DocumentSeries, DocumentSeriesCommand, DocumentSeriesEvent, DocumentSeriesRefusal> Kind = new(
        Name: "settlement/document-series",
        Initial: DocumentSeries.Initial,
        Decide: DocumentSeriesDecider.Decide,
        Permission: (command, caller) => caller.Is(command is IssueDocument ? Roles.House : Roles.Operator),
        Events:
        [
            EventName.Of("settlement.document-issued.v1", SettlementJson.Readable.DocumentIssued),
            EventName.Of("settlement.number-voided.v1", SettlementJson.Readable.NumberVoided),
        ],
        Commands: SettlementJson.Default.DocumentSeriesCommand,
        Rows: DocumentSeriesRows.From,
        Said: command => command switch
        {
            IssueDocument issue => issue.Asked,
            ReplaceNumber replace => replace.Asked,
            _ => command,
        },
        RowTables: [DocumentSeriesRows.Documents, DocumentSeriesRows.Parties],
        RefusalsRemembered: true);
}
