using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not a waste code, or not one that may be used.</summary>
public enum WasteCodeRefusal
{
    Missing,

    /// <summary>Not six digits, with or without a blank or a point between the pairs and an asterisk at the end.</summary>
    NotSixDigits,

    /// <summary>Well formed, but not in the classifier in force on that day; fact: the code.</summary>
    Unknown,

    /// <summary>Written with an asterisk though the entry is not hazardous, or the other way round; fact: the entry as the classifier writes it.</summary>
    HazardMark,
}

/// <summary>
/// A six-digit code of the Waste Classifier (Order No. 314 of 06.08.2021): group, subgroup, type, and an asterisk for hazardous waste. Only the form is
/// checked here; whether the entry exists is the code list's to say. Written <c>15 01 02</c> or <c>16 06 01*</c>.
/// </summary>
[JsonConverter(typeof(TextValueConverter<WasteCode>))]
public readonly record struct WasteCode : ITextValue<WasteCode>
{
    private readonly string? digits;

    private WasteCode(string digits, bool marked) => (this.digits, Marked) = (digits, marked);

    /// <summary>Six digits without blanks: <c>150102</c>.</summary>
    public string Digits => digits ?? "000000";

    /// <summary>Written with the asterisk of hazardous waste.</summary>
    public bool Marked { get; }

    public static bool TryParse(string? text, out WasteCode value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        refusal = null;
        var written = text?.Trim() ?? "";
        if (written.Length == 0)
        {
            refusal = WasteCodeRefusal.Missing;
            return false;
        }

        var marked = written[^1] == '*';
        if (SixDigits(marked ? written.AsSpan(..^1).TrimEnd() : written) is not { } digits)
        {
            refusal = WasteCodeRefusal.NotSixDigits;
            return false;
        }

        value = new(digits, marked);
        return true;
    }

    public bool Equals(WasteCode other) => Digits == other.Digits && Marked == other.Marked;

    public override int GetHashCode() => HashCode.Combine(Digits, Marked);

    public override string ToString() => $"{Digits[..2]} {Digits[2..4]} {Digits[4..]}{(Marked ? "*" : "")}";

    /// <summary>Three pairs of digits; one blank or point may stand between two pairs.</summary>
    private static string? SixDigits(ReadOnlySpan<char> written)
    {
        Span<char> digits = stackalloc char[6];
        var count = 0;
        var blank = false;
        foreach (var c in written)
        {
            if (char.IsAsciiDigit(c) && count < 6)
            {
                digits[count++] = c;
                blank = false;
            }
            else if (c is ' ' or '.' or '\u00A0' && count is 2 or 4 && !blank)
            {
                blank = true;
            }
            else
            {
                return null;
            }
        }

        return count == 6 ? new string(digits) : null;
    }
}
