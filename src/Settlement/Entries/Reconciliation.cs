using System.Globalization;
using System.Text.Json.Serialization;
using Ainalym.Contracts.Settlement;
using Ainalym.Journal.Http;
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
/// <param name="Lines">What the unaccounted difference is made of, the first of each sort; none where there is no such difference.</param>
public sealed record Reconciled(DateOnly? Day, Money AtBank, Money InLedger, Money BroughtForward, Money Unexplained, IReadOnlyList<EntryRow> Waiting, IReadOnlyList<DifferenceLine> Lines)
{
    public Money Difference => AtBank - InLedger;

    /// <summary>What neither the brought-forward balance nor the unexplained entries account for: a statement is missing, or an entry is not posted yet.</summary>
    public Money Unaccounted => Difference - BroughtForward - Unexplained;
}

/// <summary>Why the bank's balance and the ledger's differ. Public names.</summary>
[JsonConverter(typeof(KebabCase<DifferenceCause>))]
public enum DifferenceCause
{
    /// <summary>A statement does not open with what the one before it closed with.</summary>
    StatementMissing,

    /// <summary>The bank has told of it, and it is not in the ledger.</summary>
    NotPosted,

    /// <summary>It is in the ledger's bank account, and no statement has told of it.</summary>
    NotTold,

    /// <summary>The bank now tells of it otherwise than it was taken in: another amount, the other direction, or as one with another entry. It stays as it was posted.</summary>
    ToldOtherwise,
}

/// <param name="Day">Kazakhstan's.</param>
/// <param name="Reference">The statement's name, the bank's reference, or the transfer.</param>
/// <param name="Amount">At the bank more than in the ledger.</param>
public sealed record DifferenceLine(DifferenceCause Cause, DateOnly Day, string Reference, Money Amount);

/// <summary>Compares the bank balance as stated with the ledger's.</summary>
public sealed class Reconciliation(EntryQueries entries, LedgerQueries ledgers)
{
    private const int Listed = 100;

    public async Task<Reconciled> Of(Currency currency, CancellationToken ct)
    {
        var latest = await entries.Latest(currency, ct);
        var first = await entries.First(currency, ct);
        var bank = (await ledgers.Accounts(currency, [AccountId.Bank], ct)).SingleOrDefault()?.Balance.Posted ?? 0;
        var reconciled = new Reconciled(
            latest.Count == 0 ? null : DateOnly.ParseExact(latest.Min(statement => statement.Day)!, "O", CultureInfo.InvariantCulture),
            new(latest.Sum(statement => statement.ClosingMinor), currency), new(-bank, currency), new(first.Sum(statement => statement.OpeningMinor), currency), new(await entries.Unposted(currency, ct), currency),
            await entries.UnexplainedAtBank(currency, Listed, ct), []);
        return reconciled.Unaccounted.MinorUnits == 0 ? reconciled : reconciled with { Lines = [.. await Lines(currency, ct)] };
    }

    /// <summary>Only asked for when there is a difference: it looks through all entries and postings.</summary>
    private async Task<IEnumerable<DifferenceLine>> Lines(Currency currency, CancellationToken ct)
    {
        return
        [
            .. (await entries.Gaps(currency, Listed, ct)).Select(row => Line(DifferenceCause.StatementMissing, row)),
            .. (await entries.NotPosted(currency, Listed, ct)).Select(row => Line(DifferenceCause.NotPosted, row)),
            .. (await entries.NotTold(currency, Listed, ct)).Select(row => Line(DifferenceCause.NotTold, row)),
            .. (await entries.ToldOtherwise(currency, Listed, ct)).Select(row => Line(DifferenceCause.ToldOtherwise, row)),
        ];

        DifferenceLine Line(DifferenceCause cause, DifferenceRow row) => new(
            cause, row.AtMs is { } ms ? FactText.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(ms)) : DateOnly.ParseExact(row.Day!, "O", CultureInfo.InvariantCulture), row.Reference, new(row.AmountMinor, currency));
    }
}
