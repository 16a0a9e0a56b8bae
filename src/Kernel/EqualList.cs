using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>A list that equals another when their items do, one by one: for records that are compared as values. Written as a JSON array.</summary>
[JsonConverter(typeof(EqualListJson))]
public sealed class EqualList<T>(ImmutableArray<T> items) : IReadOnlyList<T>, IEquatable<EqualList<T>>
{
    private readonly ImmutableArray<T> items = items.IsDefault ? [] : items;

    public static EqualList<T> Empty { get; } = new([]);

    public int Count => items.Length;

    public T this[int index] => items[index];

    public EqualList<T> With(T item) => new(items.Add(item));

    public bool Equals(EqualList<T>? other) => other is not null && items.SequenceEqual(other.items);

    public override bool Equals(object? obj) => Equals(obj as EqualList<T>);

    public override int GetHashCode() => items.Length;

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Finds the converter for a list's kind of item.</summary>
public sealed class EqualListJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(EqualList<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<EqualList<T>>
    {
        public override EqualList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new([.. (T[])(JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(typeof(T[]))) ?? throw new JsonException("A list is null."))]);

        public override void Write(Utf8JsonWriter writer, EqualList<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.ToArray(), options.GetTypeInfo(typeof(T[])));
    }
}
