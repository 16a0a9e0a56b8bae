using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>A value with one canonical text: <c>ToString</c> writes it, <c>TryParse</c> reads it and its everyday spellings, or says why not.</summary>
public interface ITextValue<TSelf>
    where TSelf : struct, ITextValue<TSelf>
{
    static abstract bool TryParse(string? text, out TSelf value, [NotNullWhen(false)] out Refusal? refusal);
}

/// <summary>Shared by all <see cref="ITextValue{TSelf}"/> types.</summary>
public static class TextValue
{
    /// <summary>For texts known to be good: constants, the journal, data files.</summary>
    /// <exception cref="FormatException">The text is not such a value; the message names it and the reason.</exception>
    public static T Parse<T>(string? text)
        where T : struct, ITextValue<T> =>
        T.TryParse(text, out var value, out var refusal) ? value : throw new FormatException($"'{text}' is not a {typeof(T).Name}: {refusal}.");
}

/// <summary>A text in JSON that is not such a value, with the reason for whoever sent it.</summary>
public sealed class RefusedTextException(Refusal refusal) : JsonException(refusal.ToString())
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>A text value is its canonical text in JSON. It may also be the key of a dictionary.</summary>
public sealed class TextValueConverter<T> : JsonConverter<T>
    where T : struct, ITextValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), out var value, out var refusal) ? value : throw new RefusedTextException(refusal);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);
}
