using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not a number of the kind asked for.</summary>
public enum NumberRefusal
{
    /// <summary>Nothing was given.</summary>
    Missing,

    /// <summary>Not digits with at most one decimal point or comma, or longer than 64 characters.</summary>
    NotANumber,

    /// <summary>More decimal places than the unit has; fact: how many it has.</summary>
    TooManyPlaces,

    /// <summary>Below the least value; fact: the least.</summary>
    TooSmall,

    /// <summary>Above the greatest value; fact: the greatest.</summary>
    TooLarge,

    /// <summary>A currency that the house does not keep; fact: those it keeps.</summary>
    UnknownCurrency,
}

/// <summary>
/// Reads and writes decimal text as whole numbers of the smallest unit: kilograms with three places as grams, tenge with two as tiyn. Spaces may group
/// the digits in threes; the one point or comma is always the decimal one, so "12,345" is twelve and a bit in every language, and tenge with three places are refused:
/// whoever writes "45,000" may mean thousands.
/// </summary>
public static class DecimalText
{
    /// <summary>No number is written longer than this, however many spaces and zeros it has.</summary>
    private const int LongestText = 64;

    /// <summary>Beyond 64 bits with any number of places, and still far from the end of 128.</summary>
    private static readonly Int128 TooFar = (Int128)long.MaxValue * 1_000_000_000_000;

    public static bool TryParse(string? text, int places, long least, long greatest, out long units, [NotNullWhen(false)] out Refusal? refusal)
    {
        units = 0;
        refusal = null;
        var written = text.AsSpan().Trim();
        if (written.IsEmpty) return Refuse(NumberRefusal.Missing, out refusal);
        if (written.Length > LongestText) return Refuse(NumberRefusal.NotANumber, out refusal);

        var negative = written[0] is '-' or '−';
        if (negative) written = written[1..];
        var point = written.IndexOfAny('.', ',');
        var whole = point < 0 ? written : written[..point];
        var part = point < 0 ? "" : written[(point + 1)..];
        if (!IsWhole(whole) || (point >= 0 && part.IsEmpty) || part.ContainsAnyExceptInRange('0', '9')) return Refuse(NumberRefusal.NotANumber, out refusal);
        if (part.Length > places) return Refuse(new Refusal(NumberRefusal.TooManyPlaces, places), out refusal);

        Int128 value = 0;
        foreach (var c in whole) value = char.IsAsciiDigit(c) ? Append(value, c - '0') : value;
        foreach (var c in part) value = Append(value, c - '0');
        for (var i = part.Length; i < places; i++) value = Append(value, 0);
        if (negative) value = -value;

        if (value < least) return Refuse(new Refusal(NumberRefusal.TooSmall, Format(least, places)), out refusal);
        if (value > greatest) return Refuse(new Refusal(NumberRefusal.TooLarge, Format(greatest, places)), out refusal);
        units = (long)value;
        return true;
    }

    /// <summary>Digits, either all together or in groups of three with one space before each but the first.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        var grouped = false;
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (c is ' ' or '\u00A0' or '\u202F' or '\u2009' && (grouped ? digits == 3 : digits is >= 1 and <= 3))
            {
                grouped = true;
                digits = 0;
            }
            else
            {
                return false;
            }
        }

        return grouped ? digits == 3 : digits > 0;
    }

    private static Int128 Append(Int128 value, int digit) => Int128.Min((value * 10) + digit, TooFar);

    /// <summary>Always all places, a point, no grouping: 1250000 with 2 places is "12500.00".</summary>
    public static string Format(long units, int places)
    {
        if (places == 0) return units.ToString(CultureInfo.InvariantCulture);
        var (whole, part) = Int128.DivRem(Int128.Abs(units), Scale(places));
        return string.Create(CultureInfo.InvariantCulture, $"{(units < 0 ? "-" : "")}{whole}.{part.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0')}");
    }

    internal static long Scale(int places)
    {
        var scale = 1L;
        for (var i = 0; i < places; i++) scale *= 10;
        return scale;
    }

    private static bool Refuse(Refusal reason, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = reason;
        return false;
    }
}
