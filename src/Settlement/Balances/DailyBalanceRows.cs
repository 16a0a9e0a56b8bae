using System.Globalization;
using Ainalym.Journal;
using Ainalym.Journal.Following;

namespace Ainalym.Settlement.Balances;

/// <summary>The rows that commit with the days of a ledger: what was signed, and the reminder of the running day's end.</summary>
public static class DailyBalanceRows
{
    internal const string KindName = "settlement/daily-balance";
    private const string EndOfDay = "end-of-day";

    public static RowTable Balances { get; } = new("daily_balances", ["currency", "day"], ["position", "chain_hash", "token", "at_ms"]);

    private static readonly RowShape Balance = Balances.Added();

    public static IEnumerable<Row> From(string currency, DailyBalance after, IReadOnlyList<Recorded<DailyBalanceEvent>> events)
    {
        foreach (var (_, _, _, @event) in events)
            if (@event is BalanceSigned e) yield return Balance.Row(currency, e.Day.ToString("O", CultureInfo.InvariantCulture), e.Position, e.ChainHash, e.Token, e.At);
        if (after is DailyBalance.Running { Today: var today }) yield return Reminder.At(KindName, currency, EndOfDay, DailyBalanceDecider.EndOf(today));
    }
}
