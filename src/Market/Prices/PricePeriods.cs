using Ainalym.Journal.Http;

namespace Ainalym.Market.Prices;

/// <summary>How long a period of the price history is.</summary>
public enum PriceStep { Day, Week, Month }

/// <summary>The last periods up to an instant, oldest first, by the calendar of Kazakhstan; the last one has not ended.</summary>
/// <param name="Starts">The first day of each.</param>
public sealed record PricePeriods(IReadOnlyList<DateOnly> Starts)
{
    public static PricePeriods UpTo(DateTimeOffset now, PriceStep step)
    {
        var today = FactText.DayOf(now);
        return new(step switch
        {
            PriceStep.Day => [.. Back(30).Select(n => today.AddDays(-n))],
            PriceStep.Week => [.. Back(26).Select(n => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)).AddDays(-7 * n))],
            _ => [.. Back(12).Select(n => new DateOnly(today.Year, today.Month, 1).AddMonths(-n))],
        });
    }

    /// <summary>When each begins, in Unix milliseconds.</summary>
    public IEnumerable<long> StartsMs => Starts.Select(day => FactText.StartOf(day).ToUnixTimeMilliseconds());

    private static IEnumerable<int> Back(int count) => Enumerable.Range(0, count).Reverse();
}
