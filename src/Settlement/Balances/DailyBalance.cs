using System.Diagnostics;
using Ainalym.Journal;

namespace Ainalym.Settlement.Balances;

/// <summary>The days of one ledger: which runs now, and from which on the trial balance is not signed yet.</summary>
public abstract record DailyBalance : IState<DailyBalance, DailyBalanceEvent>
{
    private DailyBalance()
    {
    }

    public static DailyBalance Initial { get; } = new NotBegun();

    /// <summary>The ledger has no transfer yet.</summary>
    public sealed record NotBegun : DailyBalance;

    /// <param name="Today">Not over yet.</param>
    /// <param name="Unsigned">The first day without a signed balance; today when none is missing.</param>
    public sealed record Running(DateOnly Today, DateOnly Unsigned) : DailyBalance;

    public DailyBalance Evolve(DailyBalanceEvent @event) => (this, @event) switch
    {
        (NotBegun, DaysBegun e) => new Running(e.Day, e.Day),
        (Running days, DayEnded e) when e.Day == days.Today => days with { Today = e.Day.AddDays(1) },
        (Running days, BalanceSigned e) when e.Day == days.Unsigned && e.Day < days.Today => days with { Unsigned = e.Day.AddDays(1) },
        _ => throw new UnreachableException($"{@event} cannot follow {this}."),
    };
}
