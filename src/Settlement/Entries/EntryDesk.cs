using Ainalym.Journal;
using Ainalym.Kernel;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>The operator's way to what the bank has told of and nobody knows.</summary>
public sealed class EntryDesk(IGrains grains, EntryQueries entries, PayoutQueries payouts, OrganisationsOfBins organisations, HouseAccounts house)
{
    public async Task<Receipt<EntryEvent>> Assign(string entryId, Guid commandId, Bin bin, Caller caller, CancellationToken ct) =>
        (await organisations([bin], ct)).TryGetValue(bin, out var organisation)
            ? await Send(entryId, new AssignEntry(commandId, organisation), caller, ct)
            : Refused(commandId, new Refusal(EntryRefusal.OrganisationUnknown, bin.ToString()).About("bin"));

    /// <summary>What came into a bank account goes back from it, as long as it is the house's and in the same currency.</summary>
    public async Task<Receipt<EntryEvent>> Return(string entryId, ReturnEntry order, Caller caller, CancellationToken ct) =>
        await entries.Facts(entryId, ct) is { Account: { Kind: RailKind.Bank } account, Amount.Currency: var currency } && house.CurrencyOf(TextValue.Parse<Iban>(account.ToString())) != currency
            ? Refused(order.CommandId, new Refusal(EntryRefusal.NoHouseAccount, currency.Code))
            : await Send(entryId, order, caller, ct);

    /// <summary>
    /// What went out unexplained is a payout that waits for the bank: of the same amount, from the same account. What came in for nobody known gives back one that the bank has got, whole or less what
    /// the banks have kept. The payout itself says last whether it is so, as another entry may have been before.
    /// </summary>
    public async Task<Receipt<EntryEvent>> Explain(string entryId, Guid commandId, Guid payout, Caller caller, CancellationToken ct)
    {
        var id = payout.ToString("N");
        var (entry, row) = (await entries.Entry(entryId, ct), await payouts.Payout(id, ct));
        Refusal? refusal = entry is null ? EntryRefusal.EntryNotFound
            : row is null ? new Refusal(EntryRefusal.PayoutUnknown, id).About("payout_id")
            : row.FromAccount != entry.Account || row.Currency != entry.Currency || (entry.IsCredit == 0 && row.Amount != entry.Amount) ? new Refusal(EntryRefusal.PayoutDiffers, row.Amount, row.FromAccount).About("payout_id")
            : row.Amount < entry.Amount ? new Refusal(EntryRefusal.AbovePayout, row.Amount).About("payout_id")
            : (KebabCase.Parse<PayoutStanding>(row.Standing), entry.IsCredit != 0) switch
            {
                (PayoutStanding.Filed, _) or (PayoutStanding.Paid, true) => null,
                // Given back before it was paid: its debit is still to come.
                (PayoutStanding.Returned, false) => null,
                (PayoutStanding.Returned, true) => PayoutRefusal.AlreadyReturned,
                (PayoutStanding.Paid, false) => PayoutRefusal.AlreadyPaid,
                (PayoutStanding.Failed, _) => PayoutRefusal.AlreadyFailed,
                _ => PayoutRefusal.NotFiled,
            };
        return refusal is null ? await Send(entryId, new ExplainEntry(commandId, id), caller, ct) : Refused(commandId, refusal);
    }

    /// <summary>The operator says that the bank did not make a return that a file has; the money waits for him again.</summary>
    public async Task<Receipt<EntryEvent>> FailReturn(string entryId, FailReturn order, Caller caller, CancellationToken ct) =>
        await entries.Entry(entryId, ct) is { Standing: "returning", Facts.Account.Kind: RailKind.Bank } entry && await payouts.FileOf(entry.Payment, ct) is null
            ? Refused(order.CommandId, EntryRefusal.NotFiled)
            : await Send(entryId, order, caller, ct);

    /// <summary>The operator takes a return back, as long as no file to the bank has it. The queue says whether it is so, and what follows makes the entry wait for him again.</summary>
    public async Task<Receipt<PaymentQueueEvent>> TakeBack(string entryId, Guid commandId, Caller caller, CancellationToken ct)
    {
        if (await entries.Entry(entryId, ct) is not { } entry) return Refused(EntryRefusal.EntryNotFound);
        var receipt = await grains.Handle(PaymentQueueGrain.Kind, entry.Account, new TakeBackPayment(commandId, entry.Payment), caller, ct);
        if (receipt.Refusal is not { Code: PaymentQueueRefusal.NotWaiting }) return receipt;
        return Refused(
            entry.Standing != KebabCase.Name(EntryStanding.Returning) ? new Refusal(EntryRefusal.NotReturning, entry.Standing)
            : await payouts.FileOf(entry.Payment, ct) is null ? PayoutRefusal.NotQueuedYet
            : PayoutRefusal.AlreadyFiled);

        Receipt<PaymentQueueEvent> Refused(Refusal refusal) => new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal]);
    }

    public Task<Receipt<EntryEvent>> Send(string entryId, EntryCommand command, Caller caller, CancellationToken ct) => grains.Handle(EntryGrain.Kind, entryId, command, caller, ct);

    private static Receipt<EntryEvent> Refused(Guid commandId, Refusal refusal) => new(commandId, Version: 0, Position: 0, DateTimeOffset.UnixEpoch, [], [refusal]);
}
