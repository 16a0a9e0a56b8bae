using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>A part of a whole, from 0 to 100 percent, kept in ten-thousandths of a percent. Written in percent: <c>2.5000</c>.</summary>
[JsonConverter(typeof(TextValueConverter<Share>))]
public readonly record struct Share : ITextValue<Share>, IComparable<Share>
{
    private const int Places = 4;

    private Share(long millionths) => Millionths = millionths;

    /// <summary>From 0 to 1,000,000.</summary>
    public long Millionths { get; }

    /// <summary>From 0 to 1.</summary>
    public decimal Fraction => Millionths / 1_000_000m;

    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1,000,000.</exception>
    public static Share FromMillionths(long millionths) =>
        millionths is >= 0 and <= 1_000_000 ? new(millionths) : throw new ArgumentOutOfRangeException(nameof(millionths), millionths, "A share is from 0 to 1,000,000 millionths.");

    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 100.</exception>
    public static Share FromPercent(int percent) => FromMillionths(percent * 10_000L);

    /// <summary>Reads percent: "2.5", "2,5 %".</summary>
    public static bool TryParse(string? text, out Share value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var number = text?.TrimEnd() is [.. var percent, '%'] ? percent : text;
        var good = DecimalText.TryParse(number, Places, 0, 1_000_000, out var millionths, out refusal);
        value = good ? new(millionths) : default;
        return good;
    }

    /// <summary>The part of an amount, rounded once to the minor unit, half away from zero.</summary>
    public Money Of(Money whole)
    {
        var (part, rest) = Int128.DivRem((Int128)whole.MinorUnits * Millionths, 1_000_000);
        return new((long)(Int128.Abs(rest) * 2 >= 1_000_000 ? part + Int128.Sign(rest) : part), whole.Currency);
    }

    /// <summary>The part of a mass, rounded once to the gram, half away from zero.</summary>
    public Mass Of(Mass whole)
    {
        var (part, rest) = Int128.DivRem((Int128)whole.Grams * Millionths, 1_000_000);
        return Mass.FromGrams((long)(rest * 2 >= 1_000_000 ? part + 1 : part));
    }

    public int CompareTo(Share other) => Millionths.CompareTo(other.Millionths);

    public override string ToString() => DecimalText.Format(Millionths, Places);
}
