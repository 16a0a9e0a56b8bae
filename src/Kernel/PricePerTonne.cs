using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>A price in whole minor units per tonne, zero or more. Written <c>45000.00 KZT</c>.</summary>
[JsonConverter(typeof(TextValueConverter<PricePerTonne>))]
public readonly record struct PricePerTonne : ITextValue<PricePerTonne>, IComparable<PricePerTonne>
{
    private PricePerTonne(long minorUnits, Currency currency) => (MinorUnits, Currency) = (minorUnits, currency);

    /// <summary>Tiyn per tonne.</summary>
    public long MinorUnits { get; }

    public Currency Currency { get; }

    /// <summary>The number alone, with two places: <c>45000.00</c>.</summary>
    public string Amount => DecimalText.Format(MinorUnits, Currency.Places);

    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static PricePerTonne From(long minorUnits, Currency currency) =>
        minorUnits >= 0 ? new(minorUnits, currency) : throw new ArgumentOutOfRangeException(nameof(minorUnits), minorUnits, "A price is zero or more.");

    /// <summary>Reads "45000.00 KZT"; the currency may be left out for tenge.</summary>
    public static bool TryParse(string? text, out PricePerTonne value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        if (!AmountText.TryParse(text, least: 0, out var units, out var currency, out refusal)) return false;
        value = new(units, currency);
        return true;
    }

    /// <summary>The amount of a lot: mass × price per tonne, rounded once to the minor unit, half away from zero.</summary>
    /// <exception cref="OverflowException">The amount does not fit into 64 bits of minor units.</exception>
    public Money For(Mass mass)
    {
        var exact = (Int128)mass.Grams * MinorUnits;
        var (whole, rest) = Int128.DivRem(exact, Mass.GramsPerTonne);
        return new Money(checked((long)(rest * 2 >= Mass.GramsPerTonne ? whole + 1 : whole)), Currency);
    }

    public static PricePerTonne operator +(PricePerTonne left, PricePerTonne right) => new(checked(left.MinorUnits + right.Of(left.Currency)), left.Currency);
    public static bool operator <(PricePerTonne left, PricePerTonne right) => left.CompareTo(right) < 0;
    public static bool operator >(PricePerTonne left, PricePerTonne right) => left.CompareTo(right) > 0;
    public static bool operator <=(PricePerTonne left, PricePerTonne right) => left.CompareTo(right) <= 0;
    public static bool operator >=(PricePerTonne left, PricePerTonne right) => left.CompareTo(right) >= 0;

    public static PricePerTonne Min(PricePerTonne left, PricePerTonne right) => left <= right ? left : right;

    public static PricePerTonne Max(PricePerTonne left, PricePerTonne right) => left >= right ? left : right;

    public int CompareTo(PricePerTonne other) => MinorUnits.CompareTo(other.Of(Currency));

    public override string ToString() => $"{Amount} {Currency}";

    private long Of(Currency currency) =>
        Currency == currency ? MinorUnits : throw new InvalidOperationException($"{this} is not a price in {currency}.");
}
