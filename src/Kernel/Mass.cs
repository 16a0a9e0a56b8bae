using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>A mass in whole grams, zero or more, at most 9,000,000,000 t. Written in kilograms with three places: <c>20500.000</c>.</summary>
[JsonConverter(typeof(TextValueConverter<Mass>))]
public readonly record struct Mass : ITextValue<Mass>, IComparable<Mass>
{
    private const int Places = 3;

    private Mass(long grams) => Grams = grams;

    public long Grams { get; }

    public const long GramsPerTonne = 1_000_000;

    /// <summary>The greatest mass: 9 × 10¹⁵ g.</summary>
    public static Mass Greatest { get; } = new(9_000_000_000 * GramsPerTonne);

    public static Mass Zero => default;

    /// <exception cref="ArgumentOutOfRangeException">Negative, or above <see cref="Greatest"/>.</exception>
    public static Mass FromGrams(long grams) =>
        grams >= 0 && grams <= Greatest.Grams ? new(grams) : throw new ArgumentOutOfRangeException(nameof(grams), grams, "A mass is from 0 to 9·10¹⁵ g.");

    /// <exception cref="ArgumentOutOfRangeException">Negative, or above <see cref="Greatest"/>.</exception>
    public static Mass FromTonnes(long tonnes) =>
        tonnes is >= 0 and <= 9_000_000_000 ? new(tonnes * GramsPerTonne) : throw new ArgumentOutOfRangeException(nameof(tonnes), tonnes, "A mass is from 0 to 9·10⁹ t.");

    /// <summary>Reads kilograms: "20500", "20 500,5".</summary>
    public static bool TryParse(string? text, out Mass value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var good = DecimalText.TryParse(text, Places, 0, 9_000_000_000 * GramsPerTonne, out var grams, out refusal);
        value = good ? new(grams) : default;
        return good;
    }

    public static Mass operator +(Mass left, Mass right) => FromGrams(left.Grams + right.Grams);
    public static Mass operator -(Mass left, Mass right) => FromGrams(left.Grams - right.Grams);
    public static bool operator <(Mass left, Mass right) => left.Grams < right.Grams;
    public static bool operator >(Mass left, Mass right) => left.Grams > right.Grams;
    public static bool operator <=(Mass left, Mass right) => left.Grams <= right.Grams;
    public static bool operator >=(Mass left, Mass right) => left.Grams >= right.Grams;

    public int CompareTo(Mass other) => Grams.CompareTo(other.Grams);

    public override string ToString() => DecimalText.Format(Grams, Places);
}
