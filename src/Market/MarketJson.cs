using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Ainalym.Journal.Http;
using Ainalym.Kernel;
using Ainalym.Market.Lots;

namespace Ainalym.Market;

/// <summary>How the market writes its events, commands and states. What is released here is read for ever; a field that is missing is an error, so nothing is left out when it is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Lot))]
[JsonSerializable(typeof(LotCommand))]
[JsonSerializable(typeof(LotListed))]
[JsonSerializable(typeof(LotChanged))]
[JsonSerializable(typeof(BidPlaced))]
[JsonSerializable(typeof(SealedBidPlaced))]
[JsonSerializable(typeof(GuaranteeWithdrawn))]
[JsonSerializable(typeof(LotFrozen))]
[JsonSerializable(typeof(LotResumed))]
[JsonSerializable(typeof(LotAwarded))]
[JsonSerializable(typeof(LotUnsold))]
[JsonSerializable(typeof(LotCancelled))]
[JsonSerializable(typeof(AuditDocument))]
internal sealed partial class MarketJson : JsonSerializerContext
{
    /// <summary>The same, with letters of every script as they are: for what holds people's words.</summary>
    public static MarketJson Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}

/// <summary>A member of an enum in an address: <c>fixed-price</c>. Its parameter has the last word of the enum's name: <c>format</c> for <see cref="LotFormat"/>.</summary>
public readonly record struct Named<T>(T Value)
    where T : struct, Enum
{
    private static readonly string Field = KebabCase.NameOf(typeof(T).Name).Split('-')[^1];

    /// <exception cref="RefusedRequest">Not one of the names; the refusal lists them.</exception>
    public static bool TryParse(string? text, out Named<T> named)
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (KebabCase.Name(value) != text) continue;
            named = new(value);
            return true;
        }

        throw new RefusedRequest(new Refusal(RequestRefusal.NotInList, string.Join(", ", Enum.GetValues<T>().Select(KebabCase.Name))).About(Field));
    }

    /// <summary>As an address may leave it out, or a form leave it empty.</summary>
    public static T? ParseOptional(string? text) => string.IsNullOrEmpty(text) ? null : TryParse(text, out var named) ? named.Value : null;
}

/// <summary>A price's canonical text, written without garbage: for the one event that comes by the ten thousand a second.</summary>
public sealed class PriceText : JsonConverter<PricePerTonne>
{
    public override PricePerTonne Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped) return Slowly(reader.GetString());
        var text = reader.ValueSpan;
        var point = text.IndexOf((byte)'.');
        if (point < 1 || text.Length != point + 7 || !System.Buffers.Text.Utf8Parser.TryParse(text[..point], out long whole, out var read) || read != point
            || !System.Buffers.Text.Utf8Parser.TryParse(text.Slice(point + 1, 2), out byte part, out read) || read != 2
            || Known(text[(point + 3)..]) is not { } currency || whole is < 0 or > 90_000_000_000_000_000)
            return Slowly(reader.GetString());

        return PricePerTonne.From((whole * 100) + part, currency);
    }

    public override void Write(Utf8JsonWriter writer, PricePerTonne value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32];
        var (whole, part) = Math.DivRem(value.MinorUnits, 100);
        System.Buffers.Text.Utf8Formatter.TryFormat(whole, text, out var length);
        text[length++] = (byte)'.';
        text[length++] = (byte)('0' + (part / 10));
        text[length++] = (byte)('0' + (part % 10));
        text[length++] = (byte)' ';
        foreach (var letter in value.Currency.Code) text[length++] = (byte)letter;
        writer.WriteStringValue(text[..length]);
    }

    private static Currency? Known(ReadOnlySpan<byte> text) =>
        text.SequenceEqual(" KZT"u8) ? Currency.Kzt : text.SequenceEqual(" USD"u8) ? Currency.Usd : text.SequenceEqual(" EUR"u8) ? Currency.Eur : null;

    private static PricePerTonne Slowly(string? text) =>
        PricePerTonne.TryParse(text, out var price, out var refusal) ? price : throw new JsonException(refusal.ToString());
}
