using System.Text.Json.Serialization;
using Ainalym.Contracts.Settlement;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>What has happened to a ledger. Balances are what was posted, credits less debits, so that all of a ledger's balances add up to zero.</summary>
public abstract record LedgerEvent([property: JsonPropertyName("at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset At);

/// <summary>Money has moved.</summary>
/// <param name="DebitBalance">The debited account's balance after it.</param>
/// <param name="CreditBalance">The credited account's balance after it.</param>
/// <param name="DebitPrevious">The number, within the ledger, of the event that posted to the debited account before; 0 for none.</param>
/// <param name="CreditPrevious">The same of the credited account.</param>
public sealed record TransferPosted(
    TransferId Id, AccountId Debit, AccountId Credit, Money Amount, TransferPurpose Purpose, string Reference, Money DebitBalance, Money CreditBalance, long DebitPrevious, long CreditPrevious, DateTimeOffset At) : LedgerEvent(At);

/// <summary>Money is set aside; no balance has changed.</summary>
/// <param name="ExpiresAt">When it is let go by itself; null: never.</param>
public sealed record TransferHeld(
    TransferId Id, AccountId Debit, AccountId Credit, Money Amount, TransferPurpose Purpose, string Reference, [property: JsonPropertyName("expires_at_ms"), JsonConverter(typeof(UnixMilliseconds))] DateTimeOffset? ExpiresAt, DateTimeOffset At) : LedgerEvent(At);

/// <summary>What was set aside has moved, all or in part, and nothing of it is held any more.</summary>
/// <param name="Id">The hold's own id.</param>
/// <param name="Held">How much was held.</param>
/// <param name="Amount">How much of it has moved.</param>
public sealed record HoldPosted(
    TransferId Id, AccountId Debit, AccountId Credit, Money Held, Money Amount, TransferPurpose Purpose, string Reference, Money DebitBalance, Money CreditBalance, long DebitPrevious, long CreditPrevious, DateTimeOffset At) : LedgerEvent(At);

/// <summary>What was set aside is free again: somebody said so.</summary>
public sealed record HoldVoided(TransferId Id, AccountId Debit, AccountId Credit, Money Held, DateTimeOffset At) : LedgerEvent(At);

/// <summary>What was set aside is free again: its time was over.</summary>
public sealed record HoldExpired(TransferId Id, AccountId Debit, AccountId Credit, Money Held, DateTimeOffset At) : LedgerEvent(At);
