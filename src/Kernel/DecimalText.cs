using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not a number of the kind asked for.</summary>
public enum NumberRefusal
{
    /// <summary>Nothing was given.</summary>
    Missing,

    /// <summary>Not digits with at most one decimal point or comma.</summary>
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
/// Reads and writes decimal text as whole numbers of the smallest unit: kilograms with three places as grams, tenge with two as tiyn. Spaces group digits;
/// the one point or comma is always the decimal one, so "12,345" is twelve and a bit in every language.
/// </summary>
public static class DecimalText
{
    public static bool TryParse(string? text, int places, long least, long greatest, out long units, [NotNullWhen(false)] out Refusal? refusal)
    {
        units = 0;
        refusal = null;
        if (string.IsNullOrWhiteSpace(text)) return Refuse(NumberRefusal.Missing, out refusal);

        var negative = false;
        var seenDigit = false;
        var afterPoint = -1;
        Int128 value = 0;
        foreach (var (i, c) in text.Trim().Index())
        {
            if (c is ' ' or '\u00A0' or '\u202F' && seenDigit && afterPoint < 0) continue;
            if (c is '-' or '−' && i == 0)
            {
                negative = true;
            }
            else if (c is '.' or ',' && afterPoint < 0 && seenDigit)
            {
                afterPoint = 0;
            }
            else if (c is >= '0' and <= '9')
            {
                seenDigit = true;
                if (afterPoint == places)
                {
                    if (c != '0') return Refuse(new Refusal(NumberRefusal.TooManyPlaces, places), out refusal);
                    continue;
                }

                if (afterPoint >= 0) afterPoint++;
                value = (value * 10) + (c - '0');
                if (value > Int128.MaxValue / 100_000_000_000) return Refuse(new Refusal(NumberRefusal.TooLarge, Format(greatest, places)), out refusal);
            }
            else
            {
                return Refuse(NumberRefusal.NotANumber, out refusal);
            }
        }

        if (!seenDigit || afterPoint == 0) return Refuse(NumberRefusal.NotANumber, out refusal);
        for (var i = Math.Max(afterPoint, 0); i < places; i++) value *= 10;
        if (negative) value = -value;

        if (value < least) return Refuse(new Refusal(NumberRefusal.TooSmall, Format(least, places)), out refusal);
        if (value > greatest) return Refuse(new Refusal(NumberRefusal.TooLarge, Format(greatest, places)), out refusal);
        units = (long)value;
        return true;
    }

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
