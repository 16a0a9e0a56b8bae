using Ainalym.Journal.Data;
using Ainalym.Journal.Http;

namespace Ainalym.Market.Rates;

/// <summary>
/// Kazakhstan's working days: Monday to Friday without the public holidays of <c>data/holidays-kz.csv</c>. A national or state holiday that falls on a Saturday or Sunday makes the next working day a day of
/// rest (Labour Code, Article 84). Rest days that a year's decree moves are not known.
/// </summary>
public static class WorkDays
{
    private static readonly HashSet<DateOnly> RestDays = Read();

    public static bool IsWorkDay(DateOnly day) => !IsWeekend(day) && !RestDays.Contains(day);

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

    private static HashSet<DateOnly> Read()
    {
        var holidays = DataFiles.Rows("holidays-kz.csv").Select(row => (Day: row.Day("date"), Moves: row.Flag("moves"))).OrderBy(holiday => holiday.Day).ToList();
        HashSet<DateOnly> rest = [.. holidays.Select(holiday => holiday.Day)];
        foreach (var (day, _) in holidays.Where(holiday => holiday.Moves && IsWeekend(holiday.Day)))
        {
            var next = day.AddDays(1);
            while (IsWeekend(next) || rest.Contains(next)) next = next.AddDays(1);
            rest.Add(next);
        }

        return rest;
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
