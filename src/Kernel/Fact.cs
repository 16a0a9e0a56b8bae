using System.Globalization;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>What a fact of a refusal is, so that it can be written in the reader's own language and number format.</summary>
[JsonConverter(typeof(KebabCase<FactKind>))]
public enum FactKind { Text, Number, Money, PricePerTonne, Mass, Share, Instant }

/// <summary>One fact a person needs to understand a refusal. Kept as invariant text, so it can be stored with the answer and given again unchanged.</summary>
public readonly record struct Fact(FactKind Kind, string Value)
{
    public static implicit operator Fact(string value) => new(FactKind.Text, value);
    public static implicit operator Fact(long value) => new(FactKind.Number, value.ToString(CultureInfo.InvariantCulture));
    public static implicit operator Fact(int value) => (long)value;
    public static implicit operator Fact(Money value) => new(FactKind.Money, value.ToString());
    public static implicit operator Fact(PricePerTonne value) => new(FactKind.PricePerTonne, value.ToString());
    public static implicit operator Fact(Mass value) => new(FactKind.Mass, value.ToString());
    public static implicit operator Fact(Share value) => new(FactKind.Share, value.ToString());
    public static implicit operator Fact(DateTimeOffset value) => new(FactKind.Instant, value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
}
