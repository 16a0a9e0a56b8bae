using System.Globalization;
using Ainalym.Kernel;

namespace Ainalym.Journal.Http;

/// <summary>Writes values for people: digits grouped and the decimal mark by culture, units in the language, times in Kazakhstan's zone.</summary>
public static class FactText
{
    /// <summary>One zone for the whole country since 2024.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    internal static string Write(Texts texts, Fact fact, CultureInfo culture) => fact.Kind switch
    {
        FactKind.Text => fact.Value,
        FactKind.Number => long.Parse(fact.Value, CultureInfo.InvariantCulture).ToString("N0", culture),
        FactKind.Money => Write(TextValue.Parse<Money>(fact.Value), culture),
        FactKind.PricePerTonne => texts.Of("journal.unit.per-tonne", culture, Amount(fact.Value, culture)),
        FactKind.Mass => texts.Of("journal.unit.kilograms", culture, Decimal(fact.Value, culture)),
        FactKind.Share => texts.Of("journal.unit.percent", culture, Decimal(fact.Value, culture)),
        FactKind.Instant => Write(DateTimeOffset.Parse(fact.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), culture),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.Kind, "No way of writing it."),
    };

    /// <summary><c>18 450,00 ₸</c>.</summary>
    public static string Write(Money money, CultureInfo culture) => Amount(money.ToString(), culture);

    /// <summary><c>22.11.2026 14:00:05 (UTC+5)</c>: to the second, with the zone, as deadlines hang on it.</summary>
    public static string Write(DateTimeOffset instant, CultureInfo culture)
    {
        var there = TimeZoneInfo.ConvertTime(instant, Zone);
        return string.Create(culture, $"{Write(DateOnly.FromDateTime(there.DateTime), culture)} {there.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} (UTC{(there.Offset < TimeSpan.Zero ? '-' : '+')}{there.Offset.Duration().ToString(there.Offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture)})");
    }

    /// <summary>Which day it is in Kazakhstan.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>When a day begins in Kazakhstan.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => InZone(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The instant at which clocks in Kazakhstan show so.</summary>
    public static DateTimeOffset InZone(DateTime there) => new(there, Zone.GetUtcOffset(there));

    /// <summary>A day; in English with the month in letters, as the order of figures differs from country to country.</summary>
    public static string Write(DateOnly day, CultureInfo culture) => day.ToString(culture.Code() == "en" ? "d MMM yyyy" : "d", culture);

    private static string Amount(string amountAndCurrency, CultureInfo culture)
    {
        var value = decimal.Parse(amountAndCurrency[..^4], CultureInfo.InvariantCulture).ToString("N2", culture);
        return $"{value}\u00A0{(amountAndCurrency[^3..] == "KZT" ? "₸" : amountAndCurrency[^3..])}";
    }

    private static string Decimal(string value, CultureInfo culture) => decimal.Parse(value, CultureInfo.InvariantCulture).ToString("#,##0.####", culture);
}
