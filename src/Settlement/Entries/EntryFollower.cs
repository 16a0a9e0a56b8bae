using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;

namespace Ainalym.Settlement.Entries;

/// <summary>Posts what the bank has told of to the ledger. The transfers' ids follow from the entry, so each moves money once.</summary>
public sealed class EntryFollower(IGrains grains, EntryQueries entries, PayoutQueries payouts) : Follower("settlement/bank-entries")
{
    public override async Task Handle(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Event is not EntryEvent happened) return;
        var facts = happened is EntryBooked first ? first.Facts : await entries.Facts(envelope.Id, ct) ?? throw new InvalidOperationException($"{envelope.Kind}/{envelope.Id} has no row.");
        switch (happened)
        {
            case EntryBooked { Standing: EntryStanding.Matched, Organisation: { } organisation }:
                await Post(facts, "book", AccountId.Bank, AccountId.Available(organisation), TransferPurpose.TopUp, ct);
                break;
            case EntryBooked { Standing: EntryStanding.Unmatched }:
                await Post(facts, "book", AccountId.Bank, AccountId.Unmatched, TransferPurpose.Unmatched, ct);
                break;
            case EntryBooked { Standing: EntryStanding.ReturnSent }:
                await Post(facts, "book", AccountId.Unmatched, AccountId.Bank, TransferPurpose.Unmatched, ct);
                await grains.Handle(EntryGrain.Kind, facts.EndToEndId!, new EndReturn(CommandIdFor(envelope)), Caller.House, ct);
                break;
            case EntryBooked { Standing: EntryStanding.PayoutPaid }:
                await Settle(envelope, facts, new ConfirmPayout(CommandIdFor(envelope), facts.Id), ct);
                break;
            case EntryBooked { Standing: EntryStanding.PayoutReturned }:
                await Settle(envelope, facts, new ReturnPayout(CommandIdFor(envelope), facts.Id, facts.Remittance), ct);
                break;
            case EntryDisowned when facts.IsCredit:
                await Post(facts, "book", AccountId.Bank, AccountId.Unmatched, TransferPurpose.Unmatched, ct);
                break;
            case EntryAssigned e:
                await Post(facts, "assign", AccountId.Unmatched, AccountId.Available(e.Organisation), TransferPurpose.TopUp, ct);
                break;
            case EntryCharged:
                await Post(facts, "charge", AccountId.House, AccountId.Bank, TransferPurpose.BankCharge, ct);
                break;
        }
    }

    /// <summary>The payout says first whether it is paid, or returned, by this entry: of two that say so, one is.</summary>
    private async Task Settle(Envelope envelope, EntryFacts facts, PayoutCommand command, CancellationToken ct)
    {
        var payout = await payouts.Payout(facts.EndToEndId!, ct) ?? throw new InvalidOperationException($"Payout {facts.EndToEndId} has no row.");
        var organisation = Guid.ParseExact(payout.OrganisationId, "N");
        if ((await grains.Handle(PayoutGrain.Kind, facts.EndToEndId!, command, Caller.House, ct)).Refusals.Count > 0)
            await grains.Handle(EntryGrain.Kind, facts.Id, new DisownEntry(CommandIdFor(envelope, 1)), Caller.House, ct);
        else if (facts.IsCredit) await Post(facts, "book", AccountId.Bank, AccountId.Available(organisation), TransferPurpose.PayoutReturned, ct);
        else await Post(facts, "book", AccountId.Outgoing(organisation), AccountId.Bank, TransferPurpose.Payout, ct);
    }

    private async Task Post(EntryFacts facts, string step, AccountId debit, AccountId credit, TransferPurpose purpose, CancellationToken ct)
    {
        var post = new TransferOrder.Post(debit, credit, facts.Amount, purpose, facts.Id);
        var receipt = await grains.Handle(LedgerGrain.Kind, facts.Amount.Currency.Code, new MakeTransfers(facts.TransferFor(step), [post]), Caller.House, ct);
        if (receipt.Refusal is { } refusal) throw new InvalidOperationException($"The step '{step}' of bank entry {facts.Id} was refused by the ledger: {refusal}.");
    }
}
