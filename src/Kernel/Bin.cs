using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not a business or individual identification number.</summary>
public enum BinRefusal
{
    Missing,

    /// <summary>Something other than twelve digits.</summary>
    NotTwelveDigits,

    /// <summary>The last digit does not follow from the eleven before it.</summary>
    CheckDigit,

    /// <summary>No number has these digits: both passes give 10, or all are zero.</summary>
    CannotExist,
}

/// <summary>
/// A business (БИН) or individual (ЖСН/ИИН) identification number: twelve digits, the last one a check digit: the sum of digit × weight over the first eleven,
/// modulo 11, with weights 1…11; if that is 10, again with 3…11, 1, 2; if that is 10 too, the number cannot exist. Blanks make no difference.
/// </summary>
[JsonConverter(typeof(TextValueConverter<Bin>))]
public readonly record struct Bin : ITextValue<Bin>
{
    private const string Zeros = "000000000000";

    private readonly string? digits;

    private Bin(string digits) => this.digits = digits;

    /// <summary>A person's number: months stand in digits 3–4 and the day in 5–6, where a legal entity has 4 or more in digit 5.</summary>
    public bool IsIndividual => ToString()[4] < '4';

    public static bool TryParse(string? text, out Bin value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        refusal = null;
        var digits = text is null ? "" : new string([.. text.Where(c => !char.IsWhiteSpace(c))]);
        if (digits.Length == 0) refusal = BinRefusal.Missing;
        else if (digits.Length != 12 || !digits.All(char.IsAsciiDigit)) refusal = BinRefusal.NotTwelveDigits;
        else if (digits == Zeros || CheckDigit(digits) is not { } check) refusal = BinRefusal.CannotExist;
        else if (check != digits[11] - '0') refusal = BinRefusal.CheckDigit;
        else value = new(digits);

        return refusal is null;
    }

    public override string ToString() => digits ?? Zeros;

    /// <summary>The check digit that these first eleven digits ask for; none when the number cannot exist.</summary>
    public static int? CheckDigit(ReadOnlySpan<char> elevenDigits)
    {
        var first = Sum(elevenDigits, shift: 0);
        if (first < 10) return first;
        var second = Sum(elevenDigits, shift: 2);
        return second < 10 ? second : null;
    }

    private static int Sum(ReadOnlySpan<char> digits, int shift)
    {
        var sum = 0;
        for (var i = 0; i < 11; i++) sum += (digits[i] - '0') * (((i + shift) % 11) + 1);
        return sum % 11;
    }
}
