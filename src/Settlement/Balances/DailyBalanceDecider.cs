using System.Diagnostics;
using System.Globalization;
using Ainalym.Journal.Http;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Balances;

/// <summary>The rules of a ledger's days: each ends once and when it is over, and each is signed once and in its order.</summary>
public static class DailyBalanceDecider
{
    public static Decision<DailyBalanceEvent> Decide(DailyBalance days, DailyBalanceCommand command, DateTimeOffset now) => (days, command) switch
    {
        (DailyBalance.NotBegun, BeginDays begin) => new DailyBalanceEvent[] { new DaysBegun(begin.Day, now) },
        (DailyBalance.NotBegun, _) => DailyBalanceRefusal.NotBegun,
        (_, BeginDays) => DailyBalanceRefusal.AlreadyBegun,
        (DailyBalance.Running running, EndDay) => End(running, now),
        (DailyBalance.Running running, SignBalance sign) => Sign(running, sign, now),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };

    private static Decision<DailyBalanceEvent> End(DailyBalance.Running days, DateTimeOffset now)
    {
        var over = EndOf(days.Today);
        if (now < over) return new Refusal(DailyBalanceRefusal.DayNotOver, over);
        return new DailyBalanceEvent[] { new DayEnded(days.Today, now) };
    }

    private static Decision<DailyBalanceEvent> Sign(DailyBalance.Running days, SignBalance sign, DateTimeOffset now)
    {
        if (sign.Day >= days.Today) return new Refusal(DailyBalanceRefusal.DayNotOver, EndOf(sign.Day));
        if (sign.Day < days.Unsigned) return DailyBalanceRefusal.AlreadySigned;
        if (sign.Day > days.Unsigned) return new Refusal(DailyBalanceRefusal.EarlierDayUnsigned, days.Unsigned.ToString("O", CultureInfo.InvariantCulture));
        return new DailyBalanceEvent[] { new BalanceSigned(sign.Day, sign.Position, sign.ChainHash, sign.Token, now) };
    }

    /// <summary>Exclusive: at this instant the next day runs.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => FactText.StartOf(day.AddDays(1));
}
