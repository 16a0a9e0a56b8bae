using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Ainalym.Kernel;

/// <summary>Why a text is not an obligation year.</summary>
public enum ObligationYearRefusal
{
    Missing,

    /// <summary>Not a year from 2016, when the obligation began, to 2100.</summary>
    NotAYear,
}

/// <summary>The calendar year that an extended-producer-responsibility obligation belongs to, from 2016 (the system's first year) to 2100.</summary>
[JsonConverter(typeof(TextValueConverter<ObligationYear>))]
public readonly record struct ObligationYear : ITextValue<ObligationYear>, IComparable<ObligationYear>
{
    private ObligationYear(int year) => Year = year;

    public int Year { get; }

    /// <summary>366 in leap years.</summary>
    public int Days => DateTime.IsLeapYear(Year) ? 366 : 365;

    public static bool TryParse(string? text, out ObligationYear value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = default;
        refusal = null;
        if (string.IsNullOrWhiteSpace(text)) refusal = ObligationYearRefusal.Missing;
        else if (text.Trim() is not { Length: 4 } digits || !digits.All(char.IsAsciiDigit) || int.Parse(digits, CultureInfo.InvariantCulture) is not (>= 2016 and <= 2100 and var year)) refusal = ObligationYearRefusal.NotAYear;
        else value = new(year);

        return refusal is null;
    }

    public int CompareTo(ObligationYear other) => Year.CompareTo(other.Year);

    public override string ToString() => Year.ToString(CultureInfo.InvariantCulture);
}
