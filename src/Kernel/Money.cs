using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>An amount in whole minor units (tiyn) of one currency. Written <c>18450.00 KZT</c>. Sums overflow loudly and never mix currencies.</summary>
[JsonConverter(typeof(TextValueConverter<Money>))]
public readonly record struct Money(long MinorUnits, Currency Currency) : ITextValue<Money>, IComparable<Money>
{
    /// <summary>The amount alone, with two places: <c>18450.00</c>.</summary>
    public string Amount => DecimalText.Format(MinorUnits, Currency.Places);

    /// <summary>Reads "18450.00 KZT"; the currency may be left out for tenge.</summary>
    public static bool TryParse(string? text, out Money value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        if (!AmountText.TryParse(text, long.MinValue, out var units, out var currency, out refusal)) return false;
        value = new(units, currency);
        return true;
    }

    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + right.Of(left.Currency)), left.Currency);
    public static Money operator -(Money left, Money right) => new(checked(left.MinorUnits - right.Of(left.Currency)), left.Currency);
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => MinorUnits.CompareTo(other.Of(Currency));

    public override string ToString() => $"{Amount} {Currency}";

    private long Of(Currency currency) =>
        Currency == currency ? MinorUnits : throw new InvalidOperationException($"{this} is not an amount in {currency}.");
}
