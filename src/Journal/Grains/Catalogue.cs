using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ainalym.Journal;

/// <summary>A released event: its public name, which never changes, and how it is read. Old versions are read through one pure upcaster.</summary>
public abstract class EventName
{
    private EventName(string name, Type type, bool current) => (Name, Type, Current) = (name, type, current);

    /// <summary><c>market.bid-placed.v1</c>.</summary>
    public string Name { get; }

    /// <summary>The record that it was released as.</summary>
    public Type Type { get; }

    /// <summary>Still written; an old version is only read.</summary>
    public bool Current { get; }

    public abstract byte[] Write(object @event);

    /// <summary>The event as the deciders know it today.</summary>
    public abstract object Read(ReadOnlySpan<byte> json);

    public static EventName Of<T>(string name, JsonTypeInfo<T> json)
        where T : class => new Released<T>(name, json, upcast: null);

    /// <summary>A version that is no longer written: the upcaster makes today's event of it, from the event alone.</summary>
    public static EventName Old<T>(string name, JsonTypeInfo<T> json, Func<T, object> upcast)
        where T : class => new Released<T>(name, json, upcast);

    private sealed class Released<T>(string name, JsonTypeInfo<T> json, Func<T, object>? upcast) : EventName(name, typeof(T), upcast is null)
        where T : class
    {
        public override byte[] Write(object @event) => JsonSerializer.SerializeToUtf8Bytes((T)@event, json);

        public override object Read(ReadOnlySpan<byte> text)
        {
            var read = JsonSerializer.Deserialize(text, json) ?? throw new JsonException($"{Name} is null in the journal.");
            return upcast is null ? read : upcast(read);
        }
    }
}

/// <summary>The events of one kind, by name and by type.</summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, EventName> byName;
    private readonly FrozenDictionary<Type, EventName> byType;

    /// <exception cref="ArgumentException">A name or a written type stands twice.</exception>
    public Catalogue(string kind, IReadOnlyList<EventName> events)
    {
        Kind = kind;
        Events = events;
        byName = events.ToDictionary(name => name.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
        byType = events.Where(name => name.Current).ToDictionary(name => name.Type).ToFrozenDictionary();
    }

    public string Kind { get; }

    public IReadOnlyList<EventName> Events { get; }

    public EventName For(Type type) =>
        byType.TryGetValue(type, out var name) ? name : throw new InvalidOperationException($"{type.Name} is not in the catalogue of {Kind}.");

    public EventName For(string name) =>
        byName.TryGetValue(name, out var known) ? known : throw new InvalidOperationException($"The journal holds '{name}', which {Kind} does not know: is a newer version of the house running on it?");
}
