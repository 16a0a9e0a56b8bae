using Ainalym.Contracts.Settlement;
using Ainalym.Journal;
using Ainalym.Journal.Following;
using Ainalym.Kernel;
using Ainalym.Settlement.Ledgers;
using Ainalym.Settlement.Payouts;
using Ainalym.Settlement.Rails;

namespace Ainalym.Settlement.Entries;

/// <summary>Posts what rails have told of to the ledger. The transfers' ids follow from the movement, so each moves money once.</summary>
public sealed class EntryFollower(IGrains grains, EntryQueries entries, PayoutQueries payouts) : Follower("settlement/bank-entries")
{
    public override async Task Handle(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Event is not EntryEvent happened) return;
        var facts = happened is EntryBooked first ? first.Facts : await entries.Facts(envelope.Id, ct) ?? throw new InvalidOperationException($"{envelope.Kind}/{envelope.Id} has no row.");
        var clearing = facts.Account.Clearing;
        switch (happened)
        {
            case EntryBooked { Standing: EntryStanding.Matched, Organisation: { } organisation }:
                await Post(facts, "book", clearing, AccountId.Available(organisation), TransferPurpose.TopUp, ct);
                await UndoWaiting(facts, ct);
                break;
            case EntryBooked { Standing: EntryStanding.Unmatched }:
                await Post(facts, "book", clearing, AccountId.Unmatched, TransferPurpose.Unmatched, ct);
                await Undo(facts, ct);
                break;
            case EntryBooked { Standing: EntryStanding.Unexplained }:
                await Undo(facts, ct);
                break;
            case EntryBooked { Standing: EntryStanding.ReturnSent }:
                await EndReturn(envelope, facts, ct);
                break;
            case EntryBooked { Standing: EntryStanding.PayoutPaid or EntryStanding.PayoutReturned }:
                await Settle(envelope, facts, facts.Ours!, ct);
                break;
            case EntryExplained e:
                await Settle(envelope, facts with { ReturnReason = e.ReturnReason }, e.Payout, ct);
                break;
            case EntryDisowned when facts.IsCredit:
                await Post(facts, "book", clearing, AccountId.Unmatched, TransferPurpose.Unmatched, ct);
                break;
            case EntryAssigned e when facts.IsCredit:
                await Post(facts, "assign", AccountId.Unmatched, AccountId.Available(e.Organisation), TransferPurpose.TopUp, ct);
                await UndoWaiting(facts, ct);
                break;
            case EntryAssigned e:
                // What is gone is gone: it is owed first, and paid back from what is there.
                await Post(facts, "assign", AccountId.Owed(e.Organisation), clearing, TransferPurpose.TakenBack, ct);
                await UndoWaiting(facts, ct);
                break;
            case EntryCharged:
                await Post(facts, "charge", AccountId.House, clearing, TransferPurpose.BankCharge, ct);
                break;
        }
    }

    /// <summary>It is known whose it is: so what undoes it, and was told before it, is his too.</summary>
    private async Task UndoWaiting(EntryFacts facts, CancellationToken ct)
    {
        foreach (var waiting in await entries.WaitingToUndo(facts.Account, facts.Reference, RailDesk.MostTold, ct)) await Undo(waiting.Facts, ct);
    }

    /// <summary>What undoes a movement of the other direction is the same organisation's, as long as no more is undone than there was; all else waits for the operator.</summary>
    private async Task Undo(EntryFacts facts, CancellationToken ct)
    {
        if (facts.UndoesId is not { } id || await entries.Entry(id, ct) is not { OrganisationId: { } organisation } undone) return;
        if (undone.IsCredit != 0 == facts.IsCredit || undone.Amount.MinorUnits - await entries.Undone(facts.Account, undone.Reference, ct) < facts.Amount.MinorUnits) return;

        // A refusal says that the operator was quicker.
        await grains.Handle(EntryGrain.Kind, facts.Id, new AssignEntry(facts.TransferFor("undo"), Guid.ParseExact(organisation, "N")), Caller.House, ct);
    }

    /// <summary>The payout says first whether it is paid, or returned, by this entry: of two that say so, one is. Whose it was gets what came back.</summary>
    private async Task Settle(Envelope envelope, EntryFacts facts, string id, CancellationToken ct)
    {
        var payout = await payouts.Payout(id, ct) ?? throw new InvalidOperationException($"Payout {id} has no row.");
        var organisation = Guid.ParseExact(payout.OrganisationId, "N");

        PayoutCommand command = facts.IsCredit
            ? new ReturnPayout(CommandIdFor(envelope), facts.Id, facts.ReturnReason ?? facts.Remittance) { Charge = facts.Amount < payout.Amount ? payout.Amount - facts.Amount : null }
            : new ConfirmPayout(CommandIdFor(envelope), facts.Id);

        // The bank may be quicker than the follower who tells the payout of its file.
        if (payout.FileNumber is null && await payouts.FileOf(payout.PayoutId, ct) is { } file) await grains.Handle(PayoutGrain.Kind, payout.PayoutId, new FilePayout(CommandIdFor(envelope, 2), file), Caller.House, ct);
        if ((await grains.Handle(PayoutGrain.Kind, id, command, Caller.House, ct)).Refusals.Count > 0)
            await grains.Handle(EntryGrain.Kind, facts.Id, new DisownEntry(CommandIdFor(envelope, 1)), Caller.House, ct);
        else if (facts.IsCredit && envelope.Event is EntryExplained) await Post(facts, "assign", AccountId.Unmatched, AccountId.Available(organisation), TransferPurpose.PayoutReturned, ct);
        else if (facts.IsCredit) await Post(facts, "book", facts.Account.Clearing, AccountId.Available(organisation), TransferPurpose.PayoutReturned, ct);
        else await Post(facts, "book", AccountId.Outgoing(organisation), facts.Account.Clearing, TransferPurpose.Payout, ct);
    }

    /// <summary>What goes back says first whether this entry took it: of two that say so, one does, and only that one's money leaves what is nobody's.</summary>
    private async Task EndReturn(Envelope envelope, EntryFacts facts, CancellationToken ct)
    {
        var receipt = await grains.Handle(EntryGrain.Kind, await entries.ReturnedBy(facts.Ours!, ct), new EndReturn(CommandIdFor(envelope), facts.Id, facts.Ours!), Caller.House, ct);

        // The id was used by this step before the order named its entry: then it was taken, and its money was posted before it.
        if (receipt.Refusal is { Code: not JournalRefusal.CommandIdReused }) await grains.Handle(EntryGrain.Kind, facts.Id, new DisownEntry(CommandIdFor(envelope, 1)), Caller.House, ct);
        else await Post(facts, "book", AccountId.Unmatched, facts.Account.Clearing, TransferPurpose.Unmatched, ct);
    }

    private async Task Post(EntryFacts facts, string step, AccountId debit, AccountId credit, TransferPurpose purpose, CancellationToken ct)
    {
        var post = new TransferOrder.Post(debit, credit, facts.Amount, purpose, facts.Id);
        var receipt = await grains.Handle(LedgerGrain.Kind, facts.Amount.Currency.Code, new MakeTransfers(facts.TransferFor(step), [post]), Caller.House, ct);
        if (receipt.Refusal is { } refusal) throw new InvalidOperationException($"The step '{step}' of movement {facts.Id} was refused by the ledger: {refusal}.");
    }
}
