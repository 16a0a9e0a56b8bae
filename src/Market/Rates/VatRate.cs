using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Rates;

/// <summary>A rate of value added tax and since when it holds; a computation keeps the row it used.</summary>
public sealed record VatRate(DateOnly ValidFrom, Share Rate)
{
    private static readonly IReadOnlyList<Row> Rows = [.. DataFiles.Rows("vat-history.csv").Select(row => new Row(row.Day("valid_from"), row.OptionalDay("valid_to"), row.Value<Share>("rate_percent")))];

    /// <summary>The rate of the day, in Kazakhstan, of an instant.</summary>
    /// <exception cref="InvalidOperationException">None was in force, or more than one.</exception>
    public static VatRate At(DateTimeOffset instant)
    {
        var row = Rows.On(FactText.DayOf(instant)).Single();
        return new(row.ValidFrom, row.Rate);
    }

    private sealed record Row(DateOnly ValidFrom, DateOnly? ValidTo, Share Rate) : IDated;
}
