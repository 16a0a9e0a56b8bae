using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ainalym.Journal.Http;

/// <summary>A UUID in the API's JSON: written with hyphens, and read without them too, as payment files and links carry it.</summary>
internal sealed class UuidText : JsonConverter<Guid>
{
    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && (Guid.TryParseExact(text, "D", out var value) || Guid.TryParseExact(text, "N", out value)) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
