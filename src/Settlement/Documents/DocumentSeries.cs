using System.Collections.Immutable;
using System.Diagnostics;
using Ainalym.Journal;

namespace Ainalym.Settlement.Documents;

/// <summary>The numbers of one series in one year: 1, 2, 3 without a gap. A number once given stays listed; one that should not have been given is void, with the reason.</summary>
/// <param name="Numbers">Which document has which number.</param>
/// <param name="Replaced">Void numbers that were issued anew, with the number in their place.</param>
public sealed record DocumentSeries(ImmutableDictionary<Guid, long> Numbers, ImmutableHashSet<long> Void, ImmutableDictionary<long, long> Replaced) : IState<DocumentSeries, DocumentSeriesEvent>
{
    public static DocumentSeries Initial { get; } = new(ImmutableDictionary<Guid, long>.Empty, [], ImmutableDictionary<long, long>.Empty);

    public long Next => Numbers.Count + 1;

    public DocumentSeries Evolve(DocumentSeriesEvent @event) => @event switch
    {
        DocumentIssued { InPlaceOf: { } old } when !Void.Contains(old) || Replaced.ContainsKey(old) => throw new UnreachableException($"{@event} cannot stand in the place of number {old}."),
        DocumentIssued e when e.Number == Next && !Numbers.ContainsKey(e.Document) => this with { Numbers = Numbers.Add(e.Document, e.Number), Replaced = e.InPlaceOf is { } old ? Replaced.Add(old, e.Number) : Replaced },
        NumberVoided e when e.Number < Next && !Void.Contains(e.Number) => this with { Void = Void.Add(e.Number) },
        _ => throw new UnreachableException($"{@event} cannot follow number {Next - 1}."),
    };
}
