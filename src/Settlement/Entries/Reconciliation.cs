using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;

namespace Ainalym.Settlement.Entries;

/// <summary>The bank's word against the ledger's.</summary>
/// <param name="Day">Of the latest statement, of several accounts the earliest of theirs; null when there is none.</param>
/// <param name="AtBank">The closing balances of all accounts.</param>
/// <param name="InLedger">What the ledger's bank account holds.</param>
/// <param name="BroughtForward">What the first statement of each account opened with: it was never posted.</param>
/// <param name="Unexplained">What went out and nobody has explained yet.</param>
/// <param name="Waiting">Those entries, the first of them.</param>
public sealed record Reconciled(DateOnly? Day, Money AtBank, Money InLedger, Money BroughtForward, Money Unexplained, IReadOnlyList<EntryRow> Waiting)
{
    public Money Difference => AtBank - InLedger;

    /// <summary>What neither the brought-forward balance nor the unexplained entries account for: a statement is missing, or an entry is not posted yet.</summary>
    public Money Unaccounted => Difference - BroughtForward - Unexplained;
}

/// <summary>Compares the bank balance as stated with the ledger's.</summary>
public sealed class Reconciliation(EntryQueries entries, LedgerQueries ledgers)
{
    private const int Listed = 100;

    public async Task<Reconciled> Of(Currency currency, CancellationToken ct)
    {
        var latest = await entries.Latest(currency, ct);
        var first = await entries.First(currency, ct);
        var bank = (await ledgers.Accounts(currency, [AccountId.Bank], ct)).SingleOrDefault()?.Balance.Posted ?? 0;
        return new(
            latest.Count == 0 ? null : DateOnly.ParseExact(latest.Min(statement => statement.Day)!, "O", System.Globalization.CultureInfo.InvariantCulture),
            new(latest.Sum(statement => statement.ClosingMinor), currency), new(-bank, currency), new(first.Sum(statement => statement.OpeningMinor), currency), new(await entries.Unposted(currency, ct), currency),
            await entries.UnexplainedAtBank(currency, Listed, ct));
    }
}
