using System.Collections.Immutable;
using System.Diagnostics;
using Ainalym.Journal;

namespace Ainalym.Settlement.Documents;

/// <summary>The numbers of one series in one year: 1, 2, 3 without a gap. A number once given stays listed; one that should not have been given is void, with the reason.</summary>
/// <param name="Numbers">Which document has which number.</param>
public sealed record DocumentSeries(ImmutableDictionary<Guid, long> Numbers, ImmutableHashSet<long> Void) : IState<DocumentSeries, DocumentSeriesEvent>
{
    public static DocumentSeries Initial { get; } = new(ImmutableDictionary<Guid, long>.Empty, []);

    public long Next => Numbers.Count + 1;

    public DocumentSeries Evolve(DocumentSeriesEvent @event) => @event switch
    {
        DocumentIssued e when e.Number == Next && !Numbers.ContainsKey(e.Document) => this with { Numbers = Numbers.Add(e.Document, e.Number) },
        NumberVoided e when e.Number < Next && !Void.Contains(e.Number) => this with { Void = Void.Add(e.Number) },
        _ => throw new UnreachableException($"{@event} cannot follow number {Next - 1}."),
    };
}
