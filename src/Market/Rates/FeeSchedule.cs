using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Market.Rates;

/// <summary>One line of a fee's arithmetic: so much of the amount, at this rate, gives this fee, rounded to the minor unit, half away from zero.</summary>
/// <param name="ValidFrom">Of the row it was worked out by.</param>
public sealed record FeeLine(DateOnly ValidFrom, Share Rate, Money Of, Money Fee);

/// <summary>The platform's fee: each part of the amount pays the rate of its own band, as a progressive tax does. ILLUSTRATIVE: no tariff is published.</summary>
public static class FeeSchedule
{
    private static readonly IReadOnlyList<Row> Rows = [.. DataFiles.Rows("fee-schedule.csv").Select(row => new Row(
        row.Day("valid_from"), row.OptionalDay("valid_to"), row.Value<Currency>("currency"), row.Optional("up_to") is { } upTo ? row.ValueOf<Money>($"{upTo} {row.Text("currency")}", "up_to") : null, row.Value<Share>("percent")))];

    /// <summary>The fee of an amount on the day, in Kazakhstan, of an instant, line by line; their sum is the fee.</summary>
    /// <exception cref="InvalidOperationException">The bands in force do not cover the amount.</exception>
    public static IReadOnlyList<FeeLine> Of(Money amount, DateTimeOffset at)
    {
        var lines = new List<FeeLine>();
        var below = new Money(0, amount.Currency);
        foreach (var row in Rows.On(FactText.DayOf(at)).Where(row => row.Currency == amount.Currency))
        {
            var upTo = row.UpTo is { } bound && bound < amount ? bound : amount;
            if (upTo > below) lines.Add(new(row.ValidFrom, row.Rate, upTo - below, row.Rate.Of(upTo - below)));
            below = upTo > below ? upTo : below;
        }

        return below >= amount ? lines : throw new InvalidOperationException($"The fee schedule of {FactText.DayOf(at):O} does not cover {amount}.");
    }

    private sealed record Row(DateOnly ValidFrom, DateOnly? ValidTo, Currency Currency, Money? UpTo, Share Rate) : IDated;
}
