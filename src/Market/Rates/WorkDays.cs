using Ainalym.Journal.Data;
using Ainalym.Journal.Http;

namespace Ainalym.Market.Rates;

/// <summary>Kazakhstan's working days: Monday to Friday without the public holidays of <c>data/holidays-kz.csv</c>. Rest days that a year's decree moves are not known.</summary>
public static class WorkDays
{
    private static readonly HashSet<DateOnly> Holidays = [.. DataFiles.Rows("holidays-kz.csv").Select(row => row.Day("date"))];

    public static bool IsWorkDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(day);

    /// <summary>The end of the last of so many whole working days after the day of <paramref name="from"/>: the first instant, in Kazakhstan, at which it is late.</summary>
    /// <param name="days">From 1.</param>
    public static DateTimeOffset After(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var day = FactText.DayOf(from);
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkDay(day)) left--;
        }

        return FactText.StartOf(day.AddDays(1));
    }
}
