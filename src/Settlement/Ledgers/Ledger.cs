using System.Collections.Immutable;
using System.Diagnostics;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>Money set aside on two accounts, waiting to be posted or let go.</summary>
public sealed record Held(AccountId Debit, AccountId Credit, long MinorUnits, TransferPurpose Purpose, string Reference, DateTimeOffset? ExpiresAt);

/// <summary>
/// The ledger of one currency, after the model of two-phase transfers: every transfer debits one account and credits another, at once or in two steps. An account that
/// nothing has touched is not in it. What is over is in the rows, so that the state stays as small as what is still open.
/// </summary>
/// <param name="Currency">Of the first transfer; null before it.</param>
/// <param name="Number">How many events there were; the next is one more.</param>
public sealed record Ledger(Currency? Currency, long Number, AccountMap Accounts, ImmutableDictionary<TransferId, Held> Holds) : IState<Ledger, LedgerEvent>
{
    public static Ledger Initial { get; } = new(Currency: null, Number: 0, AccountMap.Empty, ImmutableDictionary<TransferId, Held>.Empty);

    /// <summary>All zero for an account that nothing has touched.</summary>
    public Balance this[AccountId account] => Accounts[account];

    public Ledger Evolve(LedgerEvent @event) => @event switch
    {
        TransferPosted e => With(
            e.Amount.Currency,
            e.Debit, Checked(e.Debit, this[e.Debit].Post(Side.Debit, e.Amount.MinorUnits, Number + 1), e.DebitBalance),
            e.Credit, Checked(e.Credit, this[e.Credit].Post(Side.Credit, e.Amount.MinorUnits, Number + 1), e.CreditBalance),
            Holds),
        TransferHeld e => With(
            e.Amount.Currency,
            e.Debit, this[e.Debit].Hold(Side.Debit, e.Amount.MinorUnits),
            e.Credit, this[e.Credit].Hold(Side.Credit, e.Amount.MinorUnits),
            Holds.Add(e.Id, new Held(e.Debit, e.Credit, e.Amount.MinorUnits, e.Purpose, e.Reference, e.ExpiresAt))),
        HoldPosted e => With(
            e.Amount.Currency,
            e.Debit, Checked(e.Debit, this[e.Debit].LetGo(Side.Debit, e.Held.MinorUnits).Post(Side.Debit, e.Amount.MinorUnits, Number + 1), e.DebitBalance),
            e.Credit, Checked(e.Credit, this[e.Credit].LetGo(Side.Credit, e.Held.MinorUnits).Post(Side.Credit, e.Amount.MinorUnits, Number + 1), e.CreditBalance),
            Without(e.Id, e.Held)),
        HoldVoided e => LetGo(e.Id, e.Debit, e.Credit, e.Held),
        HoldExpired e => LetGo(e.Id, e.Debit, e.Credit, e.Held),
        _ => throw new UnreachableException($"{@event.GetType().Name} cannot follow in a ledger."),
    };

    private Ledger LetGo(TransferId id, AccountId debit, AccountId credit, Money held) => With(
        held.Currency, debit, this[debit].LetGo(Side.Debit, held.MinorUnits), credit, this[credit].LetGo(Side.Credit, held.MinorUnits), Without(id, held));

    private Ledger With(Currency currency, AccountId debit, Balance debited, AccountId credit, Balance credited, ImmutableDictionary<TransferId, Held> holds) =>
        new(currency, Number + 1, Accounts.With(debit, debited, credit, credited), holds);

    private ImmutableDictionary<TransferId, Held> Without(TransferId id, Money held) =>
        Holds.TryGetValue(id, out var found) && found.MinorUnits == held.MinorUnits ? Holds.Remove(id) : throw new UnreachableException($"The ledger does not hold {held} as {id}.");

    private static Balance Checked(AccountId account, Balance after, Money said) =>
        after.Posted == said.MinorUnits ? after : throw new UnreachableException($"{account} comes to {after.Posted}, not to {said}.");
}
