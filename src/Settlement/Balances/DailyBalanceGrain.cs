using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Balances;

public static class DailyBalanceGrain
{
    /// <summary>The days of one ledger, called by its currency (<c>settlement/daily-balance/KZT</c>): two events a day. The name is stored with every event and never changes.</summary>
    public static readonly GrainKind<DailyBalance, DailyBalanceCommand, DailyBalanceEvent, DailyBalanceRefusal> Kind = new(
        Name: DailyBalanceRows.KindName,
        Initial: DailyBalance.Initial,
        Decide: DailyBalanceDecider.Decide,
        Permission: (_, caller) => caller.Is(Roles.House),
        Events:
        [
            EventName.Of("settlement.days-begun.v1", SettlementJson.Default.DaysBegun),
            EventName.Of("settlement.day-ended.v1", SettlementJson.Default.DayEnded),
            EventName.Of("settlement.balance-signed.v1", SettlementJson.Default.BalanceSigned),
        ],
        Commands: SettlementJson.Default.DailyBalanceCommand,
        Rows: DailyBalanceRows.From,
        RowTables: [DailyBalanceRows.Balances],
        Said: SignBalance.Said,
        OnReminder: (commandId, _, due) => new EndDay(commandId, due),
        RefusalsRemembered: true);
}
