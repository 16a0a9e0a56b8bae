using System.Collections.Frozen;
using Ainalym.Journal.Following;
using Ainalym.Journal.Storage;

namespace Ainalym.Journal;

/// <summary>All kinds of grains of the house, by name.</summary>
public sealed class Kinds(IEnumerable<GrainKind> kinds)
{
    private readonly FrozenDictionary<string, GrainKind> byName = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    public IEnumerable<GrainKind> All => byName.Values;

    /// <summary>Takes <c>market/lot/0192…</c> apart.</summary>
    /// <exception cref="StorageException">No such kind: the journal is newer than this program.</exception>
    public (GrainKind Kind, string Id) Of(string stream)
    {
        var at = stream.LastIndexOf('/');
        return byName.TryGetValue(stream[..at], out var kind)
            ? (kind, stream[(at + 1)..])
            : throw new StorageException($"The journal has the stream '{stream}', whose kind this version of the program does not know.");
    }

    internal Envelope Envelope(StoredEvent e)
    {
        var (kind, id) = Of(e.StreamName);
        return new(e.Position, kind.Name, id, e.Version, e.Name, kind.Catalogue.For(e.Name).Read(e.Data), e.CommandId, e.Caller, DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs));
    }
}
