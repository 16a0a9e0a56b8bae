using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Kernel;

namespace Ainalym.Settlement.Ledgers;

/// <summary>The house's way into its ledgers. Answers what the ledger refused as exactly as the rows of what is over allow: the grain itself remembers only what is open.</summary>
public sealed class LedgerDesk(IGrains grains, LedgerQueries queries)
{
    /// <summary>Makes a chain of transfers, all or none. The same command twice is one: the first receipt again.</summary>
    public async Task<Receipt<LedgerEvent>> Make(Currency currency, MakeTransfers make, CancellationToken ct)
    {
        var receipt = await grains.Handle(LedgerGrain.Kind, currency.Code, make, Caller.House, ct);
        if (receipt.Refusal is not { } refusal) return receipt;
        var told = refusal.Code switch
        {
            JournalRefusal.CommandIdReused => new Refusal(LedgerRefusal.ExistsWithAnother, await Difference(currency, make, ct)),
            LedgerRefusal.HoldNotOpen => (await Ended(currency, TextValue.Parse<TransferId>(refusal.Facts[0].Value), ct)).About(refusal.Field!),
            _ => refusal,
        };
        return receipt with { Refusals = [told] };
    }

    /// <summary>A hold of this id was made, whatever became of it; one that was refused was not.</summary>
    public async Task<bool> Has(Currency currency, TransferId transfer, CancellationToken ct) => await queries.Transfer(currency, transfer, ct) is not null;

    /// <summary>How a hold that is not open came to be so.</summary>
    private async Task<Refusal> Ended(Currency currency, TransferId hold, CancellationToken ct) => await queries.Transfer(currency, hold, ct) switch
    {
        null => LedgerRefusal.HoldNotFound,
        { State: "posted", PostedMinor: { } posted } => new Refusal(LedgerRefusal.HoldAlreadyPosted, new Money(posted, currency)),
        { State: "voided" } => LedgerRefusal.HoldAlreadyVoided,
        { State: "expired", EndedAtMs: { } ended } => new Refusal(LedgerRefusal.HoldAlreadyExpired, DateTimeOffset.FromUnixTimeMilliseconds(ended)),
        _ => new Refusal(LedgerRefusal.HoldNotOpen, hold.ToString()),
    };

    /// <summary>The first field in which a chain differs from what was made under its id; all of it where nothing was made, or more, or fewer.</summary>
    private async Task<string> Difference(Currency currency, MakeTransfers make, CancellationToken ct)
    {
        var made = await queries.Made(currency, make.CommandId, ct);
        if (made.Count != make.Transfers.Count) return "transfers";
        for (var i = 0; i < made.Count; i++)
        {
            if (Difference(make.Transfers[i], made[i]) is { } field) return $"transfers[{i}].{field}";
        }

        return "transfers";
    }

    private static string? Difference(TransferOrder order, LedgerEvent made) => (order, made) switch
    {
        (TransferOrder.Post now, TransferPosted then) =>
            Difference((now.Debit, now.Credit, now.Amount, now.Purpose, now.Reference), (then.Debit, then.Credit, then.Amount, then.Purpose, then.Reference)),
        (TransferOrder.Hold now, TransferHeld then) =>
            Difference((now.Debit, now.Credit, now.Amount, now.Purpose, now.Reference), (then.Debit, then.Credit, then.Amount, then.Purpose, then.Reference))
            ?? (LedgerDecider.EndOf(now) != then.ExpiresAt ? "expires_at" : null),
        (TransferOrder.PostHold now, HoldPosted then) => now.Held != then.Id ? "held" : (now.Amount ?? then.Held) != then.Amount ? "amount" : now.Purpose != then.Purpose ? "purpose" : null,
        (TransferOrder.VoidHold now, HoldVoided then) => now.Held != then.Id ? "held" : null,
        _ => "transfer",
    };

    private static string? Difference(
        (AccountId Debit, AccountId Credit, Money Amount, TransferPurpose Purpose, string Reference) now, (AccountId Debit, AccountId Credit, Money Amount, TransferPurpose Purpose, string Reference) then) =>
        now.Debit != then.Debit ? "debit"
        : now.Credit != then.Credit ? "credit"
        : now.Amount != then.Amount ? "amount"
        : now.Purpose != then.Purpose ? "purpose"
        : now.Reference != then.Reference ? "reference"
        : null;
}
