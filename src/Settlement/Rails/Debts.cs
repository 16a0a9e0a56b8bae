using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Rails;

/// <summary>What organisations owe the house, as a rail took back money that they had used already. It is taken from what they have as soon as something is free, and before any of it leaves the house.</summary>
public sealed class Debts(IGrains grains, LedgerQueries ledgers, JournalClock clock)
{
    private const int Attempts = 5;

    /// <summary>Takes what is owed by those of them who owe anything, and asks once who does.</summary>
    public async Task Collect(IEnumerable<Guid> organisations, Currency currency, CancellationToken ct)
    {
        var debtors = await ledgers.Debtors(currency, ct);
        foreach (var debtor in organisations.Distinct().Where(debtors.Contains)) await Collect(debtor, currency, ct);
    }

    /// <summary>Takes what is owed from what is free. Safe to do twice, and at once: the account of the debt may not go above zero.</summary>
    /// <returns>What is still owed.</returns>
    public async Task<Money> Collect(Guid organisation, Currency currency, CancellationToken ct)
    {
        var (debt, own) = (AccountId.Owed(organisation), AccountId.Available(organisation));
        for (var attempt = 1; ; attempt++)
        {
            var balances = (await ledgers.Accounts(currency, [debt, own], ct)).ToDictionary(row => row.Account, row => row.Balance, StringComparer.Ordinal);
            var owed = balances.GetValueOrDefault(debt.ToString()).Room;
            var part = Math.Min(owed, balances.GetValueOrDefault(own.ToString()).Free);
            if (part <= 0 || attempt > Attempts) return new(owed, currency);
            var pay = new TransferOrder.Post(own, debt, new Money(part, currency), TransferPurpose.TakenBack, organisation.ToString("N"));
            var receipt = await grains.Handle(LedgerGrain.Kind, currency.Code, new MakeTransfers(CommandIds.New(clock.Time), [pay]), Caller.House, ct);

            // Somebody moved money between the look and the order: look again.
            if (receipt.Refusal is { Code: not (LedgerRefusal.InsufficientFunds or LedgerRefusal.CeilingExceeded) } refusal)
                throw new InvalidOperationException($"The debt of organisation {organisation} was not collected: {refusal}.");
        }
    }
}

/// <summary>
/// Collects a debt when it comes to be, and whenever something comes into its debtor's wallet or is free in it again, wherever it comes from. Hardly anybody owes anything, so who does is asked once a
/// page and not of every wallet.
/// </summary>
public sealed class DebtFollower(Debts debts) : Follower("settlement/debts")
{
    public override async Task Handle(IReadOnlyList<Envelope> page, CancellationToken ct)
    {
        foreach (var ledger in page.Where(envelope => Touched(envelope) is not null).GroupBy(envelope => envelope.Id, StringComparer.Ordinal))
            await debts.Collect(ledger.Select(envelope => Touched(envelope)!.Value), TextValue.Parse<Currency>(ledger.Key), ct);
    }

    public override Task Handle(Envelope envelope, CancellationToken ct) => Handle([envelope], ct);

    /// <summary>Whose wallet or debt the event has made larger, if any.</summary>
    private static Guid? Touched(Envelope envelope) => envelope.Event is TransferPosted { Debit: { Kind: AccountKind.Owed } owed } ? owed.Owner : Wallets.Grown(envelope.Event);
}
