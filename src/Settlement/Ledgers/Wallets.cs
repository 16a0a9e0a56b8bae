using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>An organisation's money with the house, in one currency.</summary>
/// <param name="Available">What it may use now.</param>
/// <param name="Held">What is set aside of it, and is not in <paramref name="Available"/>.</param>
/// <param name="Outgoing">What is on its way to the organisation's bank account.</param>
/// <param name="Owed">What it owes the house, as a rail took back what it had paid in; nothing is paid out before.</param>
/// <param name="Last">Where its statement begins; 0 when nothing was ever posted.</param>
public sealed record Wallet(Money Available, Money Held, Money Outgoing, Money Owed, long Last);

/// <summary>A part of a statement.</summary>
/// <param name="Next">Where the part before it begins; 0 at the first line there ever was.</param>
public sealed record StatementPart(IReadOnlyList<PostingRow> Lines, long Next);

/// <summary>Reads organisations' money. Whose, the caller's sign-in says and nothing else.</summary>
public sealed class Wallets(LedgerQueries queries)
{
    public async Task<Wallet> Of(Guid organisation, Currency currency, CancellationToken ct)
    {
        var (available, outgoing, owed) = (AccountId.Available(organisation), AccountId.Outgoing(organisation), AccountId.Owed(organisation));
        var accounts = (await queries.Accounts(currency, [available, outgoing, owed], ct)).ToDictionary(row => row.Account, row => row.Balance, StringComparer.Ordinal);
        var own = accounts.GetValueOrDefault(available.ToString());
        return new(Money(own.Free), Money(own.DebitsPending), Money(accounts.GetValueOrDefault(outgoing.ToString()).Posted), Money(accounts.GetValueOrDefault(owed.ToString()).Room), own.Last);

        Money Money(long minor) => new(minor, currency);
    }

    /// <summary>The statement of what an organisation may use, the latest first.</summary>
    /// <param name="from">The line to begin with: <see cref="Wallet.Last"/>, or <see cref="StatementPart.Next"/>.</param>
    public async Task<StatementPart> Statement(Guid organisation, Currency currency, long from, int n, CancellationToken ct)
    {
        var lines = from == 0 ? [] : await queries.Statement(currency, AccountId.Available(organisation), from, n, ct);
        return new(lines, lines.Count == 0 ? 0 : lines[^1].Previous);
    }

    /// <summary>All of the statement, part by part.</summary>
    public async IAsyncEnumerable<PostingRow> WholeStatement(Guid organisation, Currency currency, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (var from = (await Of(organisation, currency, ct)).Last; from != 0;)
        {
            var part = await Statement(organisation, currency, from, LedgerQueries.LongestPage, ct);
            foreach (var line in part.Lines) yield return line;
            from = part.Next;
        }
    }

    /// <summary>Whose wallet an event has put something into, or has made something free in again; null: nobody's.</summary>
    public static Guid? Grown(object @event) => @event switch
    {
        TransferPosted { Credit: { Kind: AccountKind.Available } wallet } => wallet.Owner,
        HoldPosted { Credit: { Kind: AccountKind.Available } wallet } => wallet.Owner,
        HoldPosted { Debit: { Kind: AccountKind.Available } wallet } e when e.Amount < e.Held => wallet.Owner,
        HoldVoided { Debit: { Kind: AccountKind.Available } wallet } => wallet.Owner,
        HoldExpired { Debit: { Kind: AccountKind.Available } wallet } => wallet.Owner,
        _ => null,
    };

    /// <summary>What an organisation's money is held for.</summary>
    public Task<IReadOnlyList<HoldRow>> Holds(Guid organisation, Currency currency, string after, int n, CancellationToken ct) => queries.Holds(currency, AccountId.Available(organisation), after, n, ct);
}
