using System.Globalization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Front.Pages;

/// <summary>The front's texts, and values as the reader of this request writes them.</summary>
public sealed class Say(Texts texts)
{
    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary><c>kk</c>, <c>ru</c> or <c>en</c>.</summary>
    public string Language => Culture.Code();

    /// <param name="key">Without the front's own name in front: <c>board.title</c>.</param>
    public string this[string key] => texts.Of("front." + key, Culture);

    public string With(string key, params ReadOnlySpan<Fact> facts) => texts.Of("front." + key, Culture, facts);

    public string Why(Refusal refusal) => texts.Of(refusal, Culture);

    public string Value(Fact fact) => texts.Write(fact, Culture);

    /// <summary>A text of another module, by its whole key: <c>market.status.open</c>.</summary>
    public string Of(string key) => texts.Of(key, Culture);

    /// <summary>A price per tonne stored as minor units.</summary>
    public string Price(long minorUnits, string currency) => Value(PricePerTonne.From(minorUnits, CurrencyOf(currency)));

    /// <summary>What so much costs at that price per tonne.</summary>
    public string Amount(long minorUnits, string currency, long grams) => Value(PricePerTonne.From(minorUnits, CurrencyOf(currency)).For(Ainalym.Kernel.Mass.FromGrams(grams)));

    /// <summary>What a price per tonne looks like, with a place for the amount.</summary>
    public string PerTonne => texts.Of("journal.unit.per-tonne", Culture, "{0}");

    /// <summary>A mass for a list: tonnes with at most two places.</summary>
    public string Tonnes(long grams) => With("lot.tonnes", ((decimal)grams / Ainalym.Kernel.Mass.GramsPerTonne).ToString("#,##0.##", Culture));

    /// <summary>A whole number, its digits grouped.</summary>
    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>How many points are taken off for one: <c>1,5</c>.</summary>
    public string Factor(decimal factor) => factor.ToString("0.##", Culture);

    /// <summary>An amount of money stored as minor units.</summary>
    public string Money(long minorUnits, string currency) => Value(new Money(minorUnits, CurrencyOf(currency)));

    public string Mass(long grams) => Value(Ainalym.Kernel.Mass.FromGrams(grams));

    /// <summary>A moment stored as Unix milliseconds.</summary>
    public string Time(long unixMs) => FactText.Write(DateTimeOffset.FromUnixTimeMilliseconds(unixMs), Culture);

    /// <summary>A moment to the minute, for lists.</summary>
    public string Minute(long unixMs) => Short(unixMs, "HH:mm");

    /// <summary>A moment to the second, for a history.</summary>
    public string Second(long unixMs) => Short(unixMs, "HH:mm:ss");

    /// <summary>A day stored as <c>yyyy-MM-dd</c>.</summary>
    public string Day(string day) => Day(DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture));

    /// <summary>A day and a month, for axes.</summary>
    public string ShortDay(DateOnly day) => day.ToString(Language == "en" ? "d MMM" : "dd.MM", Culture);

    public string Day(DateOnly day) => FactText.Write(day, Culture);

    private static Currency CurrencyOf(string code) =>
        Currency.TryParse(code, out var currency, out var refusal) ? currency : throw new FormatException($"'{code}' is no currency of the house: {refusal}.");

    private string Short(long unixMs, string time)
    {
        var there = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(unixMs), FactText.Zone);
        return $"{there.ToString(Language == "en" ? "d MMM" : "dd.MM", Culture)} {there.ToString(time, CultureInfo.InvariantCulture)}";
    }
}
